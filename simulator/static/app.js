// Puts the page together: the bar with the clock, the row of phones, and the events that keep them up to date.

import { get, listen, post } from "./api.js";
import { Clock } from "./clock.js";
import { askForm, noticeArea } from "./dialogs.js";
import { coalesced, h, icon, unseen } from "./dom.js";
import { botLink } from "./links.js";
import { Phone } from "./phone.js";
import { inLanguage, spoken } from "./words.js";

const REMEMBERED = "language of the page"; // in this browser only
const LANGUAGES = [["nl", "Nederlands"], ["fr", "Français"], ["en", "English"], ["de", "Deutsch"]];

function chosenLanguage() {
  const known = (code) => LANGUAGES.some(([each]) => each === code);
  const wanted = new URLSearchParams(window.location.search).get("language");
  if (known(wanted)) return wanted;
  try {
    const before = localStorage.getItem(REMEMBERED);
    return known(before) ? before : "nl";
  } catch {
    return "nl";
  }
}

class Desk {
  constructor() {
    this.bots = [];
    this.phones = new Map();
    this.active = null;
    this.row = document.getElementById("phones");
    this.tabs = document.getElementById("tabs");
    this.lost = document.getElementById("lost");
    this.empty = document.getElementById("empty");
    this.notice = noticeArea("notice");
    document.body.append(this.notice.element);
    this.clock = new Clock((text) => this.notice.show(text));
    document.getElementById("clock").replaceWith(this.clock.element);
    this.refresh = coalesced(() => this.load());
    document.getElementById("add-phone").addEventListener("click", () => this.askPhone());
    document.getElementById("open-link").addEventListener("click", () => this.askLink(this.active));
    this.language = document.getElementById("language");
    this.language.replaceChildren(...LANGUAGES.map(([value, text]) => h("option", { value }, text)));
    this.language.value = chosenLanguage();
    this.sayAll = spoken(document.body, () => this.language.value, ".phone");
    this.language.addEventListener("change", () => this.speak());
    this.speak();
    new ResizeObserver(() => this.showCrowding()).observe(this.row);
  }

  /** Everything around the phones in the chosen language; a new phone begins in it. */
  speak() {
    document.documentElement.lang = this.language.value;
    try {
      localStorage.setItem(REMEMBERED, this.language.value);
    } catch {
      // A browser that keeps nothing forgets it with the page.
    }
    for (const phone of this.phones.values()) phone.showLabel();
    this.sayAll();
    this.showTitle();
  }

  showTitle() {
    const phones = inLanguage(this.language.value, "Telefoons");
    document.title = this.bot() ? `${this.bot().first_name} – ${phones}` : phones;
  }

  bot() {
    return this.bots[0] || null;
  }

  isActive(phone) {
    return this.active === phone && document.visibilityState === "visible";
  }

  /** The person at the keyboard now looks at this phone: what it shows counts as read. */
  activate(phone) {
    const before = this.active;
    if (before !== phone) {
      this.active = phone;
      before?.element.classList.remove("active");
      phone.element.classList.add("active");
      this.showTabs();
    }
    if (phone.chat && this.isActive(phone)) phone.markRead();
  }

  async load() {
    let people;
    try {
      [this.bots, people] = await Promise.all([get("bots"), get("phones")]);
    } catch {
      return;
    }
    for (const person of people) {
      const known = this.phones.get(person.id);
      if (known) known.update(person);
      else this.add(person);
    }
    for (const [id, phone] of this.phones) {
      if (people.some((person) => person.id === id)) continue;
      phone.element.remove();
      this.phones.delete(id);
      if (this.active === phone) this.active = null;
    }
    this.empty.hidden = this.phones.size > 0;
    this.showTabs();
    this.showCrowding();
    this.showTitle();
  }

  add(person) {
    const phone = new Phone(person, this);
    this.phones.set(person.id, phone);
    this.row.append(phone.element);
    phone.refresh();
  }

  onEvent(event) {
    if (event.kind === "clock") this.clock.refresh();
    if (event.kind === "phone" || event.kind === "commands") this.refresh();
    const phone = this.phones.get(event.phone);
    if (phone) phone.onEvent(event);
    else if (event.kind === "commands") for (const each of this.phones.values()) each.refresh();
  }

