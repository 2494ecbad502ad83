"""The questions about what somebody likes to do, where and when."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.forms import Step
from bot.i18n import N_
from bot.legible import YES, plain, yes_or_no
from bot.screen import Choice, Screen, row
from handlers.resident.place import NAMED
from handlers.volunteer.toggles import Toggles
from handlers.words import CATEGORIES, category_name
from models import phone
from models.area import Area
from models.moment import Part
from models.sentence import understand
from models.spoken import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.given import Given
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers
    from models.volunteer import Volunteer

PARTS = (Part.MORNING, Part.NOON, Part.AFTERNOON, Part.EVENING)
TIMES = {
    "week-morning": N_("Mon-Fri morning"),
    "week-noon": N_("Mon-Fri noon"),
    "week-afternoon": N_("Mon-Fri afternoon"),
    "week-evening": N_("Mon-Fri evening"),
    "weekend-morning": N_("Sat-Sun morning"),
    "weekend-noon": N_("Sat-Sun noon"),
    "weekend-afternoon": N_("Sat-Sun afternoon"),
    "weekend-evening": N_("Sat-Sun evening"),
}
# Half of the week, as it is said in all our languages; the part of the day is read like everywhere else.
_HALVES = {
    "weekend": r"week\s?end\w*|wochenende\w*|fin\s+de\s+semaine",
    "week": r"""
        doordeweeks\w* | weekdag\w* | week | semaine | woche | wochentags? | weekdays?
        | (maandag|lundi|montag|monday|ma|mon|mo)\s+(tot(\s+en\s+met)?|t\s+m|au|bis|to|till)\s+(vrijdag|vendredi|freitag
        |friday|vr|fri|fr)
    """,
}
_BESIDE = re.compile(
    r"((ik|je|ich|i|kan|peux|kann|can|ben|vrij|in|op|tijdens|de|het|le|la|en|am|unter|der|die|das|an|on|the|at|during"
    r"|door|altijd|meestal|liefst|graag|du|pendant)\s*)*"
)
SHORT = 6  # words that name one kind of help: a longer story may tell what somebody does not like


class WhatStep(Toggles):
    """Kinds of help."""

    name = "categories"
    everything = re.compile(
        r"alles|(het )?maakt niet uit|tout|peu importe|n'importe quoi|egal( was)?|everything|anything|all"
    )

    def question(self, turn: Turn) -> str:
        """Several answers are fine."""
        return turn.t("What do you like to do? You may choose more than one.")

    def options(self, turn: Turn) -> Mapping[str, str]:
        """All of them."""
        return {category.value: category_name(turn.t, category) for category in CATEGORIES}

    def named(self, turn: Turn, words: str) -> Sequence[str]:
        """What they would ask for with these words: "iemand naar de dokter brengen"."""
        kind = understand(words, turn.t.language).sure if len(words.split()) <= SHORT else None
        return [kind] if kind is not None else []


class WhereStep(Toggles):
    """Neighbourhoods; where there is only one, nobody is asked."""

    name = "areas"
    everything = re.compile(
        r"alles?|overal|partout|tout(es)?|uberall|everywhere|all|(het )?maakt niet uit|peu importe|egal( wo)?"
    )

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        """Whether there is something to choose."""
        return len(neighbourhoods(turn)) > 1

    def question(self, turn: Turn) -> str:
        """Several answers are fine."""
        return turn.t("In which neighbourhoods do you want to help?")

    def options(self, turn: Turn) -> Mapping[str, str]:
        """Those of their own municipality, if we know it."""
        return {str(area.id): area.name for area in neighbourhoods(turn)}

    def named(self, turn: Turn, words: str) -> Sequence[str]:
        """Somewhere in a sentence, or spelled as at home: "in het Centrum", "Zentrum"; the municipality is all."""
        near = neighbourhoods(turn)
        names = {plain(area.name): str(area.id) for area in near}
        whole = {plain(area.municipality.name) for area in near} - names.keys()
        if any(re.search(rf"\b{re.escape(each)}\b", plain(words)) for each in whole):
            return [str(area.id) for area in near]
        said = [area for name, area in names.items() if re.search(rf"\b{re.escape(name)}\b", plain(words))]
        alike = [get_close_matches(each, names, n=1, cutoff=NAMED) for each in (plain(words), *plain(words).split())]
        return said or [names[name] for name in next(filter(None, alike), [])]


class WhenStep(Toggles):
    """Parts of the week."""

    name = "times"
    everything = re.compile(
        r"(ik kan )?(altijd|alles|elke dag|elk moment|op elk moment)|(het )?maakt niet uit|toujours|tout|tous les jours"
        r"|n'importe quand|peu importe|(ich kann )?(immer|jederzeit|jeden tag|alles)|egal( wann)?"
        r"|(i can )?(always|any ?time|all|every day)"
    )

    def question(self, turn: Turn) -> str:
        """Several answers are fine."""
        return turn.t("When are you mostly free? You can always say no.")

    def options(self, turn: Turn) -> Mapping[str, str]:
        """Eight of them."""
        return {value: turn.t(label) for value, label in TIMES.items()}

    def named(self, turn: Turn, words: str) -> Sequence[str]:
        """Evenings are so on each day, a weekend at each hour: "'s avonds", "in het weekend"."""
        halves, rest = _found(_HALVES, plain(words))
        parts = list(PARTS)
        if not halves or not _BESIDE.fullmatch(rest.strip()):
            moments = read(rest, turn.now, turn.calendar, turn.t.language).moments
            if len(moments) != 1 or moments[0].part is None or moments[0].day is not None:
                return []  # there is no button for one day alone
            parts = parts if moments[0].part is Part.ANY else [moments[0].part]
        return [f"{half}-{part}" for half in halves or _HALVES for part in parts]


_RIGHT = re.compile(
    r"(ja )?((dat|het|alles) )?(klopt|is (juist|goed|in orde))|(ja )?(verstuur|doorsturen|stuur( het)?( maar)?( door)?)"
    r"|(oui )?(c'est (juste|bon|correct|exact)|envoye[rz]|d'accord)|(ja )?(das )?(stimmt( so)?|passt)|(ab)?senden"
    r"|(yes )?(that's |it's )?(right|correct)|send( it)?|bewaar( maar)?|garder|speichern|save"
)


class SummaryStep(Step):
    """Everything once more; each line can be changed."""

    name = "sure"

    def meant(self, turn: Turn, text: str) -> str | None:
        """Whoever says that it is right, or may go, has answered."""
        words = plain(text.replace("’", "'"))
        return "send" if "?" not in text and (yes_or_no(text) == YES or _RIGHT.fullmatch(words)) else None

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """What, where, when, and the number."""
        t = turn.t
        areas = [area.name for area in chosen_areas(turn, answers)]
        known = turn.person.came_forward
        change = [Choice(t("Change where"), "areas")] if "areas" in answers else []
        return Screen.of(
            wishes(t, answers["categories"], areas, answers["times"], answers["phone"]),
            row(Choice(t("Keep my choices") if known else t("Send it"), "send")),
            row(Choice(t("Change what"), "categories"), *change),
            row(Choice(t("Change when"), "times"), Choice(t("Change number"), "phone")),
            title=t("Is this right?"),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """Right, or one question again; the ticks are still there."""
        if given.choice == "send":
            answers[self.name] = True
        elif given.choice in {"categories", "areas", "times", "phone"}:
            answers.pop(given.choice, None)


def _found(patterns: Mapping[str, str], words: str) -> tuple[list[str], str]:
    """Which of these are said, and the words without them."""
    found = []
    for name, pattern in patterns.items():
        words, times = re.subn(rf"(?x)\b({pattern})\b", " ", words)
        found += [name] if times else []
    return found, words


def neighbourhoods(turn: Turn) -> list[Area]:
    """Where one can help: in their own municipality, or everywhere where we do not know it."""
    found = list(turn.session.scalars(Area.neighbourhoods()))
    home = turn.person.area
    near = [area for area in found if home is not None and area.municipality is home.municipality]
    return near or found


def wishes(
    t: Translator, categories: Iterable[str], areas: Iterable[str], times: Iterable[str], number: str | None
) -> str:
    """What, where and when, and the number for the coordinator, as lines."""
    what = [category_name(t, category) for category in CATEGORIES if category.value in set(categories)]
    when = [t(label) for value, label in TIMES.items() if value in set(times)]
    call = phone.shown(number) if number else t("not shared")
    lines = [(t("What"), what), (t("Neighbourhoods"), areas), (t("When"), when), (t("Phone"), [call])]
    return "\n".join(t("{label}: {fact}", label=label, fact=", ".join(names)) for label, names in lines)


def wishes_of(t: Translator, volunteer: Volunteer) -> str:
    """What this volunteer chose."""
    areas = sorted(area.name for area in volunteer.areas)
    return wishes(t, volunteer.categories, areas, volunteer.times, volunteer.person.phone)


def chosen_areas(turn: Turn, answers: Answers) -> list[Area]:
    """The chosen neighbourhoods; all of them where there was nothing to choose."""
    found = neighbourhoods(turn)
    return [area for area in found if str(area.id) in answers.get("areas", ())] or found
