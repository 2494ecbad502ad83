// One message: bubble, line underneath (time, edited, ticks), and the bot's buttons.

import { h, icon, iconButton, unseen } from "./dom.js";
import { richText } from "./entities.js";
import { absolute } from "./links.js";
import { media } from "./media.js";
import { hour } from "./time.js";

const REACTIONS = ["👍", "❤️", "😢"];

/**
 * `message` is Telegram's JSON with `outgoing` and `read`; `sender` the name that screen readers get. `actions`: `press(message, button)`,
 * `command(text)`, `link(event, href)`, `reply(message)`, `edit(message)`, `react(message, emoji)`.
 */
export function messageNode(message, sender, actions) {
  const service = serviceText(message);
  if (service) return h("p", { class: "separator", "data-message-id": message.message_id }, h("span", {}, service));
  const words = message.text ?? message.caption;
  const parts = media(message);
  const more = moreActions(message, actions);
  return h(
    "article",
    { class: message.outgoing ? "message outgoing" : "message", "data-message-id": message.message_id, tabindex: -1 },
    h(
      "div",
      { class: parts.length ? "bubble with-media" : "bubble" },
      unseen(`${sender}: `),
      message.forward_origin ? h("p", { class: "origin" }, "Doorgestuurd bericht") : null,
      message.reply_to_message ? quote(message.reply_to_message) : null,
      parts,
      words ? h("div", { class: "text" }, richText(words, message.entities || message.caption_entities, actions)) : null,
      meta(message, more.button),
      more.panel,
    ),
    reactions(message),
    inlineKeyboard(message, actions),
  );
}

function quote(message) {
  return h("blockquote", { class: "quote" }, summary(message));
}

/** A message in a few words, for a quote or the pinned line. */
export function summary(message) {
  const words = message.text || message.caption;
  if (words) return words.length > 90 ? `${words.slice(0, 90)}…` : words;
  const kinds = { photo: "Foto", voice: "Spraakbericht", document: "Document", venue: "Plaats", location: "Locatie", contact: "Contact" };
  return kinds[Object.keys(kinds).find((kind) => message[kind])] || "Bericht";
}

function meta(message, button) {
  return h(
    "div",
    { class: "meta" },
    button,
    message.edit_date ? h("span", { class: "edited" }, "bewerkt") : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, hour(message.date * 1000)),
    message.outgoing ? h("span", { class: "ticks" }, icon("sent"), unseen("verstuurd")) : null,
  );
}

/** Answering, changing and reacting: out of sight until the bubble is pointed at or its button has the focus. */
function moreActions(message, actions) {
  const panel = h(
    "div",
    { class: "more-actions", hidden: true },
    h("button", { type: "button", onclick: () => actions.reply(message) }, "Antwoord"),
    message.outgoing && message.text ? h("button", { type: "button", onclick: () => actions.edit(message) }, "Wijzig") : null,
    message.outgoing
      ? null
      : REACTIONS.map((emoji) => h("button", { type: "button", "aria-label": `Reageer met ${emoji}`, onclick: () => actions.react(message, emoji) }, emoji)),
  );
  const button = iconButton("dots", "Opties", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
  }, { "aria-expanded": "false" });
  panel.addEventListener("click", () => {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
  });
  return { button, panel };
}

function reactions(message) {
  const emojis = Object.values(message.reactions || {});
  return emojis.length ? h("p", { class: "reactions", "aria-label": "Reacties" }, emojis.join(" ")) : null;
}

function inlineKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { class: "keys" },
    rows.map((row) => h("div", { class: "key-row" }, row.map((button) => key(message, button, actions)))),
  );
}

const STYLES = new Set(["primary", "success", "danger"]);

function key(message, button, actions) {
  const className = STYLES.has(button.style) ? `key ${button.style}` : "key";
  if (button.url) {
    const href = absolute(button.url);
    return h(
      "a",
      {
        class: className, href, target: "_blank", rel: "noopener noreferrer",
        onclick: (event) => actions.link(event, href),
      },
      button.text,
      icon("link"),
    );
  }
  return h(
    "button",
    { type: "button", class: className, "data-callback": button.callback_data, onclick: () => actions.press(message, button) },
    button.text,
  );
}

function serviceText(message) {
  if (message.pinned_message) return "Een bericht is vastgezet";
  if (message.new_chat_members) return `${names(message.new_chat_members)} is erbij gekomen`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} is weg`;
  if (message.group_chat_created) return "De groep is gemaakt";
  return null;
}

function names(people) {
  return people.map((person) => person.first_name).join(", ");
}
