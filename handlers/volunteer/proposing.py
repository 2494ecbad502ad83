"""An appointment, not a wish: the helper proposes day and hour, the resident confirms."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bot.forms import Again
from bot.routing import button, form
from bot.screen import Choice, Screen
from handlers.calendar_step import DayStep, HourStep, MomentStep
from handlers.spoken import DAY_EXAMPLES, LAST_HOUR, decoded, objection
from handlers.volunteer.cards import card_for
from handlers.words import when
from models import State
from models.moment import PART_HOURS, Moment, Part
from models.request import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.turn import Turn
    from models.form import Answers

ANOTHER_DAY, WHOLE_DAY = "day", "all"


class ProposalStep(MomentStep):
    """One of the questions about the moment of an appointment, which has a day and an hour in the end."""

    def put(self, turn: Turn, answers: Answers, moment: Moment) -> None:
        """What was typed; of a part of the day the hours are asked."""
        if moment == Moment():
            raise Again(turn.t(DAY_EXAMPLES))
        if moment.day is not None:
            answers["day"] = moment.day.isoformat()
        if moment.hour is not None:
            answers["hour"] = f"{moment.hour:%H:%M}"
        elif moment.part is not None:
            answers["part"] = moment.part
            answers.pop("all_hours", None)


class ProposedDay(ProposalStep, DayStep):
    """Which day; asked where the resident named none, or where that day does not suit."""

    def question(self, turn: Turn, answers: Answers) -> str:
        """Name the wish, where there is one."""
        request, t, said = turn.get(Request, answers["request"]), turn.t, self.said_before(turn, answers)
        if request.day is None or said:
            return said + t("On which day can you come?")
        return t("Help is asked for {when}. Which day suits you?", when=when(turn.t, request))


class ProposedHour(ProposalStep, HourStep):
    """Which hour: those of the part of the day that was asked first."""

    def question(self, turn: Turn, answers: Answers) -> str:
        """The day stands in the question."""
        return turn.t("At what hour can you come on {day}?", day=turn.t.day(date.fromisoformat(answers["day"])))

    def hours(self, turn: Turn, answers: Answers) -> Sequence[time]:
        """The hours of the part of the day that was asked, as long as there are any."""
        request = turn.get(Request, answers["request"])
        possible = super().hours(turn, answers)
        first, last = PART_HOURS[self.said(answers)[0] or request.part or Part.ANY]
        wanted = [hour for hour in possible if first <= hour < last]
        return possible if "all_hours" in answers or not wanted else wanted

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        """Other hours of the day, another day."""
        fewer = len(self.hours(turn, answers)) < len(super().hours(turn, answers))
        more = [Choice(turn.t("Other hours"), WHOLE_DAY)] if fewer else []
        return [*more, Choice(turn.t("Another day"), ANOTHER_DAY)]

    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        """An hour; or ask again, differently."""
        if choice == WHOLE_DAY:
            answers["all_hours"] = True
        elif choice == ANOTHER_DAY:
            del answers["day"]
        else:
            super().tapped(turn, answers, choice)


@button("propose")
def propose(turn: Turn, request_id: int, code: str = "") -> Screen | None:
    """Begin, below the task; an agreed hour stands until another one is confirmed. `code`: the moment they named."""
    request = turn.get(Request, request_id)
    if request.helper is not turn.person or request.state is not State.TAKEN:
        return card_for(turn.t, request, turn.person, turn.now)
    if _is_late(turn, request):
        over = turn.t("It is too late to propose another hour.")
        return card_for(turn.t, request, turn.person, turn.now).after(over)
    known: dict[str, object] = {"request": request.id}
    if request.day is not None and turn.calendar.at(request.day, LAST_HOUR) > turn.now:
        known["day"] = request.day.isoformat()
    named = decoded(code) or Moment()
    if named.day is not None and named.hour is not None and objection(turn, named) is None:
        return send_proposal(turn, known | {"day": named.day.isoformat(), "hour": f"{named.hour:%H:%M}"})
    turn.say(turn.begin("propose", **known))
    return None


@form("propose", [ProposedDay(), ProposedHour()])
def send_proposal(turn: Turn, answers: Answers) -> Screen:
    """The resident is asked whether it suits."""
    request = turn.get(Request, answers["request"], lock=True)
    hour = datetime.strptime(answers["hour"], "%H:%M").time()  # noqa: DTZ007 – an hour on the wall, of no day yet
    day = date.fromisoformat(answers["day"])
    if request.helper is not turn.person or request.state is not State.TAKEN or _is_late(turn, request):
        return card_for(turn.t, request, turn.person, turn.now)
    if request.moment != Moment(day, None, hour):
        turn.announce(request.propose(day, hour, turn.person, turn.now, turn.calendar))
        return card_for(turn.t, request, turn.person, turn.now)
    return _keep(turn, request)


def _keep(turn: Turn, request: Request) -> Screen:
    if request.proposed is not None:
        turn.announce(request.take_back_proposal(turn.person, turn.now))
    return card_for(turn.t, request, turn.person, turn.now).after(turn.t("Fine. It stays as it was agreed."))


@button("keep_hour")
def keep_hour(turn: Turn, request_id: int, code: str) -> Screen:
    """They come at the agreed hour after all, which they named: nothing, where another one is agreed since."""
    request = turn.get(Request, request_id, lock=True)
    mine = request.helper is turn.person and request.state is State.TAKEN and request.moment == decoded(code)
    if mine and not request.needs_hour and not _is_late(turn, request):
        return _keep(turn, request)
    return card_for(turn.t, request, turn.person, turn.now)


def _is_late(turn: Turn, request: Request) -> bool:
    """Whether somebody said already how it went, or the hour that was agreed is over."""
    return bool(request.reports) or (not request.needs_hour and request.is_over(turn.now))
