// The clock above the phones, and its jumps into the future.

import { get, post } from "./api.js";
import { coalesced, h, icon } from "./dom.js";
import { eveningComes, hour, longDay, shortDay, tomorrowMorning, tonight } from "./time.js";

const MINUTE = 60_000;

const JUMPS = [
  { text: () => "+15 min", to: (now) => now + 15 * MINUTE },
  { text: () => "+1 uur", to: (now) => now + 60 * MINUTE },
  { text: (now) => (eveningComes(now) ? "Vanavond" : "Volgende avond"), to: tonight },
  { text: () => "Morgen", to: tomorrowMorning },
];

export class Clock {
  /** `report(text)` shows a problem. */
  constructor(report) {
    this.report = report;
    this.state = null;
    this.written = new Map();
    this.refresh = coalesced(() => this.load());
    this.hour = h("span", { class: "hour" });
    this.day = h("span", { class: "day" });
    this.time = h("time", { class: "now" }, this.hour, this.day);
    this.status = h("span", { class: "jumping", role: "status" });
    this.progress = h("progress", { max: 1, value: 0, hidden: true, "aria-label": "Sprong in de tijd" });
    this.buttons = JUMPS.map(({ text, to }) => h("button", { type: "button", onclick: () => this.jump(to) }, text(0)));
    this.element = h(
      "div",
      { class: "clock", role: "group", "aria-label": "Klok" },
      this.time,
      h("div", { class: "jumps" }, this.buttons, h("div", { class: "under-way" }, this.status, this.progress)),
    );
    setInterval(() => this.show(), 1000);
  }

  async load() {
    let answer;
    try {
      answer = await get("clock");
    } catch {
      return;
    }
    const target = answer.target ? Date.parse(answer.target) : null;
    const now = Date.parse(answer.now);
    const from = target !== null && this.state?.target === target ? this.state.from : now;
    this.state = { now, target, from, running: answer.running, seenAt: performance.now() };
    this.show();
  }

  now() {
    const { now, target, running, seenAt } = this.state;
    return running && target === null ? now + performance.now() - seenAt : now;
  }

  show() {
    if (!this.state) return;
    const now = this.now();
    const { target, from } = this.state;
    this.hour.textContent = hour(now);
    this.write(this.day, longDay(now));
    this.time.setAttribute("datetime", new Date(now).toISOString());
    const jumping = target !== null;
    for (const [index, button] of this.buttons.entries()) {
      const goal = JUMPS[index].to(now);
      const text = JUMPS[index].text(now);
      this.write(button, text);
      const title = `${longDay(goal)}, ${hour(goal)}`;
      if (button.dataset.title !== title) button.dataset.title = button.title = title;
      if (jumping) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    const words = jumping ? `Onderweg naar ${shortDay(target)}, ${hour(target)}` : "";
    this.write(this.status, words, () => this.status.replaceChildren(...(jumping ? [icon("play"), words] : [])));
    this.element.classList.toggle("is-jumping", jumping);
    this.progress.hidden = !jumping;
    if (jumping) this.progress.value = target > from ? (now - from) / (target - from) : 1;
  }

  /** Only what is new: the page may have said the same in another language since. */
  write(node, words, put = () => { node.textContent = words; }) {
    if (this.written.get(node) === words) return;
    this.written.set(node, words);
    put();
  }

  async jump(to) {
    if (!this.state || this.state.target !== null) return;
    try {
      await post("clock/jump", { to: new Date(to(this.now())).toISOString() });
    } catch (error) {
      this.report(error.status ? error.message : "De simulator antwoordt niet. Probeer het zo dadelijk opnieuw.");
    }
    this.refresh();
  }
}
