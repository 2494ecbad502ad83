// One phone: a section of the page that shows one person's chat with the bot.

import { get, patch, post } from "./api.js";
import { Callbacks } from "./callbacks.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { noticeArea, showAlert } from "./dialogs.js";
import { coalesced, disclosure, h, icon, iconButton, unseen } from "./dom.js";
import { summary } from "./message.js";
import { spoken } from "./words.js";

const LANGUAGES = { nl: "Nederlands", fr: "Français", en: "English", de: "Deutsch" };
/** Telegram lets "typing" lapse after five seconds. */
const TYPING_LAPSES = 5500;

export class Phone {
  /** `desk`: `bot()`, `isActive(phone)`, `activate(phone)`, `unreadChanged()`, `followLink(phone, event, href)`, `askLink(phone)`. */
  constructor(person, desk) {
    this.id = person.id;
    this.person = person;
    this.desk = desk;
    this.chat = null;
    this.unread = person.unread || 0;
    this.refresh = coalesced(() => this.load());
    this.callbacks = new Callbacks(person.id, {
      onChange: () => this.conversation.markBusy(),
      onAnswer: (answer) => this.showAnswer(answer),
    });
    this.conversation = new Conversation(
      {
        press: (message, button) => this.press(message, button),
        command: (text) => this.send({ text }),
        link: (event, href) => desk.followLink(this, event, href),
        reply: (message) => this.composer.speakAbout(message, "reply"),
        edit: (message) => this.composer.speakAbout(message, "edit"),
        react: (message, emoji) => this.attempt(() => post(this.path("react"), { message_id: message.message_id, emoji })),
      },
      (messageId, data) => this.callbacks.isBusy(messageId, data),
    );
    this.build();
    this.update(person);
  }

  build() {
    this.name = h("h2", {});
    this.label = h("span", { class: "label" });
    this.badge = h("span", { class: "badge", hidden: true });
    this.language = h("select", { "aria-label": "Taal van de app", title: "Taal van de app" });
    this.language.addEventListener("change", () => this.attempt(() => patch(`phones/${this.id}`, { language_code: this.language.value })));
    this.avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.botName = h("b", {});
    this.botStatus = h("small", {});
    this.blockButton = h("button", { type: "button", onclick: () => this.toggleBlock() });
    const menu = h(
      "div",
      { class: "menu right", hidden: true },
      this.blockButton,
      h("button", { type: "button", onclick: () => this.desk.askLink(this) }, "Open een link"),
    );
    this.pinned = h("p", { class: "pinned", hidden: true });
    this.toast = noticeArea("toast");
    this.screen = h("div", { class: "screen" });
    this.composer = new Composer(this.screen, () => this.person, {
      send: (body) => this.send(body),
      edit: (message_id, text) => this.attempt(() => post(this.path("edit"), { message_id, text })),
      start: () => this.start(),
      unblock: () => this.attempt(() => post(this.path("unblock"))),
    });
    this.screen.append(
      h(
        "header",
        { class: "bot" },
        this.avatar,
        h("div", { class: "bot-words" }, this.botName, this.botStatus),
        disclosure(iconButton("dots", "Meer"), menu),
      ),
      this.pinned,
      this.conversation.element,
      this.toast.element,
      this.composer.element,
    );
    this.element = h(
      "section",
      { class: "phone" },
      h("div", { class: "owner" }, h("div", { class: "owner-words" }, this.name, this.label, this.badge), this.language),
      this.screen,
    );
    this.sayAll = spoken(this.element, () => this.person?.language_code);
    for (const kind of ["pointerdown", "focusin", "wheel"]) {
      this.element.addEventListener(kind, () => this.desk.activate(this), { passive: true });
    }
  }

  path(action) {
    return `phones/${this.id}/${action}`;
  }

  get fullName() {
    return [this.person.first_name, this.person.last_name].filter(Boolean).join(" ");
  }

  /** Takes over what the server says about the person. */
  update(person) {
    this.person = person;
    this.name.textContent = this.fullName;
    this.showLabel();
    const code = person.language_code || "";
    const offered = code in LANGUAGES ? LANGUAGES : { ...LANGUAGES, [code]: code || "–" };
    this.language.replaceChildren(...Object.entries(offered).map(([value, text]) => h("option", { value }, text)));
    this.language.value = code;
    this.sayAll();
    this.showBot();
  }

  /** Whose phone it is, in the language of the page where that was given. */
  showLabel() {
    const label = this.person.labels?.[this.desk.language.value] || this.person.label || "";
    this.label.textContent = label;
    this.element.setAttribute("aria-label", `Telefoon van ${this.fullName}${label ? ` (${label})` : ""}`);
  }

