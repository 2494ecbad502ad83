// The words of the page and of a telephone's own interface. They are written in Dutch; what a phone shows is said in the language of its
// app as soon as it appears, what stands around the phones in the language of the page. What people and bots wrote is theirs, and stays.

const WRITTEN = ".text, .quote, .key, .commands, .pinned, .introduction p, .poll b, .poll li, .owner-words, .bot-words b";
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

// Dutch: [French, English, German]. `{}` stands for what changes.
const WORDS = {
  "+1 uur": ["+1 heure", "+1 hour", "+1 Stunde"],
  "1 uur": ["1 heure", "1 hour", "1 Stunde"],
  "15 minuten": ["15 minutes", "15 minutes", "15 Minuten"],
  "8 uur": ["8 heures", "8 hours", "8 Stunden"],
  "Aantal seconden": ["Nombre de secondes", "Number of seconds", "Anzahl Sekunden"],
  "Annuleren": ["Annuler", "Cancel", "Abbrechen"],
  "Antwoord": ["Répondre", "Reply", "Antworten"],
  "Antwoord op": ["Réponse à", "Reply to", "Antwort auf"],
  "Antwoorden, één per regel": ["Réponses, une par ligne", "Answers, one a line", "Antworten, eine pro Zeile"],
  "Bestand": ["Fichier", "File", "Datei"],
  "Bericht": ["Message", "Message", "Nachricht"],
  "bewerkt": ["modifié", "edited", "bearbeitet"],
  "Bijlage": ["Pièce jointe", "Attachment", "Anhang"],
  "Bijschrift": ["Légende", "Caption", "Beschriftung"],
  "Blokkeer de bot": ["Bloquer le bot", "Block the bot", "Bot blockieren"],
  "Breedtegraad": ["Latitude", "Latitude", "Breitengrad"],
  "Contact": ["Contact", "Contact", "Kontakt"],
  "Contact sturen": ["Envoyer un contact", "Send a contact", "Kontakt senden"],
  "Dat is niet gelukt.": ["Cela n'a pas marché.", "That did not work.", "Das hat nicht geklappt."],
  "Dat is niet verstuurd. Probeer het opnieuw.": ["Ce n'est pas envoyé. Réessayez.", "That was not sent. Try again.", "Das wurde nicht gesendet. Versuchen Sie es noch einmal."],
  "De groep is gemaakt": ["Le groupe est créé", "The group was made", "Die Gruppe wurde erstellt"],
  "De simulator antwoordt niet. Probeer het zo dadelijk opnieuw.": ["Le simulateur ne répond pas. Réessayez bientôt.", "The simulator does not answer. Try again soon.", "Der Simulator antwortet nicht. Versuchen Sie es gleich noch einmal."],
  "De verbinding met de simulator is weg. We proberen het opnieuw…": ["La connexion avec le simulateur est coupée. Nous réessayons…", "The connection to the simulator is lost. We try again…", "Die Verbindung zum Simulator ist weg. Wir versuchen es noch einmal…"],
  "Deblokkeer": ["Débloquer", "Unblock", "Entsperren"],
  "Deblokkeer de bot": ["Débloquer le bot", "Unblock the bot", "Bot entsperren"],
  "Deze knop werkt alleen in de app van Telegram.": ["Ce bouton ne marche que dans l'application Telegram.", "This button only works in Telegram's app.", "Diese Taste geht nur in der App von Telegram."],
  "Dit account is verwijderd": ["Ce compte est supprimé", "This account was deleted", "Dieses Konto wurde gelöscht"],
  "dit account is verwijderd": ["ce compte est supprimé", "this account was deleted", "dieses Konto wurde gelöscht"],
  "Dit is geen link van Telegram, zoals https://t.me/…?start=…": ["Ce n'est pas un lien de Telegram, comme https://t.me/…?start=…", "This is no link of Telegram, like https://t.me/…?start=…", "Das ist kein Link von Telegram, wie https://t.me/…?start=…"],
  "Dit geluid kan niet afgespeeld worden.": ["Ce son ne peut pas être lu.", "This sound cannot be played.", "Dieser Ton kann nicht abgespielt werden."],
  "Dit is mijn eigen nummer": ["C'est mon propre numéro", "This is my own number", "Das ist meine eigene Nummer"],
  "Dobbelsteen": ["Dé", "Dice", "Würfel"],
  "Dobbelsteen: {}": ["Dé : {}", "Dice: {}", "Würfel: {}"],
  "Document": ["Document", "Document", "Dokument"],
  "Document sturen": ["Envoyer un document", "Send a document", "Dokument senden"],
  "Doorgestuurd bericht": ["Message transféré", "Forwarded message", "Weitergeleitete Nachricht"],
  "Een bericht is vastgezet": ["Un message est épinglé", "A message was pinned", "Eine Nachricht wurde angeheftet"],
  "Een telefoon erbij": ["Un téléphone de plus", "Another phone", "Noch ein Telefon"],
  "Er is hier geen bot met de naam {}.": ["Il n'y a pas ici de bot nommé {}.", "There is no bot called {} here.", "Hier gibt es keinen Bot namens {}."],
  "Er zijn nog geen telefoons. Voeg er een toe met": ["Il n'y a pas encore de téléphone. Ajoutez-en un avec", "There are no phones yet. Add one with", "Es gibt noch keine Telefone. Fügen Sie eines hinzu mit"],
  "Foto": ["Photo", "Photo", "Foto"],
  "Foto sturen": ["Envoyer une photo", "Send a photo", "Foto senden"],
  "geblokkeerd": ["bloqué", "blocked", "gesperrt"],
  "Gekopieerd": ["Copié", "Copied", "Kopiert"],
  "Geluid": ["Son", "Sound", "Ton"],
  "Gesprek": ["Conversation", "Conversation", "Gespräch"],
  "is aan het typen…": ["écrit…", "is typing…", "schreibt…"],
  "Kaart bij {}": ["Carte de {}", "Map of {}", "Karte bei {}"],
  "Kies een telefoon": ["Choisir un téléphone", "Choose a phone", "Telefon wählen"],
  "Klok": ["Horloge", "Clock", "Uhr"],
  "Leeg laten mag: dan gaat er een voorbeeld.": ["Peut rester vide : un exemple est alors envoyé.", "May stay empty: then an example is sent.", "Darf leer bleiben: Dann wird ein Beispiel gesendet."],
  "Lengtegraad": ["Longitude", "Longitude", "Längengrad"],
  "Link": ["Lien", "Link", "Link"],
  "Live delen": ["Partager en direct", "Share live", "Live teilen"],
  "Live locatie": ["Position en direct", "Live location", "Live-Standort"],
  "Locatie": ["Position", "Location", "Standort"],
  "Locatie sturen": ["Envoyer une position", "Send a location", "Standort senden"],
  "Meer": ["Plus", "More", "Mehr"],
  "Melding": ["Avis", "Notice", "Hinweis"],
  "Morgen": ["Demain", "Tomorrow", "Morgen"],
  "Menu": ["Menu", "Menu", "Menü"],
  "Naam": ["Nom", "Name", "Name"],
  "Naar het einde": ["Vers la fin", "To the end", "Zum Ende"],
  "Nee, alleen nu": ["Non, seulement maintenant", "No, only now", "Nein, nur jetzt"],
  "Niet antwoorden": ["Ne pas répondre", "Do not reply", "Nicht antworten"],
  "Niet wijzigen": ["Ne pas modifier", "Do not edit", "Nicht bearbeiten"],
  "Nieuwe berichten": ["Nouveaux messages", "New messages", "Neue Nachrichten"],
  "Onderweg naar {}": ["En route vers {}", "On the way to {}", "Unterwegs zu {}"],
  "ongelezen": ["non lus", "unread", "ungelesen"],
  "Op": ["Sur", "On", "Auf"],
  "Open": ["Ouvrir", "Open", "Öffnen"],
  "Open een link": ["Ouvrir un lien", "Open a link", "Link öffnen"],
  "Opties": ["Options", "Options", "Optionen"],
  "Peiling": ["Sondage", "Poll", "Umfrage"],
  "Peiling sturen": ["Envoyer un sondage", "Send a poll", "Umfrage senden"],
  "Plaats": ["Lieu", "Place", "Ort"],
  "Reacties": ["Réactions", "Reactions", "Reaktionen"],
  "Reageer met {}": ["Réagir avec {}", "React with {}", "Mit {} reagieren"],
  "Rol (mag leeg blijven)": ["Rôle (peut rester vide)", "Role (may stay empty)", "Rolle (darf leer bleiben)"],
  "Speel af: {}": ["Écouter : {}", "Play: {}", "Abspielen: {}"],
  "Spraakbericht": ["Message vocal", "Voice message", "Sprachnachricht"],
  "Spraakbericht, {}": ["Message vocal, {}", "Voice message, {}", "Sprachnachricht, {}"],
  "Spraakbericht sturen": ["Envoyer un message vocal", "Send a voice message", "Sprachnachricht senden"],
  "Sprong in de tijd": ["Saut dans le temps", "Jump in time", "Zeitsprung"],
  "Start": ["Démarrer", "Start", "Start"],
  "Sticker sturen": ["Envoyer un autocollant", "Send a sticker", "Sticker senden"],
  "Sticker": ["Autocollant", "Sticker", "Sticker"],
  "Taal van de app": ["Langue de l'application", "Language of the app", "Sprache der App"],
  "Taal van de pagina": ["Langue de la page", "Language of the page", "Sprache der Seite"],
  "Telefoon erbij": ["Ajouter un téléphone", "Add a phone", "Telefon dazu"],
  "Telefoon van {}": ["Téléphone : {}", "Phone of {}", "Telefon von {}"],
  "Telefoonnummer": ["Numéro de téléphone", "Phone number", "Telefonnummer"],
  "Telefoons": ["Téléphones", "Phones", "Telefone"],
  "Toetsen van de bot": ["Touches du bot", "Keys of the bot", "Tasten des Bots"],
  "Toon de verborgen tekst": ["Montrer le texte caché", "Show the hidden text", "Versteckten Text zeigen"],
  "Vanavond": ["Ce soir", "This evening", "Heute Abend"],
  "Vastgezet:": ["Épinglé :", "Pinned:", "Angeheftet:"],
  "Verstuur": ["Envoyer", "Send", "Senden"],
  "Versturen": ["Envoyer", "Send", "Senden"],
  "verstuurd": ["envoyé", "sent", "gesendet"],
  "Video, {}": ["Vidéo, {}", "Video, {}", "Video, {}"],
  "Videobericht, {}": ["Message vidéo, {}", "Video message, {}", "Videonachricht, {}"],
  "Voeg eerst een telefoon toe.": ["Ajoutez d'abord un téléphone.", "Add a phone first.", "Fügen Sie zuerst ein Telefon hinzu."],
  "Voeg toe": ["Ajouter", "Add", "Hinzufügen"],
  "Volgende avond": ["Le soir suivant", "Next evening", "Am nächsten Abend"],
  "Voornaam": ["Prénom", "First name", "Vorname"],
  "Vraag": ["Question", "Question", "Frage"],
  "Wat kan {}?": ["Que peut faire {} ?", "What can {} do?", "Was kann {}?"],
  "Wijzig": ["Modifier", "Edit", "Bearbeiten"],
  "Wijzig je bericht": ["Modifier votre message", "Edit your message", "Ihre Nachricht bearbeiten"],
  "{} is erbij gekomen": ["{} s'est joint", "{} joined", "{} ist dabei"],
  "{} is weg": ["{} est parti", "{} left", "{} ist weg"],
};
const LANGUAGES = ["fr", "en", "de"];
const PATTERNS = Object.keys(WORDS)
  .filter((dutch) => dutch.includes("{}"))
  .map((dutch) => [new RegExp(`^${dutch.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace("{}", "(.+)")}$`), dutch]);

