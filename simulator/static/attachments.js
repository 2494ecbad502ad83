// What a person can send besides text: each with the questions to ask first and the body for POST …/send.

import { base64 } from "./api.js";

const ANY_FILE = "Leeg laten mag: dan gaat er een voorbeeld.";

const caption = { name: "caption", label: "Bijschrift" };
const fileField = (accept) => ({ name: "file", label: "Bestand", type: "file", accept, hint: ANY_FILE });

async function withFile(body, file) {
  return file ? { ...body, file_base64: await base64(file) } : body;
}

function captioned(fields, text) {
  return text ? { ...fields, caption: text } : fields;
}

const STICKERS = ["👍", "❤️", "😀", "😢", "🎉", "🌻"];

/** Somebody's made-up number; 0470 00 00 00 and on are not given out. */
function phoneNumber(person) {
  return `+3247000${String(person.id % 10000).padStart(4, "0")}`;
}

export const LOCATION = {
  name: "Locatie",
  icon: "location",
  fields: () => [
    { name: "latitude", label: "Breedtegraad", type: "number", step: "any", min: -90, max: 90, value: 50.7757, required: true },
    { name: "longitude", label: "Lengtegraad", type: "number", step: "any", min: -180, max: 180, value: 4.8895, required: true },
    {
      name: "live", label: "Live delen", type: "select", value: "",
      options: [["", "Nee, alleen nu"], ["900", "15 minuten"], ["3600", "1 uur"], ["28800", "8 uur"]],
    },
  ],
  body: ({ latitude, longitude, live }) => ({
    location: live ? { latitude, longitude, live_period: Number(live) } : { latitude, longitude },
  }),
};

export const CONTACT = {
  name: "Contact",
  icon: "contact",
  fields: (person) => [
    { name: "first_name", label: "Naam", value: person.first_name, required: true },
    { name: "phone_number", label: "Telefoonnummer", type: "tel", value: phoneNumber(person), required: true },
    { name: "own", label: "Dit is mijn eigen nummer", type: "checkbox", value: true },
  ],
  body: ({ first_name, phone_number, own }, person) => ({
    contact: own ? { phone_number, first_name, user_id: person.id } : { phone_number, first_name },
  }),
};

export const ATTACHMENTS = [
  {
    name: "Foto",
    icon: "photo",
    fields: () => [caption, fileField("image/*")],
    body: (values) => withFile({ photo: captioned({}, values.caption) }, values.file),
  },
  {
    name: "Spraakbericht",
    icon: "voice",
    fields: () => [
      { name: "duration", label: "Aantal seconden", type: "number", min: 1, max: 3600, value: 5, required: true },
      fileField("audio/*"),
    ],
    body: (values) => withFile({ voice: { duration: values.duration } }, values.file),
  },
  LOCATION,
  CONTACT,
  {
    name: "Sticker",
    icon: "sticker",
    fields: () => [{ name: "emoji", label: "Sticker", type: "select", value: "👍", options: STICKERS.map((each) => [each, each]) }],
    body: ({ emoji }) => ({ sticker: { emoji } }),
  },
  {
    name: "Document",
    icon: "document",
    fields: () => [{ name: "file_name", label: "Naam", value: "brief.pdf", required: true }, caption, fileField()],
    body: ({ file_name, caption: words, file }) => withFile(
      {
        document: captioned(
          file
            ? { file_name: file.name, mime_type: file.type || "application/octet-stream", file_size: file.size }
            : { file_name, mime_type: "application/pdf", file_size: 24_000 },
          words,
        ),
      },
      file,
    ),
  },
  {
    name: "Peiling",
    icon: "poll",
    fields: () => [
      { name: "question", label: "Vraag", required: true },
      { name: "options", label: "Antwoorden, één per regel", type: "textarea", value: "Ja\nNee", required: true },
    ],
    body: ({ question, options }) => ({
      poll: { question, options: options.split("\n").map((each) => each.trim()).filter(Boolean) },
    }),
  },
  { name: "Dobbelsteen", icon: "dice", fields: () => [], body: () => ({ dice: {} }) },
];
