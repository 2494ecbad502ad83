"""Updates that nobody would send: everything that Telegram knows, made odd in a way that one seed repeats.

A plausible update is one of each kind with strange contents; a mutated one had parts of it removed, exchanged or
blown up. What Telegram guarantees besides, that `update_id` is a number, its own tests check at the webhook.
"""

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.support.kinds import MESSAGES, ODDLY, Json, updates

ZALGO = "Z" + "\u0301\u0316\u0489" * 200
ARABIC_ONE = "\u0661"
TEXTS = (
    "",
    " ",
    "\n",
    "?",
    "x",
    "\0",
    "a\0b",
    "\x1b[31m",
    "\ufeff",
    "\u200b",
    "\u202eabc",
    "\u2066x\u2069",
    "é" * 4096,
    "&" * 4096,
    "<" * 4096,
    "\U0001d54f" * 2048,
    "👨‍👩‍👧‍👦" * 150,
    "\ud83d",
    "\ude00x",
    "\udfff" * 9,
    ZALGO,
    "مرحبا",
    "ﷺ" * 100,
    ARABIC_ONE,
    "²",
    "①",
    "99",
    "12345678901234567890",
    "-1",
    "1e9",
    "NaN",
    "null",
    "{}",
    "%s%n",
    "{name}",
    "${x}",
    "'; DROP TABLE person;--",
    "<b>vet</b>",
    "[x](tg://user?id=1)",
    "https://example.org",
    "Kan iemand melk halen?",
    "morgen om 14u",
    "31/2",
    "29/2/2027",
    "32 december",
    "25:61",
    "99/99/9999",
    "0470 12 34 56",
    "+32" + "0" * 60,
    "Dorpsstraat 12",
    "hallo",
    "merci",
    "ok",
    "help, ik ga dood",
    "112\ud800",
    "de tuin is droog",
    "tab\tnew\nline",
    "\u2028",
    "\u0000\ud800",
    "ß",
    "İ",
    "ǅ",
    "\u1160",
    "a" * 65536,
)
COMMANDS = (
    "/",
    "//",
    "/ ",
    "/x",
    "/start",
    "/start ",
    "/start \0",
    "/start " + "A" * 64,
    "/start " + "&" * 4000,
    "/START@x",
    "/@",
    "/hulp",
    "/help",
    "/privacy",
    "/taal",
    "/vraag",
    "/vraag \ud83d",
    "/mijnvragen",
    "/taken",
    "/open",
    "/bellijst",
    "/namens",
    "/vrijwilligers",
    "/mijngegevens",
    "/verbeter",
    "/vrijwilliger",
    "/pauze",
    "/stel",
    "/nodiguit",
    "/ő",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63), 10**30, 1.5, -0.0, 1e308, "", "x", "\ud800", "\0", "a" * 5000,
    [], {}, [[]], [None], {"": ""}, {"id": None}, [[[[[[[[]]]]]]]], "0", "-1", "null",
)  # fmt: skip
SIGNS = (
    (0x20, 0x7E),
    (0, 0x1F),
    (0xA0, 0x2FF),
    (0x300, 0x36F),
    (0x590, 0x6FF),
    (0x2000, 0x206F),
    (0xD800, 0xDFFF),
    (0xFE00, 0xFFFF),
    (0x1F300, 0x1FAFF),
    (0xE0000, 0xE01EF),
)
DATES = (0, 1, -1, -62135596800, -62135596801, 253402300799, 253402300800, 2**31, 2**32, 1_800_000_000)
CHATS = ("private", "group", "supergroup", "channel", "sender", "", "PRIVATE", "secret")


def deep(levels: int) -> Any:
    """A list in a list in a list …"""
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