// A day as the Dutch page writes it, from 2024 on: its first year of 366 days holds every day and month.
const DAYS = new Map();
for (const [part, options] of [
  ["month", { month: "short" }], ["month", { month: "long" }], ["weekday", { weekday: "short" }], ["weekday", { weekday: "long" }],
]) {
  const format = (locale) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const dutch = format("nl-BE");
  const others = LANGUAGES.map((language) => [language, format(language)]);
  for (let each = Date.UTC(2024, 0, 1, 12); each < Date.UTC(2025, 0, 1, 12); each += 86400000) {
    const said = Object.fromEntries(others.map(([language, formatter]) => [language, formatter.format(each)]));
    DAYS.set(dutch.format(each).replace(".", ""), { ...said, part });
  }
}

function dayIn(language, dutch) {
  const found = /^(\p{L}+) (\d{1,2}) (\p{L}+)((?: \d{4})?(?:, \d\d:\d\d)?)$/u.exec(dutch.replace(/(\p{L})\./gu, "$1"));
  const [weekday, month] = found ? [DAYS.get(found[1]), DAYS.get(found[3])] : [];
  if (weekday?.part !== "weekday" || month?.part !== "month") return null;
  return language === "de"
    ? `${weekday[language]}, ${found[2]}. ${month[language]}${found[4]}`
    : `${weekday[language]} ${found[2]} ${month[language]}${found[4]}`;
}

