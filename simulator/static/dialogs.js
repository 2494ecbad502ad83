// Questions to the person at the keyboard, and short notices.

import { h } from "./dom.js";

let serial = 0;

/**
 * A modal form. `fields`: `[{name, label, type?, value?, options?: [[value, text]], required?, hint?, ...attributes}]`; `type` is
 * an input type, "select" or "textarea". `onsubmit(values)` may be async; the dialog stays open with the message of what it throws.
 * It is placed in `host`, so that it belongs to that phone.
 */
export function askForm({ host, title, fields, submit, onsubmit }) {
  serial += 1;
  const heading = h("h2", { id: `dialog-${serial}` }, title);
  const problem = h("p", { class: "problem", role: "alert" });
  const controls = fields.map((field) => control(field, `dialog-${serial}-${field.name}`));
  const back = document.activeElement;
  const form = h(
    "form",
    { method: "dialog" },
    heading,
    controls.map((each) => each.row),
    problem,
    h(
      "div",
      { class: "dialog-buttons" },
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Annuleren"),
      h("button", { type: "submit", class: "primary" }, submit),
    ),
  );
  const dialog = h("dialog", { class: "form-dialog", "aria-labelledby": heading.id }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      await onsubmit(Object.fromEntries(controls.map((each) => [each.name, each.read()])));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    // A menu from which this was asked is closed by now; its button stands for it.
    (back?.closest(".disclosure")?.querySelector("button") || back)?.focus();
  });
  host.append(dialog);
  dialog.showModal();
  return dialog;
}

function control({ name, label, type = "text", value, options, hint, ...attributes }, id) {
  let input;
  if (type === "select") {
    input = h("select", { id, ...attributes }, options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  } else if (type === "textarea") {
    input = h("textarea", { id, rows: 3, ...attributes }, value);
  } else {
    input = h("input", { id, type, value: type === "checkbox" ? null : value, checked: type === "checkbox" && value, ...attributes });
  }
  const read = () => {
    if (type === "file") return input.files[0] || null;
    if (type === "checkbox") return input.checked;
    return type === "number" ? input.valueAsNumber : input.value.trim();
  };
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  const row = h(
    "div",
    { class: type === "checkbox" ? "field check" : "field" },
    h("label", { for: id }, label),
    input,
    hint ? h("small", { id: `${id}-hint` }, hint) : null,
  );
  return { name, read, row };
}

/** A text over one phone that waits for "OK": what a bot says with `show_alert`. */
export function showAlert(host, text) {
  serial += 1;
  const words = h("p", { id: `dialog-${serial}` }, text);
  const back = document.activeElement;
  const close = () => {
    cover.remove();
    if (back?.isConnected) back.focus();
  };
  const ok = h("button", { type: "button", class: "primary", onclick: close }, "OK");
  const cover = h(
    "div",
    { class: "alert-cover" },
    h("div", { class: "alert", role: "alertdialog", "aria-label": "Melding", "aria-describedby": words.id }, words, ok),
  );
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  host.append(cover);
  ok.focus();
}

const NOTICE_AT_LEAST = 4000;
const NOTICE_PER_LETTER = 70;

/** A live region whose text goes away by itself, after time enough to read it. */
export function noticeArea(className) {
  const element = h("div", { class: className, role: "status" });
  let timer = 0;
  const show = (text) => {
    clearTimeout(timer);
    element.textContent = text;
    timer = setTimeout(() => { element.textContent = ""; }, Math.max(NOTICE_AT_LEAST, text.length * NOTICE_PER_LETTER));
  };
  return { element, show };
}