class Fuzz:
    """One stream of updates; `routes` are the names of buttons."""

    def __init__(self, seed: int, at: int, routes: Sequence[str]) -> None:
        self.random = random.Random(seed)
        self._at, self._routes = at, routes
        self._message_id = 500_000

    def update(self, who: Json, message_id: int, token: str) -> Json:
        """The next one by `who`, who sees the message of the bot with this id and is in the dialogue of this token."""
        made = self._plausible(who, message_id, token)
        if self.random.random() < 0.3:
            for _ in range(self.random.choice((1, 1, 1, 2, 5))):
                self._mutate(made)
        return made

    def _plausible(self, who: Json, message_id: int, token: str) -> Json:
        kind = self.random.random()
        chat = {"id": who["id"], "type": "private", "first_name": who.get("first_name", "x")}
        if kind < 0.45:
            return {"message": self._text(who, chat)}
        if kind < 0.70:
            return {"callback_query": self._tap(who, chat, message_id, token)}
        if kind < 0.85:
            content = self.random.choice([*MESSAGES.values(), *ODDLY.values()])
            return {"message": self._message(who, chat, content)}
        every = updates(who, chat, self._at, message_id)
        name = self.random.choice([*every])
        return {name: copy.deepcopy(every[name])}

    def _message(self, who: Json, chat: Json, content: Json) -> Json:
        self._message_id += 1
        made = {"message_id": self._message_id, "date": self._at, "chat": chat, "from": who, **content}
        made = copy.deepcopy(made)
        if self.random.random() < 0.2:
            made["caption"] = self._words()
        if self.random.random() < 0.1:
            made["entities"] = [self._entity() for _ in range(self.random.randrange(4))]
        if self.random.random() < 0.05:
            made["media_group_id"] = self.random.choice(("1", "9" * 30, "\0", "é"))
        if self.random.random() < 0.05:
            made["reply_to_message"] = {"message_id": self.random.randrange(1, 40), "date": self._at, "chat": chat}
        if self.random.random() < 0.05:
            made["edit_date"] = self.random.choice(DATES)
        return made

    def _text(self, who: Json, chat: Json) -> Json:
        return self._message(who, chat, {"text": self._words()})

    def _words(self) -> str:
        chosen = self.random.random()
        if chosen < 0.6:
            return self.random.choice(TEXTS)
        if chosen < 0.8:
            return self.random.choice(COMMANDS)
        return "".join(chr(self._sign()) for _ in range(self.random.randrange(1, 60)))

    def _sign(self) -> int:
        return self.random.randint(*self.random.choice(SIGNS))

    def _entity(self) -> Json:
        names = ("bold", "bot_command", "mention", "url", "text_link", "custom_emoji", "", "neues")
        where = (-1, 0, 1, 5, 4096, 2**31)
        return {
            "type": self.random.choice(names),
            "offset": self.random.choice(where),
            "length": self.random.choice(where),
        }

    def _tap(self, who: Json, chat: Json, message_id: int, token: str) -> Json:
        message = {"message_id": message_id, "date": self._at, "chat": chat, "text": "x"}
        made = {"id": str(self.random.randrange(10**15)), "from": who, "chat_instance": "1", "data": self._data(token)}
        shown = self.random.random()
        if shown < 0.7:
            made["message"] = message
        elif shown < 0.8:
            made["message"] = {"message_id": message_id, "date": 0, "chat": chat}
        elif shown < 0.9:
            made["inline_message_id"] = "i"
        return copy.deepcopy(made)

    def _data(self, token: str) -> str:
        name = self.random.choice(self._routes)
        words = [self._word(token) for _ in range(self.random.randrange(4))]
        match self.random.randrange(6):
            case 0:
                return "".join(chr(self._sign()) for _ in range(self.random.randrange(64)))
            case 1:
                return ":".join([self.random.choice(("0", "2", "", "1xx", "1nl", "1\0", ARABIC_ONE)), name, *words])
            case 2:
                return ":".join(
                    ["1", "form", self.random.choice((token, "", "x", "\ud800")), *words, self._word(token)]
                )
            case 3:
                return ":".join(["1fr", name, *words])
            case _:
                return ":".join(["1", name, *words])

    def _word(self, token: str) -> str:
        words = ("", "0", "1", "2", "-1", "999999", "9223372036854775807", "9223372036854775808", "1.5", "x", "é", "\0")
        more = (
            "²",
            ARABIC_ONE,
            "1 ",
            "back",
            token,
            "2026-11-25",
            "9999-12-31",
            "0001-01-01",
            "24:00",
            "yes",
            "a" * 60,
            "%",
        )
        return self.random.choice(words + more)

    def _mutate(self, update: Json) -> None:
        """Change one place, anywhere in it."""
        places = list(self._places(update))
        if not places:
            return
        holder, key = self.random.choice(places)
        match self.random.randrange(7):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(self.random.choice(ODD))
            case 2 if key in {"date", "edit_date"}:
                holder[key] = self.random.choice(DATES)
            case 3 if isinstance(holder.get(key) if isinstance(holder, dict) else holder[key], str):
                holder[key] = self._words()
            case 4 if key == "type":
                holder[key] = self.random.choice(CHATS)
            case 5 if isinstance(holder, dict):
                holder[self.random.choice(("id", "from", "chat", "text", "photo", "x" * 200, "\ud800"))] = holder[key]
            case 6 if self.random.random() < 0.1:
                holder[key] = deep(self.random.choice((10, 50, 300)))
            case _:
                holder[key] = copy.deepcopy(self.random.choice(ODD))

    def _places(self, part: Any) -> Iterator[tuple[Any, Any]]:
        """Every place in it that can be changed."""
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in list(inside):
            yield part, key
            if isinstance(value, dict | list):
                yield from self._places(value)