/** What the interface says in Dutch, in `language`; as it is where there is no other word for it. */
export function inLanguage(language, dutch) {
  const at = LANGUAGES.indexOf((language || "").slice(0, 2));
  const words = dutch.trim();
  if (at < 0 || !words) return dutch;
  const place = (translated) => dutch.replace(words, () => translated);
  if (Object.hasOwn(WORDS, words)) return place(WORDS[words][at]);
  for (const [pattern, key] of PATTERNS) {
    const fact = pattern.exec(words);
    if (fact) return place(WORDS[key][at].replace("{}", () => inLanguage(language, fact[1])));
  }
  const day = dayIn(LANGUAGES[at], words);
  return day ? place(day) : dutch;
}

/**
 * Keeps `element` and what appears in it in the language that `language()` tells; returns how to say everything anew. What is in one of
 * `others` (a selector) speaks for itself.
 */
export function spoken(element, language, others = "") {
  const dutch = new WeakMap(); // of each node what the page wrote into it, and what was made of that
  const known = (node) => dutch.get(node) || dutch.set(node, new Map()).get(node);

  function say(node, key, present, put) {
    const memory = known(node);
    const before = memory.get(key);
    const written = before && before.said === present ? before.written : present;
    const said = inLanguage(language(), written);
    memory.set(key, { written, said });
    if (said !== present) put(said);
  }

  function sayAll(root) {
    if (others && root.parentElement?.closest(others)) return;
    if (root.nodeType === Node.TEXT_NODE) {
      if (!root.parentElement?.closest(WRITTEN)) say(root, "text", root.data, (said) => { root.data = said; });
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    // The phone itself belongs to the page, which says whose it is.
    if (root !== element && !root.closest(".text, .quote, .key, .commands")) {
      for (const name of ATTRIBUTES) {
        if (root.hasAttribute(name)) say(root, name, root.getAttribute(name), (said) => root.setAttribute(name, said));
      }
    }
    for (const child of root.childNodes) sayAll(child);
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(sayAll);
      else sayAll(target);
    }
  }).observe(element, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  return () => {
    element.lang = language() || "nl";
    sayAll(element);
  };
}
