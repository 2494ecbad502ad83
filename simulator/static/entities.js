// Message entities as DOM nodes. Offsets are UTF-16 code units, which is how JavaScript counts as well.

import { h } from "./dom.js";
import { absolute } from "./links.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * Nodes for `text` with its `entities`. `actions.command(text)` is called for a tapped command, `actions.link(event, href)`
 * for a followed link.
 */
export function richText(text, entities, actions) {
  const sorted = [...(entities || [])].sort(byPlace);
  return build({ text, actions }, sorted, 0, text.length);
}

function byPlace(one, other) {
  return one.offset - other.offset || other.length - one.length;
}

function build(context, entities, from, to) {
  const nodes = [];
  const waiting = [...entities];
  let at = from;
  while (waiting.length) {
    const entity = waiting.shift();
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) continue;
    const inside = [];
    const after = [];
    for (const other of waiting) {
      const otherEnd = other.offset + other.length;
      if (other.offset >= end) after.push(other);
      else if (otherEnd <= end) inside.push(other);
      else {
        inside.push({ ...other, length: end - other.offset });
        after.push({ ...other, offset: end, length: otherEnd - end });
      }
    }
    waiting.splice(0, waiting.length, ...after.sort(byPlace));
    if (entity.offset > at) nodes.push(context.text.slice(at, entity.offset));
    nodes.push(wrap(context, entity, build(context, inside.sort(byPlace), entity.offset, end)));
    at = end;
  }
  if (at < to) nodes.push(context.text.slice(at, to));
  return nodes;
}

function wrap({ text, actions }, entity, children) {
  const shown = text.slice(entity.offset, entity.offset + entity.length);
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return h(tag, {}, children);
  switch (entity.type) {
    case "pre":
      return h("pre", { tabindex: 0 }, h("code", { "data-language": entity.language }, children));
    case "blockquote":
    case "expandable_blockquote":
      return h("blockquote", {}, children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return anchor(entity.url, children, actions);
    case "url":
      return anchor(absolute(shown), children, actions);
    case "email":
      return anchor(`mailto:${shown}`, children, actions);
    case "phone_number":
      return anchor(`tel:${shown.replace(/[^\d+]/g, "")}`, children, actions);
    case "bot_command":
      return h("button", { type: "button", class: "inline-link", onclick: () => actions.command(shown) }, children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "mention" }, children);
    default:
      return h("span", {}, children);
  }
}

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** A link of a scheme that can do no harm in the page; anything else stays plain text. */
function anchor(href, children, actions) {
  if (!URL.canParse(href) || !SAFE_SCHEMES.has(new URL(href).protocol)) return h("span", {}, children);
  return h(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer", onclick: (event) => actions.link(event, href) },
    children,
  );
}

function spoiler(children) {
  const content = h("span", {}, children);
  const cover = h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Toon de verborgen tekst" }, content);
  const reveal = () => cover.replaceWith(h("span", { class: "revealed" }, ...content.childNodes));
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return cover;
}
