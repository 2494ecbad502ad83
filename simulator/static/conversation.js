// The scrolling list of messages of one phone.

import { h, icon } from "./dom.js";
import { messageNode } from "./message.js";
import { day } from "./time.js";

const NEAR_THE_END = 80;

export class Conversation {
  /** `actions` as for messageNode; `isBusy(messageId, data)` tells which inline buttons wait for an answer. */
  constructor(actions, isBusy) {
    this.actions = actions;
    this.isBusy = isBusy;
    this.shown = new Map();
    this.dividerBefore = null;
    this.atEnd = true;
    this.top = 0;
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "Gesprek", tabindex: 0 });
    this.toEnd = h("button", { type: "button", class: "to-end", hidden: true, onclick: () => this.scrollToEnd() }, icon("down"), "Naar het einde");
    this.element = h("div", { class: "conversation" }, this.log, this.toEnd);
    this.log.addEventListener("scroll", () => this.noteScroll());
    // The keyboard of the bot or a longer text makes the list lower: the newest message must not slip behind it.
    new ResizeObserver(() => { if (this.atEnd) this.scrollToEnd(); }).observe(this.log);
  }

  scrollToEnd() {
    this.atEnd = true;
    this.toEnd.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.top = this.log.scrollTop;
  }

  /** Somebody scrolled. A list that only became lower, by a keyboard below it, still shows its end. */
  noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    if (scrollTop === this.top) return;
    this.top = scrollTop;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (this.atEnd) this.toEnd.hidden = true;
  }

  /** Shows `messages`; nodes of unchanged ones stay, so that focus, open spoilers and screen readers are not disturbed. */
  render(messages, names, introduction) {
    // The browser tells of scrolling a moment later.
    this.noteScroll();
    const wanted = this.wantedNodes(messages, names, introduction);
    const grew = messages.length > 0 && messages[messages.length - 1].message_id > (this.newest ?? 0);
    this.newest = messages[messages.length - 1]?.message_id ?? 0;
    const focused = this.rememberFocus();
    for (const node of [...this.log.children]) if (!wanted.includes(node)) node.remove();
    wanted.forEach((node, index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] || null);
    });
    this.markBusy();
    this.restoreFocus(focused);
    // What was there already is not news: only from now on it is read aloud.
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
    if (this.atEnd) this.scrollToEnd();
    else if (grew) this.toEnd.hidden = false;
  }

  wantedNodes(messages, names, introduction) {
    const before = this.shown;
    this.shown = new Map();
    const keep = (key, content, make) => {
      const old = before.get(key);
      const entry = old?.content === content ? old : { content, node: make() };
      this.shown.set(key, entry);
      return entry.node;
    };
    const nodes = [];
    if (introduction) nodes.push(keep("introduction", JSON.stringify(introduction), () => introductionNode(introduction)));
    let lastDay = "";
    for (const message of messages) {
      const today = day(message.date * 1000);
      if (today !== lastDay) nodes.push(keep(`day ${today} ${lastDay}`, today, () => separator(today)));
      lastDay = today;
      if (message.message_id === this.dividerBefore) nodes.push(keep("unread", "", () => separator("Nieuwe berichten", "unread")));
      const content = JSON.stringify({ ...message, read: null });
      const sender = message.outgoing ? names.person : names.bot;
      nodes.push(keep(`message ${message.message_id}`, content, () => messageNode(message, sender, this.actions)));
    }
    return nodes;
  }

  /** Turns the waiting inline buttons into busy ones, and back. */
  markBusy() {
    for (const button of this.log.querySelectorAll("button.key")) {
      const messageId = Number(button.closest(".message").dataset.messageId);
      const busy = this.isBusy(messageId, button.dataset.callback);
      if (busy) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
      button.classList.toggle("busy", busy);
    }
  }

  rememberFocus() {
    const focused = this.log.contains(document.activeElement) ? document.activeElement : null;
    const message = focused?.closest(".message");
    return message ? { focused, messageId: message.dataset.messageId, text: focused.textContent } : null;
  }

  /** When the focused button's message was drawn anew: the same button, else the message, else the list. */
  restoreFocus(memory) {
    if (!memory || memory.focused.isConnected) return;
    const message = this.log.querySelector(`article[data-message-id="${memory.messageId}"]`);
    const button = message && [...message.querySelectorAll("button.key")].find((each) => each.textContent === memory.text);
    (button || message || this.log).focus({ preventScroll: true });
  }
}

function separator(text, className = "") {
  return h("p", { class: `separator ${className}` }, h("span", {}, text));
}

function introductionNode({ name, description }) {
  return h("div", { class: "introduction" }, h("b", {}, `Wat kan ${name}?`), h("p", {}, description));
}
