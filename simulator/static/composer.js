// The bottom of a phone: text box, commands, attachments, the bot's reply keyboard; or the one button that starts or unblocks.

import { ATTACHMENTS, CONTACT, LOCATION } from "./attachments.js";
import { askForm } from "./dialogs.js";
import { disclosure, h, icon, iconButton } from "./dom.js";
import { summary } from "./message.js";

const TALLEST = 140;

/** `actions`: `send(body)`, `edit(messageId, text)`, `start()`, `unblock()`; all async. `person()` gives the owner of the phone. */
export class Composer {
  constructor(host, person, actions) {
    this.host = host;
    this.person = person;
    this.actions = actions;
    this.about = null;
    this.shownKeyboard = "";
    this.keyboardOpen = true;
    this.input = h("textarea", { rows: 1, "aria-label": "Bericht", placeholder: "Bericht", enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("input", () => this.fitInput());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.aboutLine = h("div", { class: "about", hidden: true });
    this.commandList = h("div", { class: "menu commands", hidden: true });
    this.commands = disclosure(h("button", { type: "button", class: "menu-button" }, "Menu"), this.commandList);
    this.keyboardToggle = iconButton("keyboard", "Toetsen van de bot", () => this.toggleKeyboard());
    this.keyboard = h("div", { class: "reply-keyboard", role: "group", "aria-label": "Toetsen van de bot" });
    this.form = h(
      "form",
      { class: "composer" },
      this.aboutLine,
      h(
        "div",
        { class: "composer-row" },
        this.commands,
        this.attachMenu(),
        this.input,
        this.keyboardToggle,
        h("button", { type: "submit", class: "icon-button send", "aria-label": "Verstuur", title: "Verstuur" }, icon("send")),
      ),
      this.keyboard,
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.big = h("button", { type: "button", class: "primary big" });
    this.bigBar = h("div", { class: "big-bar" }, this.big);
    this.bigBar.hidden = true; // until it is known what the button says
    this.big.addEventListener("click", () => this.bigAction());
    this.element = h("div", { class: "bottom" }, this.bigBar, this.form);
  }

  render(chat) {
    const closed = chat.blocked || !chat.started;
    this.big.textContent = chat.blocked ? "Deblokkeer" : "Start";
    this.bigAction = chat.blocked ? this.actions.unblock : this.actions.start;
    const hadFocus = this.bigBar.contains(document.activeElement);
    const { deactivated } = this.person();
    this.bigBar.hidden = !closed || deactivated;
    this.form.hidden = closed || deactivated;
    // Not the text box: on a real phone its keyboard would cover the bot's first words.
    if (hadFocus && !closed) this.host.querySelector("[role=log]").focus({ preventScroll: true });
    this.renderCommands(chat.commands || []);
    this.renderKeyboard(chat.reply_keyboard);
  }

  renderCommands(commands) {
    this.commands.hidden = commands.length === 0;
    const shown = JSON.stringify(commands);
    if (shown === this.shownCommands) return;
    this.shownCommands = shown;
    this.commandList.replaceChildren(
      ...commands.map(({ command, description }) => h(
        "button",
        { type: "button", onclick: () => this.actions.send({ text: `/${command}` }) },
        h("b", {}, `/${command}`),
        h("span", {}, description),
      )),
    );
  }

  renderKeyboard(markup) {
    const shown = JSON.stringify(markup);
    if (shown !== this.shownKeyboard) {
      this.shownKeyboard = shown;
      this.keyboardOpen = true;
      this.input.placeholder = markup?.input_field_placeholder || "Bericht";
      const rows = markup?.keyboard || [];
      this.keyboard.replaceChildren(
        ...rows.map((row) => h("div", { class: "key-row" }, row.map((button) => this.replyKey(button)))),
      );
    }
    const any = this.keyboard.childElementCount > 0;
    this.keyboardToggle.hidden = !any;
    this.keyboardToggle.setAttribute("aria-expanded", String(this.keyboardOpen));
    this.keyboard.hidden = !any || !this.keyboardOpen;
  }

  replyKey(button) {
    const text = typeof button === "string" ? button : button.text;
    const press = () => {
      if (button.request_location) this.attach(LOCATION);
      else if (button.request_contact) this.attach(CONTACT);
      else this.actions.send({ text });
    };
    return h("button", { type: "button", class: "key", onclick: press }, text);
  }

  toggleKeyboard() {
    this.keyboardOpen = !this.keyboardOpen;
    this.keyboardToggle.setAttribute("aria-expanded", String(this.keyboardOpen));
    this.keyboard.hidden = !this.keyboardOpen;
  }

  attachMenu() {
    const list = h(
      "div",
      { class: "menu attachments", hidden: true },
      ATTACHMENTS.map((kind) => h("button", { type: "button", onclick: () => this.attach(kind) }, icon(kind.icon), kind.name)),
    );
    return disclosure(iconButton("attach", "Bijlage"), list);
  }

  attach(kind) {
    const person = this.person();
    const fields = kind.fields(person);
    const send = async (values) => {
      const sent = await this.actions.send(this.addressed(await kind.body(values, person)));
      if (!sent) throw new Error("Dat is niet verstuurd. Probeer het opnieuw.");
    };
    if (!fields.length) {
      this.actions.send(kind.body({}, person));
      return;
    }
    askForm({ host: this.host, title: `${kind.name} sturen`, fields, submit: "Versturen", onsubmit: send });
  }

  /** Speaks about an earlier message: `kind` is "reply" or "edit". */
  speakAbout(message, kind) {
    this.about = { message, kind };
    if (kind === "edit") this.input.value = message.text;
    this.aboutLine.replaceChildren(
      icon("back"),
      h("span", {}, h("b", {}, kind === "edit" ? "Wijzig je bericht" : "Antwoord op"), h("small", {}, summary(message))),
      iconButton("close", kind === "edit" ? "Niet wijzigen" : "Niet antwoorden", () => this.endAbout(kind === "edit")),
    );
    this.aboutLine.hidden = false;
    this.fitInput();
    this.input.focus();
  }

  endAbout(clear) {
    this.about = null;
    this.aboutLine.hidden = true;
    if (clear) this.input.value = "";
    this.fitInput();
    this.input.focus();
  }

  addressed(body) {
    if (this.about?.kind !== "reply") return body;
    const reply_to = this.about.message.message_id;
    this.endAbout(false);
    return { ...body, reply_to };
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const editing = this.about?.kind === "edit" ? this.about.message.message_id : null;
    const body = editing ? null : this.addressed({ text });
    this.input.value = "";
    this.fitInput();
    const sent = editing ? await this.actions.edit(editing, text) : await this.actions.send(body);
    if (editing && sent) this.endAbout(false);
    // What could not be sent goes back into the box, unless something else was begun there.
    if (!sent && !this.input.value) this.input.value = text;
    this.fitInput();
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape" && this.about) {
      this.endAbout(this.about.kind === "edit");
    }
  }

  fitInput() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST)}px`;
  }
}
