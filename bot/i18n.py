"""Sentences, days and hours in the language of who will read them."""

from __future__ import annotations

import gettext
import re
from datetime import date, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.moment import Moment, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE = "en"  # the language of the sentences in the code
OFFICIAL = ("nl", "fr", "de")  # in Belgium, in the order in which they are named there
DEFAULT = "nl"  # in which the bot begins, and answers who speaks something else


_BEFORE_A_NAME = re.compile(r"\b(?P<word>de|que) {(?P<fact>\w+)}", re.IGNORECASE)
_VOWELS = tuple("aeiouyAEIOUYàâäéèêëîïôöùûüÀÂÄÉÈÊËÎÏÔÖÙÛÜ")  # an H may be either: it stays as it is


def _elided(found: re.Match[str], fact: str) -> str:
    return found[0].replace("e ", "'", 1) if fact.startswith(_VOWELS) else found[0]


def N_(sentence: str) -> str:  # noqa: N802 – gettext's own name for it
    """Mark a sentence that is translated later."""
    return sentence


class Translator:
    """Translates into one language: `t("…", name=…)`, `t.n("…", "…", n)`, days and hours."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, sentence: str, **facts: object) -> str:
        """Translate, then put the facts in; what people wrote stays as it is."""
        return self._filled(self._catalogue.gettext(sentence), facts) if sentence else ""

    def n(self, one: str, many: str, n: int, **facts: object) -> str:
        """Translate with the plural form that `n` needs; `n` is one of the facts."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **facts})

    def _filled(self, sentence: str, facts: Mapping[str, object]) -> str:
        """In French a name may change the word before it: "la réponse d'Omer"."""
        if self.language == "fr":
            sentence = _BEFORE_A_NAME.sub(lambda found: _elided(found, str(facts[found["fact"]])), sentence)
        return sentence.format_map(facts)

    def day(self, day: date) -> str:
        """`maandag 23 november`: true whenever it is read."""
        return self._first(day, format_date(day, DAY.get(self.language, DAY[SOURCE]), locale=self.language))

    def short_day(self, day: date) -> str:
        """`maandag 23 nov`: fits on a button, and is clear without the one above it."""
        pattern = DAY.get(self.language, DAY[SOURCE]).replace("MMMM", "MMM").replace(",", "")
        return self._first(day, format_date(day, pattern, locale=self.language).removesuffix("."))

    def _first(self, day: date, written: str) -> str:
        """In French the first of a month is `1er`; Babel writes `1`."""
        return written.replace(" 1 ", " 1er ") if self.language == "fr" and day.day == 1 else written

    def near_day(self, day: date, today: date) -> str:
        """`vandaag`, `morgen`, else the date: for what is read at once."""
        if day == today:
            return self("today")
        if day == today + timedelta(days=1):
            return self("tomorrow")
        return self.day(day)

    def near_part(self, day: date, part: Part, today: date) -> str:
        """`vanavond`, `morgennamiddag`, else the date and the part of the day: for what is read at once."""
        days = (day - today).days
        if days in NEAR_PARTS:
            return self(NEAR_PARTS[days][part])
        return self("{day}, {part}", day=self.day(day), part=self.part(part))

    def hour(self, hour: time) -> str:
        """`14 uur`, `14.30 uur`."""
        if hour.minute == 0:
            return self("{hour} o'clock", hour=hour.hour)
        return self("{hour}:{minute}", hour=hour.hour, minute=f"{hour.minute:02}")

    def part(self, part: Part) -> str:
        """`voormiddag`."""
        return self(PARTS[part])

    def moment(self, moment: Moment) -> str:
        """`maandag 23 november om 14 uur`, `maandag 23 november, voormiddag`, `de dag maakt niet uit`."""
        if moment.day is None:
            return self("the day does not matter")
        if moment.hour is not None:
            return self("{day} at {hour}", day=self.day(moment.day), hour=self.hour(moment.hour))
        return self("{day}, {part}", day=self.day(moment.day), part=self.part(moment.part or Part.ANY))


# Weekday, day and month: Babel's own patterns shorten the weekday, or put the month first.
DAY = {SOURCE: "EEEE d MMMM", "de": "EEEE, d. MMMM"}

PARTS = {
    Part.MORNING: N_("in the morning"),
    Part.NOON: N_("around noon"),
    Part.AFTERNOON: N_("in the afternoon"),
    Part.EVENING: N_("in the evening"),
    Part.ANY: N_("any time of the day"),
}
NEAR_PARTS = {
    0: {
        Part.MORNING: N_("this morning"),
        Part.NOON: N_("today around noon"),
        Part.AFTERNOON: N_("this afternoon"),
        Part.EVENING: N_("this evening"),
        Part.ANY: N_("today"),
    },
    1: {
        Part.MORNING: N_("tomorrow morning"),
        Part.NOON: N_("tomorrow around noon"),
        Part.AFTERNOON: N_("tomorrow afternoon"),
        Part.EVENING: N_("tomorrow evening"),
        Part.ANY: N_("tomorrow"),
    },
}


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are: those of Belgium first, the others by their code."""
    found = {path.stem for path in LOCALES.glob("*.po")} | {SOURCE}
    return (*(code for code in OFFICIAL if code in found), *sorted(found.difference(OFFICIAL)))


@cache
def own_name(language: str) -> str:
    """What a language calls itself: `Français`."""
    name = Locale(language).get_display_name() or language
    return name[:1].upper() + name[1:]


@cache
def translator(language: str | None) -> Translator:
    """The translator for a language tag (`fr`, `fr-BE`); the first language where we do not have it."""
    code = (language or DEFAULT).lower().replace("_", "-").split("-")[0]
    if code not in languages():
        code = DEFAULT
    path = LOCALES / f"{code}.po"
    if not path.exists():
        return Translator(code, gettext.NullTranslations())
    # Compiled here, at start: a compiled file beside the source would one day be older than it.
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translator(code, gettext.GNUTranslations(compiled))
