// The part of a bubble that is not text: pictures, sound, files, places, people. Nothing is loaded from elsewhere.

import { fileAddress } from "./api.js";
import { h, icon } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** The nodes for whatever a message carries besides text; empty for a text message. */
export function media(message) {
  for (const [kind, render] of Object.entries(RENDERERS)) {
    if (message[kind]) return [render(message[kind], message)].flat();
  }
  return [];
}

const RENDERERS = {
  photo,
  animation: () => picture("Animatie", "play"),
  video_note: (note) => picture(`Videobericht, ${seconds(note.duration)}`, "play"),
  video: (video) => picture(`Video, ${seconds(video.duration)}`, "play"),
  voice: (voice) => sound("Spraakbericht", voice),
  audio: (audio) => sound(audio.title || audio.file_name || "Geluid", audio),
  document: download,
  sticker: (sticker) => h("p", { class: "sticker" }, sticker.emoji || "🙂"),
  dice: (dice) => h("p", { class: "sticker", "aria-label": `Dobbelsteen: ${dice.value}`, role: "img" }, dice.emoji, h("b", {}, dice.value)),
  contact: (contact) => row("contact", [contact.first_name, contact.last_name].filter(Boolean).join(" "), contact.phone_number),
  // A venue carries a location as well, so it comes first.
  venue: (venue) => [map(venue.location), row("location", venue.title, venue.address)],
  location: (place) => [map(place), row("location", place.live_period ? "Live locatie" : "Locatie", coordinates(place))],
  poll,
};

function row(drawing, title, detail) {
  return h(
    "div",
    { class: "media-row" },
    h("span", { class: "media-icon" }, icon(drawing)),
    h("span", {}, h("b", {}, title), detail ? h("small", {}, detail) : null),
  );
}

function picture(label, drawing) {
  return h("div", { class: "picture", role: "img", "aria-label": label }, icon(drawing));
}

/** The largest of the sizes that Telegram offers, as the last one is. */
function photo(sizes) {
  const { file_id, width, height } = sizes[sizes.length - 1];
  const image = h("img", { class: "picture", src: fileAddress(file_id), alt: "Foto", width, height });
  image.addEventListener("error", () => image.replaceWith(picture("Foto", "photo")));
  return image;
}

function download({ file_id, file_name: name = "Document", file_size }) {
  const link = h("a", { href: fileAddress(file_id), download: name }, name);
  return row("document", link, size(file_size));
}

function sound(label, { file_id, duration }) {
  const bars = [5, 9, 14, 8, 16, 11, 6, 13, 18, 9, 12, 7, 15, 10, 5, 8].map((height) => {
    const bar = h("i");
    bar.style.height = `${height}px`;
    return bar;
  });
  const button = h("button", { type: "button", class: "media-icon", "aria-label": `Speel af: ${label}` }, icon("play"));
  const words = h("small", {}, `${label}, ${seconds(duration)}`);
  button.addEventListener("click", () => play(file_id, button, words));
  return h("div", { class: "media-row" }, button, h("span", {}, h("span", { class: "wave", "aria-hidden": "true" }, bars), words));
}

/** Plays until the end or the next tap. */
function play(fileId, button, words) {
  if (button.audio) {
    button.audio.pause();
    return;
  }
  const audio = new Audio(fileAddress(fileId));
  button.audio = audio;
  const done = (problem) => {
    button.audio = null;
    button.classList.remove("playing");
    if (problem) words.textContent = "Dit geluid kan niet afgespeeld worden.";
  };
  audio.addEventListener("pause", () => done());
  audio.addEventListener("ended", () => done());
  audio.play().then(() => button.classList.add("playing")).catch((error) => done(error.name !== "AbortError"));
}

function poll(question) {
  return h(
    "div",
    { class: "poll" },
    h("b", {}, question.question),
    h("small", {}, "Peiling"),
    h("ul", {}, question.options.map((option) => h("li", {}, option.text))),
  );
}

/** A sketch of streets, shifted by the place itself so that two places look different. */
function map({ latitude, longitude }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 260 120");
  svg.setAttribute("class", "map");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Kaart bij ${coordinates({ latitude, longitude })}`);
  const shift = (value, range) => Math.abs(Math.round(value * 10_000)) % range;
  const [x, y] = [shift(longitude, 60), shift(latitude, 40)];
  const draw = (d, className) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", className);
    svg.append(path);
  };
  draw(`M${150 + x} 0h70v${30 + y}h-70Z M0 ${70 + y}h${50 + x}v60H0Z`, "map-green");
  draw(`M-10 ${30 + y}L270 ${50 + y / 2} M${60 + x} -10L${40 + x} 130 M${150 + x} -10L${170 + x} 130 M-10 ${95 - y / 3}L270 ${80 + y / 3}`, "map-street");
  draw("M130 72s20-18 20-33a20 20 0 1 0-40 0c0 15 20 33 20 33Z", "map-pin");
  draw("M130 45a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z", "map-hole");
  return svg;
}

function coordinates({ latitude, longitude }) {
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

function seconds(duration = 0) {
  return `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, "0")}`;
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
