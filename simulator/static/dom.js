// Small helpers to build the page. Text only ever enters as text nodes: what people write is never parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M16.5 6.5v9a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9a1.5 1.5 0 0 1-3 0V6.5",
  back: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  close: "M6 6l12 12M18 6 6 18",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  dice: "M5 5h14v14H5ZM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01",
  document: "M7 3h7l5 5v13H7ZM14 3v5h5",
  dots: "M12 5h.01M12 12h.01M12 19h.01",
  down: "M12 5v14M6 13l6 6 6-6",
  keyboard: "M3 6h18v12H3ZM7 10h.01M11 10h.01M15 10h.01M17.5 10h.01M8 14h8",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  location: "M12 21s7-6.3 7-11.5a7 7 0 1 0-14 0C5 14.7 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  photo: "M4 6h16v13H4ZM4 16l5-5 4 4 2.5-2.5L20 17M15.5 10h.01",
  pin: "M9 4h6l-1 6 3 3H7l3-3ZM12 13v7",
  play: "M8 5.5v13l10.5-6.5Z",
  plus: "M12 5v14M5 12h14",
  poll: "M6 20V11M12 20V4M18 20v-6",
  send: "M4 12 20 4l-5 16-3.5-6.5ZM11.5 13.5 20 4",
  sent: "M5 12.5 9.5 17 19 7.5",
  sticker: "M12 21a9 9 0 1 1 9-9c-4 0-9 5-9 9ZM9 10h.01M15 10h.01",
  voice: "M12 14a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v5a3 3 0 0 0 3 3ZM6 11a6 6 0 0 0 12 0M12 17v4",
};

/** An element with attributes (`onclick` and the like are listeners; null and false are left out) and children. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line drawing, hidden from screen readers: the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows only a drawing; `label` is its name, also as a tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

/** Text that only screen readers get. */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}

/** A button with a panel that opens under or above it; closes on Escape, on a click elsewhere and after a choice. */
export function disclosure(button, panel) {
  const box = h("div", { class: "disclosure" }, button, panel);
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    panel.hidden = !open;
  };
  show(false);
  button.addEventListener("click", () => show(panel.hidden));
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    // Otherwise the focus would be lost with the panel; a dialog that the choice opened has it already.
    const focused = panel.contains(document.activeElement);
    show(false);
    if (focused) button.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(event.target)) show(false);
  });
  return box;
}

/** Runs `work` one at a time; calls during a run lead to exactly one more run after it. */
export function coalesced(work) {
  let running = false;
  let again = false;
  return async function run() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