  /** The bot as it presents itself in the language of this phone's app. */
  bot() {
    const bot = this.desk.bot();
    const language = this.person.language_code;
    return {
      name: bot?.names?.[language] || bot?.first_name || "Bot",
      description: bot?.descriptions?.[language] || bot?.description || "",
    };
  }

  showBot() {
    const { name } = this.bot();
    this.botName.textContent = name;
    this.avatar.textContent = initials(name);
    this.showStatus();
    if (this.chat) this.render();
  }

  showStatus() {
    const typing = Boolean(this.chat?.typing) && !this.wrote;
    let words = typing ? "is aan het typen…" : "bot";
    if (this.chat?.blocked) words = "geblokkeerd";
    if (this.person.deactivated) words = "dit account is verwijderd";
    this.botStatus.textContent = words;
    this.botStatus.classList.toggle("typing", typing);
    this.blockButton.hidden = !this.chat?.started || this.person.deactivated;
    this.blockButton.textContent = this.chat?.blocked ? "Deblokkeer de bot" : "Blokkeer de bot";
    clearTimeout(this.typingTimer);
    if (typing) this.typingTimer = setTimeout(this.refresh, TYPING_LAPSES);
  }

  onEvent({ kind }) {
    // Whoever has written is no longer typing, whatever is left of the five seconds.
    if (kind === "message") this.wrote = true;
    if (kind === "typing") this.wrote = false;
    this.refresh();
  }

  async load() {
    try {
      this.chat = await get(this.path("chat"));
    } catch (error) {
      // Without a status the server is away: the page says so once, above all phones.
      if (error.status) this.toast.show(error.message);
      return;
    }
    this.render();
    await this.callbacks.check();
  }

  render() {
    const bot = this.bot();
    const { messages } = this.chat;
    const unread = messages.filter((message) => !message.outgoing && !message.read);
    this.unread = unread.length;
    if (this.desk.isActive(this)) this.markRead();
    else this.conversation.dividerBefore = unread[0]?.message_id ?? null;
    this.showUnread();
    this.showStatus();
    this.showPinned();
    this.conversation.render(
      messages,
      { person: this.person.first_name, bot: bot.name },
      messages.length === 0 && bot.description ? bot : null,
    );
    this.composer.render(this.chat);
  }

  showUnread() {
    const { unread } = this;
    this.badge.hidden = unread === 0;
    this.badge.replaceChildren(String(unread), unseen(unread === 1 ? " ongelezen bericht" : " ongelezen berichten"));
    this.desk.unreadChanged();
  }

  showPinned() {
    const { pinned, messages } = this.chat;
    const latest = Array.isArray(pinned) ? pinned[pinned.length - 1] : pinned;
    const message = typeof latest === "number" ? messages.find((each) => each.message_id === latest) : latest;
    this.pinned.hidden = !message;
    if (message) this.pinned.replaceChildren(icon("pin"), unseen("Vastgezet: "), summary(message));
  }

  async markRead() {
    if (this.unread === 0) return;
    this.unread = 0;
    this.showUnread();
    await this.attempt(() => post(this.path("read")));
  }

  send(body) {
    this.conversation.scrollToEnd();
    return this.attempt(() => post(this.path("send"), body));
  }

  start(payload) {
    this.conversation.scrollToEnd();
    return this.attempt(() => post(this.path("start"), payload ? { payload } : {}));
  }

  toggleBlock() {
    return this.attempt(() => post(this.path(this.chat?.blocked ? "unblock" : "block")));
  }

  /** Does `work` and shows what came of it; a refusal becomes a notice on this phone. True when it worked. */
  async attempt(work) {
    try {
      await work();
    } catch (error) {
      this.toast.show(error.status ? "Dat is niet gelukt." : "De simulator antwoordt niet. Probeer het zo dadelijk opnieuw.");
      return false;
    }
    this.refresh();
    return true;
  }

  async press(message, button) {
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      this.toast.show("Gekopieerd");
    } else if (button.callback_data === undefined) {
      this.toast.show("Deze knop werkt alleen in de app van Telegram.");
    } else {
      this.conversation.scrollToEnd();
      await this.attempt(() => this.callbacks.tap(message.message_id, button.callback_data));
    }
  }

  showAnswer({ text, show_alert }) {
    if (!text) return;
    if (show_alert) showAlert(this.screen, text);
    else this.toast.show(text);
  }
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}
