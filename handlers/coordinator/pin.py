"""The PIN: chosen when it is first needed, tapped on a keypad, and asked again after a quarter of an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.routing import form, on
from bot.screen import Button, Choice, Screen, row
from models import EventKind, Pin, Reason, Refused
from models.coordinating import everywhere
from models.person import Role
from models.pin import DIGITS, fits, hashed, is_easy

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FORM = "pin"
PAD = ("123", "456", "789", "0")  # as on every telephone
FORGOT = "forgot"
EASY, DIFFERENT, WRONG = "easy", "different", "wrong"
_FORGOTTEN = N_("PIN forgotten? Another coordinator takes it away with /coordinators, or the operator does.")


class PinStep(Step):
    """Digit by digit, on the same message; *back* takes the last one away. What was tapped is sealed until all are."""

    name = "pin"
    secret = True

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, n = turn.t, len(answers.get("typed", ""))
        dots = t("{n} of {all} digits: {dots}", n=n, all=DIGITS, dots="●" * n + "○" * (DIGITS - n))
        lines = [_asked(turn, answers), "", dots]
        if (noted := _noted(turn, answers)) is not None:
            lines = [noted, "", *lines]
        pad = [row(*(Choice(digit, digit) for digit in line)) for line in PAD]
        forgot = [row(Choice(t("PIN forgotten"), FORGOT))] if turn.person.pin is not None else []
        return Screen.of("\n".join(lines), *pad, *forgot, title=t("Your PIN"))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        tapped = given.choice or ""
        if tapped == FORGOT:
            raise Again(turn.t(_FORGOTTEN))
        if tapped not in set("".join(PAD)):
            raise Again(turn.t("Please tap one of the buttons below."))
        answers.pop("noted", None)
        answers["typed"] = answers.get("typed", "") + tapped
        if len(answers["typed"]) >= DIGITS:
            digits = answers.pop("typed")
            _enter(turn, answers, digits) if turn.person.pin is not None else _choose(turn, answers, digits)

    def turn_back(self, answers: Answers) -> bool:
        typed = answers.get("typed", "")
        if typed:
            answers["typed"] = typed[:-1]
        elif "first" in answers:
            del answers["first"]
        else:
            return False
        answers.pop("noted", None)
        return True


@on("pin")
def ask_for_pin(turn: Turn, then: str) -> Screen:
    """`then`: the button that was tapped, which goes on by itself."""
    pin = turn.person.pin
    if pin is not None and pin.is_locked(turn.now):
        return _locked(turn)
    return turn.begin(FORM, then=then)


@form(FORM, [PinStep()], role=Role.COORDINATOR, lives=timedelta(minutes=15))
def go_on_with_it(turn: Turn, answers: Answers) -> Screen:
    """What they wanted, as if they tapped it now: whether they may is looked at once more."""
    pin = turn.person.pin
    if pin is None or not pin.is_open(turn.now):
        return _locked(turn)
    route, words = turn.router.behind(answers["then"])
    if not turn.person.has(route.role):
        raise Refused(Reason.ROLE)
    try:
        with turn.session.begin_nested():  # the PIN stays, also where what was wanted cannot happen any more
            shown = route.handler(turn, *route.arguments(words))
    except Refused as no:
        shown = turn.router.special["refused"](turn, no)
    shown = shown or Screen(turn.t("Good."))
    return shown.after(turn.t("Your PIN is kept.")) if answers.get("chosen") else shown


def _choose(turn: Turn, answers: Answers, digits: str) -> None:
    """Twice the same, and not one that everybody tries first."""
    first = answers.pop("first", None)
    if first is None and is_easy(digits):
        answers["noted"] = EASY
    elif first is None:
        answers["first"] = hashed(digits)
    elif not fits(digits, first):
        answers["noted"] = DIFFERENT
    else:
        turn.person.pin = Pin.of_hash(first, turn.now)
        answers |= {"pin": True, "chosen": True}
        _announce(turn, EventKind.PIN_CHOSEN)


def _enter(turn: Turn, answers: Answers, digits: str) -> None:
    pin = turn.person.pin
    if pin is None or pin.enter(digits, turn.now):
        answers["pin"] = True
    elif pin.is_locked(turn.now):
        answers["pin"] = False
        _announce(turn, EventKind.PIN_LOCKED)
    else:
        answers["noted"] = WRONG


def _announce(turn: Turn, kind: EventKind) -> None:
    for event in everywhere(kind, turn.person, turn.person, turn.now):
        turn.announce(event)


def _asked(turn: Turn, answers: Answers) -> str:
    t = turn.t
    if turn.person.pin is not None:
        return t("Please tap your {n} digits. Back takes the last one away.", n=DIGITS)
    if "first" in answers:
        return t("Please tap the same {n} digits once more.", n=DIGITS)
    what = t("A PIN guards this, for when your phone lies around.")
    choose = t("Choose {n} digits, not those of your bank card.", n=DIGITS)
    return f"{what} {choose}"


def _noted(turn: Turn, answers: Answers) -> str | None:
    t = turn.t
    match answers.get("noted"):
        case "easy":
            return t("Everybody would try that one first. Please choose another one.")
        case "different":
            return t("That was not the same. Please begin again.")
        case "wrong":
            return t("That is not your PIN. Please try again.")
    return None


def _locked(turn: Turn) -> Screen:
    t = turn.t
    lines = [
        t("That was wrong too often. Please try again in a quarter of an hour."),
        t(_FORGOTTEN),
    ]
    return Screen.of("\n".join(lines), row(Button(t("See where I am"), "home")))
