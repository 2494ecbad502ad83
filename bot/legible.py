"""What people write, as it can be shown: no names without letters, no signs that pile up or turn a line around."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = TypeVar("Kind")
Value = TypeVar("Value")
YES, NO = frozenset({"ja", "jawel", "oui", "yes"}), frozenset({"nee", "neen", "non", "no", "nein"})
_POLITE = frozenset({
    "hoor", "graag", "zeker", "natuurlijk", "bedankt", "dank", "u", "je", "wel", "dankjewel", "merci", "volontiers",
    "please", "thanks", "bitte", "gerne", "gern", "danke", "dat", "is", "goed", "mag", "bien", "sur",
    "avec", "plaisir", "of", "course", "klar", "naturlich", "aub", "svp", "sorry", "desole", "desolee", "jammer",
    "helaas", "spijtig", "leider", "unfortunately", "helas",
})  # fmt: skip

NAME_LIMIT = 64  # Telegram's own
MARKS = 4  # signs above and below one letter; more do no language any good
# They turn the reading direction of all that follows; languages that are written from the right do without them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_GO_ON = re.compile(r"\bdoe (het )?maar\b")  # alone, "maar" begins what is no yes
_NUMBER = re.compile(r"([0-9]{1,2})[.)]?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def legible(text: str) -> str:
    """`text` as it can be kept and shown: a lone half of a sign, which Telegram refuses, becomes "?"."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", "?")
    kept = _CONTROLS.sub("", _TURNING.sub("", whole))
    return kept if kept.isascii() else "".join(_unpiled(kept))


def plain(text: str) -> str:
    """Lower case, without accents, punctuation and pictures, with single spaces: as people type what they read."""
    letters = text
    if not text.isascii():
        letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w']+|_+", " ", letters.casefold()).split())


def yes_or_no(text: str) -> frozenset[str]:
    """The words that mean the same as "ja hoor" or "neen, bedankt"; none for anything else."""
    first, *others = [*_GO_ON.sub(" ", plain(text)).split(), ""]
    return next((each for each in (YES, NO) if first in each and _POLITE.issuperset(others[:-1])), frozenset())


def the_one_that_begins(labelled: Iterable[tuple[str, Value]], said: frozenset[str]) -> Value | None:
    """The value of the one label that begins with such a word: "ja" for "Ja, bewaar het"; else `None`."""
    meant = [value for label, value in labelled if plain(label).split(" ", 1)[0] in said]
    return meant[0] if len(meant) == 1 else None


def kinds_in(text: str, patterns: Mapping[Kind, re.Pattern[str]]) -> set[Kind]:
    """Which of these phrases it is made of, and of nothing else; the longest first. Otherwise none."""
    kinds, more = begins_with(text, patterns)
    return set() if more else kinds


def begins_with(text: str, patterns: Mapping[Kind, re.Pattern[str]]) -> tuple[set[Kind], str]:
    """Which of these phrases it begins with, the longest first; and what follows, as `plain` words."""
    words, kinds, at = plain(text.replace("’", "'")), set[Kind](), 0
    while at < len(words):
        found = [(match.end(), kind) for kind, pattern in patterns.items() if (match := pattern.match(words, at))]
        if not found:
            return kinds, words[at:]
        at, kind = max(found, key=lambda each: each[0])
        kinds.add(kind)
        at += 1  # the space between them
    return kinds, ""


def number(text: str) -> int:
    """The number of a button, if that is all that was typed: `2`, `2.`; otherwise 0."""
    typed = _NUMBER.fullmatch(text.strip())
    return int(typed[1]) if typed else 0


def name_of(*candidates: str | None) -> str:
    """The first of these names that can be seen, in one line; empty where none can."""
    for candidate in candidates:
        name = " ".join(legible(candidate or "").split())[:NAME_LIMIT].rstrip()
        if any(unicodedata.category(sign)[0] in "LNSP" and sign not in _BLANK for sign in name):
            return name
    return ""


def shortened(text: str, most: int) -> str:
    """At most so many signs; one of them says that something is left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs that nobody sees


def _unpiled(text: str) -> list[str]:
    signs: list[str] = []
    piled = 0
    for sign in text:
        piled = piled + 1 if unicodedata.combining(sign) else 0
        if piled <= MARKS:
            signs.append(sign)
    return signs
