"""Where: at home, at another place, or at a place on the map; and in which neighbourhood."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.legible import plain, yes_or_no
from bot.screen import Choice, Row, Screen, pairs, row
from handlers.resident.at_home import at_home
from handlers.resident.draft import areas_for, home_area, home_of, somebody_in
from handlers.words import with_name
from models.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers
    from models.person import Person

MOVED = "moved"
SKIP = "skip"
PAGE = 8  # neighbourhoods on one screen
LINE_LIMIT = 120  # characters of an address or a name
_BEHIND = r"(?i)(?P<number>[0-9][a-z]?)[\s,(]+{}[\s).!]*$"  # behind the number: not in "5 place du Centre"
NAMED = 0.8  # the name of a neighbourhood
ALIKE = 0.88  # a letter or two apart: Kerkstrat and Kerkstraat, not Kerkstraat and Kerkhofstraat
_ADDRESS = re.compile(
    r"[^\W\d][^\d]{2,}[\s,]+\d{1,4}\s?[a-zA-Z]?\b.*|\d{1,4}[a-zA-Z]?,?\s+[^\W\d]{2,}.*"
)  # or 5, rue Haute

_NO_PLACE = re.compile(
    r"""((dat|het|ik)\s+)?(weet|wist)\s+(ik\s+)?((het|dat)\s+)?((nog|zelf)\s+)?niet(\s+(goed|meer|zeker))?
    | (ik\s+heb\s+)?geen\s+idee | (dat\s+|het\s+)?maakt\s+(me\s+)?niet(s)?(\s+uit)? | wat\s+bedoel\s+je
    | je\s+(ne\s+)?sais\s+pas(\s+encore)? | aucune\s+idee | peu\s+importe | ca\s+m'est\s+egal
    | (das\s+)?weiss\s+ich\s+(noch\s+)?nicht | ich\s+weiss\s+((es|das)\s+)?(noch\s+)?nicht
    | keine\s+ahnung | (ist\s+)?egal
    | i\s+(don't|do\s+not)\s+know(\s+yet)? | no\s+idea | (it\s+)?does(n't|\s+not)\s+matter""",
    re.VERBOSE,
)


class PlaceStep(Step):
    """Which place. An address that was typed, or a location that was shared, answers it at once."""

    name = "place"
    takes = frozenset({"text", "location"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, person, name = turn.t, home_of(turn, answers), somebody_in(answers)
        street = person.street if person is not None else None
        question = t("Where does {name} need help?", name=name) if name else t("Where do you need help?")
        home = with_name(t, N_("Home of {name}"), name) if name else t("My home")
        rows: list[Row] = [
            *pairs(Choice(home, Place.HOME), Choice(t("Another place"), Place.ELSEWHERE)),
            row(Choice(t("A place on the map"), Place.LOCATION)),
        ]
        if street:
            rows.append(row(Choice(t("Another home now") if name else t("I have moved"), MOVED)))
            known = (
                t("{name} lives here: {street}.", name=name, street=street)
                if name
                else t("Your home is: {street}.", street=street)
            )
            question = f"{known}\n{question}"
        return Screen.of(question, *rows)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        person = home_of(turn, answers)
        if given.kind == "location":
            _on_the_map(turn, answers, given)
        elif given.choice is None:
            self._hear(answers, place_in(turn, given), person)
            if answers.get("address"):
                find_area(turn, answers, "address")
        elif given.choice == MOVED:
            answers |= {self.name: Place.HOME, "moved": True}
        else:
            answers[self.name] = turn.pick(Place, given.choice)
            if answers[self.name] is Place.HOME:
                _at_known_home(answers, person)

    def _hear(self, answers: Answers, typed: str, person: Person | None) -> None:
        """At home, perhaps with the street; anything else is another place, as it was typed."""
        home = at_home(typed, somebody_in(answers))
        street = home["address"] if home is not None else None
        if home is None or (street and not _ADDRESS.fullmatch(street)):
            answers |= {self.name: Place.ELSEWHERE, "address": typed}
            return
        answers[self.name] = Place.HOME
        if not street:
            _at_known_home(answers, person)
        elif person is not None and person.street and person.street.casefold() != street.casefold():
            answers |= {"moved": True, "street": street}
        elif person is not None and person.street:
            _at_known_home(answers, person)
        else:
            answers["street"] = street


class SpotStep(Step):
    """A shared location; who cannot share one types where it is."""

    name = "spot"
    takes = frozenset({"location", "text"})
    keyboard = True

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("place") == Place.LOCATION)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        text = t("Tap the large button below to show where you are. Or type where it is.")
        return Screen(text, place=t("Share my place"))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.kind == "location":
            _on_the_map(turn, answers, given)
        else:
            answers |= {"place": Place.ELSEWHERE, "address": place_in(turn, given)}
            find_area(turn, answers, "address")


class AddressStep(Step):
    """Another place in words; beside a location they are not needed."""

    name = "address"
    takes = frozenset({"text", "location"})

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("place") != Place.HOME)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        if answers["place"] == Place.LOCATION:
            return Screen.of(t("Which place is that? For example: by the church."), row(Choice(t("Skip this"), SKIP)))
        return Screen.of(t("Where is it? Type the street and number, or the name of the place."))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.kind == "location":
            _on_the_map(turn, answers, given)
        elif given.choice == SKIP and answers["place"] == Place.LOCATION:
            answers[self.name] = ""
        else:
            answers[self.name] = place_in(turn, given)
            find_area(turn, answers, self.name)


class AreaStep(Step):
    """In which neighbourhood, unless it is known or there is only one. `areas` is the page that is shown.

    Who types the address instead has answered the next question too, and this one where the street is known.
    """

    name = "area"
    takes = frozenset({"text"})

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        at_home = answers.get("place") == Place.HOME and not answers.get("moved")
        return not (at_home and home_area(home_of(turn, answers))) and len(areas_for(turn, answers)) > 1

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, areas, first = turn.t, areas_for(turn, answers), answers.get("areas", 0) * PAGE
        names = [area.name for area in areas]
        choices = [
            Choice(area.name if names.count(area.name) == 1 else f"{area.name}, {area.municipality.name}", area.id)
            for area in areas[first : first + PAGE]
        ]
        at_home = answers["place"] == Place.HOME and not somebody_in(answers)
        question = t("In which neighbourhood do you live?") if at_home else t("In which neighbourhood is that?")
        if answers["place"] == Place.HOME and (street := answers.get("street")):
            question = t("Good. In which neighbourhood is {street}?", street=street)
        more = [row(Choice(t("Show more"), "more"))] if len(areas) > PAGE else []
        return Screen.of(question, *pairs(*choices), *more)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        areas = areas_for(turn, answers)
        if given.choice is None:
            self._hear(turn, answers, line_of(turn, given))
            return
        if given.choice == "more":
            pages = -(-len(areas) // PAGE)
            answers["areas"] = (answers.get("areas", 0) + 1) % pages
            return
        chosen = next((area for area in areas if str(area.id) == given.choice), None)
        if chosen is None:
            raise Again(turn.t("Please tap one of the buttons below."))
        answers[self.name] = chosen.id

    def _hear(self, turn: Turn, answers: Answers, typed: str) -> None:
        """An address, or the number of a button."""
        areas, first = areas_for(turn, answers), answers.get("areas", 0) * PAGE
        shown = areas[first : first + PAGE]
        if typed.isdecimal() and 0 < int(typed) <= len(shown):
            answers[self.name] = shown[int(typed) - 1].id
            return
        if not _ADDRESS.fullmatch(typed):
            names = [plain(area.name) for area in areas]
            near = [plain(typed)] if names.count(plain(typed)) == 1 else []
            near = near or get_close_matches(plain(typed), names, n=2, cutoff=NAMED)
            why = turn.t("Please tap your neighbourhood. If you do not know it, type your street and number.")
            if len(near) != 1:  # "Zentrum" is Centrum
                raise Again(why)
            answers[self.name] = next(area.id for area in areas if plain(area.name) == near[0])
            return
        line = "street" if answers["place"] == Place.HOME else "address"
        answers[line] = typed
        find_area(turn, answers, line)


def _on_the_map(turn: Turn, answers: Answers, given: Given) -> None:
    """A location that was shared; one that has a name, as a café has, says in words where it is too."""
    answers |= {"place": Place.LOCATION, "spot": given.place}
    if given.text:
        answers["address"] = line_of(turn, replace(given, text=given.text[:LINE_LIMIT]))
        find_area(turn, answers, "address")


def find_area(turn: Turn, answers: Answers, line: str) -> None:
    """The neighbourhood that is the address in `answers[line]`, or stands behind it, or alone has such a street."""
    typed, areas = answers[line], areas_for(turn, answers)
    named = [area.id for area in areas if plain(area.name) == plain(typed)]
    if len(named) == 1:
        answers["area"] = named[0]
        return
    behind = [(area, match) for area in areas if (match := re.search(_BEHIND.format(re.escape(area.name)), typed))]
    if len(behind) == 1:
        area, match = behind[0]
        answers["area"], answers[line] = area.id, typed[: match.end("number")]
        return
    there = {area.id: street for area in areas if (street := spelled_like(typed, [s.name for s in area.streets]))}
    exact = {area: street for area, street in there.items() if street.casefold() == typed.casefold()}
    if len(exact) == 1:
        answers["area"], answers[line] = exact.popitem()


def _at_known_home(answers: Answers, person: Person | None) -> None:
    if person is not None and person.street:
        answers |= {"street": person.street, "bell": person.bell or "", "keep": True}


def place_in(turn: Turn, given: Given) -> str:
    """A place in words: "oui merci" is none, "ik weet het niet" neither, and no telephone number."""
    line = line_of(turn, given)
    none = yes_or_no(line) or _NO_PLACE.fullmatch(plain(line.replace("’", "'")))
    if none or line.endswith("?") or not any(each.isalpha() for each in line):
        raise Again(turn.t("Please type where that is: street and number, or the name of the place."))
    return line


def line_of(turn: Turn, given: Given) -> str:
    """What was typed, as one line."""
    line = " ".join(given.text.replace("\0", "").split())
    if not line:
        raise Again(turn.t("I could not read that. Please type it again."))
    if len(line) > LINE_LIMIT:
        raise Again(turn.t("That is a bit long. Please type it shorter."))
    return line


def spelled_like(address: str, streets: Sequence[str]) -> str | None:
    """`kerkstrat 5` with the street's name as it is in the list: `Kerkstraat 5`; `None` where none is much like it."""
    written = re.fullmatch(r"(\D+?)[\s,]+(\d.*)", address)
    if written is None:
        return None
    known = {street.casefold(): street for street in streets}
    found = get_close_matches(written[1].casefold(), known, n=1, cutoff=ALIKE)
    return f"{known[found[0]]} {written[2]}" if found else None
