"""What somebody adds right below their question, once it is sent: "en ook eieren" goes with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.hearing import JUST_NOW
from bot.legible import plain
from handlers.resident.answering import card_of, mine
from handlers.resident.cards import CARD
from handlers.resident.changing import tell_change
from handlers.resident.sending import set_text
from handlers.resident.understood import adds
from handlers.resident.what import heard
from models.lifecycle import State
from models.request import Request
from models.sentence import understand

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn

# "Nog niemand" and "en wie komt er" ask how it stands.
_ASKS_HOW_IT_STANDS = re.compile(
    r"""\b(wie|wanneer|waar|hoe|niemand|niets|niks|nu|altijd|steeds
    |qui|quand|comment|personne|rien|maintenant|toujours
    |wer|wann|wo|nichts|jetzt|immer
    |who|when|where|how|nobody|nothing|now|still)\b""",
    re.VERBOSE,
)


def add_more(turn: Turn) -> Screen | None:
    """The question with these words behind it; `None` where they add nothing to one that still looks for somebody."""
    letter, text = turn.right_above(JUST_NOW), turn.given.text
    if letter is None or letter.card != CARD or "?" in text or not adds(turn, text):
        return None
    key = int((letter.about or "").rpartition(":")[2])
    asked = turn.session.get(Request, key)
    if asked is None or asked.resident is not turn.person:
        return None
    request = mine(turn, key)
    kind = understand(text, turn.t.language)
    another = kind.talk is not None or kind.sure not in {None, request.category}
    if request.state not in {State.OPEN, State.OFFERED} or another or _ASKS_HOW_IT_STANDS.search(plain(text)):
        return None
    before = {"text": request.text, "kind": request.media_kind, "file": request.media_id}
    what = heard(replace(turn.given, own_id=None), before).get("what")
    if what is None:
        return card_of(turn, request).after(turn.t("That is a bit long. Please type it shorter."))
    set_text(request, what)
    return tell_change(turn, request, "text")
