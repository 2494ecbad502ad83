"""What was understood of a sentence that somebody simply wrote: filled in, shown with the next question, changeable."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.legible import plain, shortened
from bot.screen import Button, Choice, Screen, row
from handlers.resident.draft import ANY, HOUR, ask_anew, is_on_behalf
from handlers.resident.moment import WishedDayStep
from handlers.resident.what import asks_for_care, not_for_neighbours, without_code
from handlers.resident.what import heard as told
from handlers.spoken import fitting, objection
from handlers.words import category_name
from models.category import Category
from models.moment import Moment, Part
from models.sentence import understand
from models.spoken import Kind, find, read

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

DAY = WishedDayStep()
CHANGE = "change_"  # and the name of a line: that was understood wrongly
_LABELS = {"category": N_("Change the help"), "moment": N_("Change the time")}
SUMMARY = "who"  # the last question
_WHERE = {"place", "spot", "area", "address", "street", SUMMARY}  # not the bell: there are families named Zondag
_MORE = {"part", "hour", "place", "spot", "area", "address", SUMMARY}
_AND_ALSO = re.compile(r"(en|ook|nog|et|aussi|und|auch|noch|and|also|plus)\s+\w")
_BESIDE_A_MOMENT = re.compile(
    r"""(\s | liever | toch | nee | neen | sorry | eigenlijk | maar | om | ja | en
    | plutot | finalement | non | mais | a | oui | et | lieber | doch | nein | aber | und | um
    | rather | actually | no | but | yes | and | at
    | noch | am | besten | best | liefst | nog | svp | merci | graag | alsjeblieft | alstublieft | aub | bitte | danke
    | gern | gerne | please | thanks | si | possible | mieux)*""",
    re.VERBOSE,
)
LONG = 300  # characters: more need not be read again
# "Als de bakker open is" is an answer to "when" that we do not understand.
_WHEN = re.compile(
    r"\b(als|zodra|na|voor|tijdens|quand|des que|apres|avant|pendant|lorsque|wenn|sobald|nach|vor|when|after|before)\b"
)
_UNCLEAR: dict[str, str] = {
    Kind.PAST: N_("The moment that you wrote is over."),
    Kind.IMPOSSIBLE: N_("The moment that you wrote does not exist."),
}


def understood(turn: Turn, text: str) -> Answers:
    """What `text` answers already. `heard` names the lines that it filled, until the next question is answered."""
    kind = understand(text, turn.t.language)
    answers = _moment(turn, text)
    if kind.sure is not None:
        answers["category"] = kind.sure
    elif kind.perhaps:
        answers["perhaps"] = [*kind.perhaps]
    return _heard(turn, answers)


def _heard(turn: Turn, answers: Answers) -> Answers:
    filled = [line for line in _LABELS if _fact(turn, line, answers)]
    return {**answers, "heard": filled} if filled else answers


def _moment(turn: Turn, text: str) -> Answers:
    """When, as far as the sentence says it and it can be; `unclear` is why it is asked all the same."""
    found = find(text, turn.now, turn.calendar, turn.t.language)
    if found is None:
        return {}
    if not found.reading.moments:  # "piept heel de nacht" and "vorige week gestorven" are part of the story
        exact = any(sign.isdigit() for start, end in found.spans for sign in text[start:end])
        return {"unclear": found.reading.kind} if exact else {}
    if found.reading.moments == (Moment(None, Part.ANY),):  # "zit heel de dag alleen"
        return {}
    answers: Answers = {}
    try:
        moment = fitting(turn, answers, found.reading)
    except Again:  # of what does not suit the day is kept
        moment = Moment(found.reading.moments[0].day)
        if moment.day is None or objection(turn, moment) is not None:
            return {}
    if moment is not None:
        DAY.put(turn, answers, moment)
    return answers


def _said_anew(turn: Turn, answers: Answers, text: str) -> bool:
    """Whether they say nothing but another moment while something else is asked: "liever om 15 uur". Then it counts."""
    found = find(text, turn.now, turn.calendar, turn.t.language)
    if not any(each.isalpha() or each == ":" for each in text):  # "12/1" is a house and a box
        return False
    if found is None or not found.reading.is_clear or not _BESIDE_A_MOMENT.fullmatch(plain(found.without(text))):
        return False
    moment, day = found.reading.moment, answers.get("day", ANY)
    known = date.fromisoformat(day) if day != ANY else None
    try:
        DAY.fitting(turn, answers, moment if moment.day or known is None else moment._replace(day=known))
    except Again:
        return False
    if moment.day is None and known is None:
        answers.pop("day", None)  # it is asked: the hour of which day
    DAY.put(turn, answers, moment)
    answers["heard"] = ["moment"]
    return True


def _tells_what(turn: Turn, answers: Answers, given: Given) -> bool:
    """Whether they go on telling what they need, where "when" is asked: "du pain et du lait". Then it goes with it."""
    text, what = given.text, answers.get("what")
    nothing = read(text, turn.now, turn.calendar, turn.t.language).kind is Kind.NOT_UNDERSTOOD
    same = understand(text, turn.t.language).sure == answers.get("category")
    if what is None or not nothing or not same or _WHEN.search(plain(text)):
        return False
    _add(turn, answers, given, "day")
    return True


def _says_more(turn: Turn, answers: Answers, given: Given) -> bool:
    """Whether they add to what they need where the hour or the place is asked: "en ook boter"."""
    return "what" in answers and adds(turn, given.text)


def adds(turn: Turn, text: str) -> bool:
    """Whether these words go on with what was said before, and name no moment."""
    nothing = read(text, turn.now, turn.calendar, turn.t.language).kind is Kind.NOT_UNDERSTOOD
    return nothing and _AND_ALSO.match(plain(text)) is not None


def _add(turn: Turn, answers: Answers, given: Given, asked: str) -> None:
    """It goes with what they said before, and they see it once above the same question."""
    what = answers.pop("what")
    answers |= {**told(given, what), "added": asked}
    _mind_care(turn, answers, given.text)


def _mind_care(turn: Turn, answers: Answers, text: str) -> None:
    """Where they need what neighbours may not do, the next question says so first; a coordinator knows that."""
    if is_on_behalf(answers) or not asks_for_care(text, turn.t.language):
        return
    answers["care"] = True
    for name in ("what", "held"):
        if told_so_far := answers.get(name):
            answers[name] = {**told_so_far, "text": without_code(told_so_far["text"], care=True)}


class AfterSentence(Step):
    """A question of which something was understood before: above it stands what, below it how to change that."""

    def __init__(self, asked: Step) -> None:
        self.asked = asked
        vars(self).update(name=asked.name, takes=asked.takes, keyboard=asked.keyboard)

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return self.asked.wanted(turn, answers)

    def meant(self, turn: Turn, text: str) -> str | None:
        return self.asked.meant(turn, text)

    def turn_back(self, answers: Answers) -> bool:
        return self.asked.turn_back(answers)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        screen, t = self.asked.show(turn, answers), turn.t
        if answers.get("care"):
            screen = screen.after(not_for_neighbours(t)).with_rows(row(Button(t("Ask the coordinator"), "care")))
        if answers.get("added") == self.name != SUMMARY:  # the summary says it itself
            screen = screen.after(t("You wrote: {text}", text=shortened(answers["what"]["text"], LONG)))
        if self.name == "day" and "unclear" in answers:
            why = answers["unclear"]
            screen = screen.after(t(_UNCLEAR[why]))
        if heard := {line: fact for line in answers.get("heard", ()) if (fact := _fact(turn, line, answers))}:
            changes = (Choice(t(_LABELS[line]), f"{CHANGE}{line}") for line in heard)
            screen = screen.with_rows(row(*changes))
            facts = [
                fact for line, fact in heard.items() if (line, self.name) != ("moment", "day")
            ]  # it says so itself
            screen = screen.after(t("I understand: {facts}.", facts=", ".join(facts))) if facts else screen
        return screen

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        heard, _ = answers.get("heard", []), answers.pop("care", None)
        wrong = next((line for line in heard if given.choice == f"{CHANGE}{line}"), None)
        if wrong is not None:
            ask_anew(answers, wrong)
            answers["heard"] = [line for line in heard if line != wrong]
            return
        if self.name in _WHERE and given.choice is None and _said_anew(turn, answers, given.text):
            return
        if self.name == "day" and given.choice is None and _tells_what(turn, answers, given):
            return
        if self.name in _MORE and given.choice is None and _says_more(turn, answers, given):
            _add(turn, answers, given, self.name)
            return
        self.asked.take(turn, answers, given)
        if self.name in {"what", "category"} and given.choice is None:
            _mind_care(turn, answers, given.text)
        if self.name == "what" and given.choice is None and "day" not in answers:  # the kind of help was chosen already
            answers |= _heard(turn, _moment(turn, given.text))
        elif self.name in answers:
            answers.pop("heard", None)
        elif self.name == "category" and given.choice is None:  # a sentence answered which kind of help
            answers |= understood(turn, given.text)


def _fact(turn: Turn, line: str, answers: Answers) -> str:
    """What was understood, in words: `Boodschappen`, `morgen om 14 uur`; empty where nothing was."""
    t, day, part = turn.t, answers.get("day"), answers.get("part")
    if line == "category":
        return category_name(t, Category(answers["category"])) if "category" in answers else ""
    if day == ANY:
        return t("the day does not matter")
    near = t.near_day(date.fromisoformat(day), turn.today) if day else ""
    if part is None:
        return near
    if part == HOUR:
        hour = t.hour(time.fromisoformat(answers["hour"]))
        return t("{day} at {hour}", day=near, hour=hour) if near else hour
    return t.near_part(date.fromisoformat(day), Part(part), turn.today) if day else t.part(Part(part))