  async catchUp() {
    this.lost.hidden = true;
    this.clock.refresh();
    await this.refresh();
    for (const phone of this.phones.values()) phone.refresh();
  }

  unreadChanged() {
    this.showTabs();
  }

  showTabs() {
    const shown = this.shownPhone();
    const tabs = [...this.phones.values()].map((phone) => {
      const badge = phone.unread ? h("span", { class: "badge" }, String(phone.unread), unseen(" ongelezen")) : null;
      const open = () => this.open(phone);
      return h("button", { type: "button", "aria-current": phone === shown ? "true" : null, "data-phone": phone.id, onclick: open }, phone.person.first_name, badge);
    });
    const focused = this.tabs.contains(document.activeElement) ? document.activeElement.dataset.phone : null;
    this.tabs.replaceChildren(...tabs);
    if (focused) tabs.find((tab) => tab.dataset.phone === focused)?.focus();
  }

  shownPhone() {
    return this.active || this.phones.values().next().value || null;
  }

  open(phone) {
    this.activate(phone);
    phone.element.scrollIntoView({ block: "nearest", inline: "center" });
    phone.conversation.scrollToEnd();
  }

  /** With more phones than fit, the tabs help to find one. */
  showCrowding() {
    document.body.classList.toggle("crowded", this.row.scrollWidth > this.row.clientWidth + 1);
  }

  askPhone() {
    askForm({
      host: document.body,
      title: "Een telefoon erbij",
      fields: [
        { name: "first_name", label: "Voornaam", required: true, maxlength: 64, autocomplete: "off" },
        { name: "label", label: "Rol (mag leeg blijven)", maxlength: 40, autocomplete: "off" },
        { name: "language_code", label: "Taal van de app", type: "select", value: this.language.value, options: LANGUAGES },
      ],
      submit: "Voeg toe",
      onsubmit: async ({ first_name, label, language_code }) => {
        const person = await post("phones", label ? { first_name, label, language_code } : { first_name, language_code });
        await this.refresh();
        const phone = this.phones.get(person.id);
        if (phone) this.open(phone);
      },
    });
  }

  askLink(from) {
    const people = [...this.phones.values()].map((phone) => [String(phone.id), phone.element.getAttribute("aria-label")]);
    if (!people.length) {
      this.notice.show("Voeg eerst een telefoon toe.");
      return;
    }
    askForm({
      host: document.body,
      title: "Open een link",
      fields: [
        { name: "phone", label: "Op", type: "select", value: String((from || this.shownPhone()).id), options: people },
        { name: "link", label: "Link", required: true, autocomplete: "off", placeholder: `https://t.me/${this.bot()?.username || "bot"}?start=…` },
      ],
      submit: "Open",
      onsubmit: async ({ phone: id, link }) => {
        const phone = this.phones.get(Number(id));
        const target = botLink(link);
        if (!target) throw new Error("Dit is geen link van Telegram, zoals https://t.me/…?start=…");
        if (!this.knows(target)) throw new Error(`Er is hier geen bot met de naam ${target.username}.`);
        if (!(await phone.start(target.payload))) throw new Error("Dat is niet gelukt.");
        this.open(phone);
      },
    });
  }

  knows({ username }) {
    return this.bot()?.username.toLowerCase() === username.toLowerCase();
  }

  /** A link in a bubble: one to the bot starts it on that phone, any other opens in a new tab as usual. */
  followLink(phone, event, href) {
    const target = botLink(href);
    if (!target) return;
    event.preventDefault();
    if (this.knows(target)) phone.start(target.payload);
    else phone.toast.show(`Er is hier geen bot met de naam ${target.username}.`);
  }
}

document.getElementById("open-link").prepend(icon("link"));
document.getElementById("add-phone").prepend(icon("plus"));
const desk = new Desk();
document.addEventListener("visibilitychange", () => {
  if (desk.active) desk.activate(desk.active);
});
listen({
  onEvent: (event) => desk.onEvent(event),
  onOpen: () => desk.catchUp(),
  onLost: () => { desk.lost.hidden = false; },
});
