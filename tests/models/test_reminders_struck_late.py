"""The bot was down: what is still said when it is back, and what is not."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Calendar, Moment, Outcome, Part, Reminder, ReminderState, Request, Side
from models.reminder import ReminderKind, give_time_to_answer, replan
from tests.models.test_reminder_planning import hour, sent, taken
from tests.models.world import CALENDAR, NOW, brussels, in_hours

K = ReminderKind


def late(kind: ReminderKind, request: Request, now: str, due: str = "2026-03-02 10:00") -> bool:
    return Reminder(kind=kind, request=request, due_at=brussels(due)).still_makes_sense(brussels(now), CALENDAR)


@pytest.mark.parametrize("kind", [K.WIDEN, K.ESCALATE, K.WARN])
def test_while_somebody_can_still_be_found_it_is_never_too_late_to_look_and_to_be_honest(kind):
    fixed = sent(hour("2026-03-05", "10:00"), "2026-03-02 10:00")
    assert late(kind, fixed, "2026-03-05 09:59")
    assert not late(kind, fixed, "2026-03-05 10:00")
    afternoon = sent(Moment(fixed.day, Part.AFTERNOON), "2026-03-02 10:00")
    assert late(kind, afternoon, "2026-03-05 17:59")
    assert not late(kind, afternoon, "2026-03-05 18:00")


def test_the_end_is_told_however_late():
    assert late(K.LAPSE, sent(hour("2026-03-05", "10:00"), "2026-03-02 10:00"), "2026-03-09 10:00")


def test_the_evening_before_may_be_later_until_the_two_hours_take_over():
    request = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(K.EVENING_BEFORE, request, "2026-03-05 11:59")
    assert not late(K.EVENING_BEFORE, request, "2026-03-05 12:00")


def test_for_an_early_appointment_nothing_follows_so_the_evening_before_may_be_later_still():
    request = taken(hour("2026-03-05", "09:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(K.EVENING_BEFORE, request, "2026-03-05 08:59")
    assert not late(K.EVENING_BEFORE, request, "2026-03-05 09:00")


def test_what_is_early_is_for_the_calendar_to_say():
    request = taken(hour("2026-03-05", "09:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    reminder = Reminder(kind=K.EVENING_BEFORE, request=request, due_at=NOW)
    larks = Calendar(quiet_until=CALENDAR.wall(brussels("2026-03-05 06:00")).time())
    assert not reminder.still_makes_sense(brussels("2026-03-05 08:59"), larks)


def test_two_hours_before_may_be_later_until_it_begins():
    request = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(K.TWO_HOURS, request, "2026-03-05 13:59")
    assert not late(K.TWO_HOURS, request, "2026-03-05 14:00")


def test_nobody_is_reminded_of_what_lost_its_day():
    assert not late(K.TWO_HOURS, taken(Moment(), "2026-03-02 10:00", "2026-03-02 11:00"), "2026-03-02 12:00")


def test_an_hour_is_asked_for_until_it_is_agreed_or_too_late():
    some_time = taken(Moment(), "2026-03-02 10:00", "2026-03-02 11:00")
    afternoon = taken(Moment(in_hours(72).day, Part.AFTERNOON), "2026-03-02 10:00", "2026-03-02 11:00")
    fixed = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(K.PROPOSE, some_time, "2026-03-20 10:00")
    assert late(K.PROPOSE, afternoon, "2026-03-05 13:59")
    assert not late(K.PROPOSE, afternoon, "2026-03-05 14:00")
    assert not late(K.PROPOSE, fixed, "2026-03-03 10:00")


def test_the_first_question_is_for_the_same_day_and_the_second_for_any_later_one():
    request = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(K.ASK, request, "2026-03-05 23:59", due="2026-03-05 15:30")
    assert not late(K.ASK, request, "2026-03-06 00:00", due="2026-03-05 15:30")
    assert late(K.ASK_AGAIN, request, "2026-03-20 10:00", due="2026-03-06 18:00")


@pytest.mark.parametrize("kind", [K.SILENT, K.HIDE])
def test_a_coordinator_looks_and_a_place_disappears_however_late(kind):
    request = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert late(kind, request, "2026-03-20 10:00")


# ── as rows ──


@pytest.fixture
def planned(session: Session) -> Request:
    """A task on Thursday at two, with its reminders."""
    request = taken(hour("2026-03-05", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    session.add(request)
    replan(session, request, brussels("2026-03-02 11:00"), CALENDAR)
    session.flush()
    return request


def rows(session: Session, *states: ReminderState) -> list[Reminder]:
    session.flush()
    return list(session.scalars(select(Reminder).where(Reminder.state.in_(states)).order_by(Reminder.due_at)))


def kinds(session: Session, *states: ReminderState) -> list[tuple[ReminderKind, Side | None]]:
    return sorted((row.kind, row.side) for row in rows(session, *states) if row.side is not Side.HELPER)


def test_planning_again_changes_nothing(session, planned):
    before = [(row.id, row.key, row.due_at) for row in rows(session, ReminderState.WAITING)]
    replan(session, planned, brussels("2026-03-02 12:00"), CALENDAR)
    assert [(row.id, row.key, row.due_at) for row in rows(session, ReminderState.WAITING)] == before
    assert len(before) == 9


def test_what_a_change_makes_void_is_cancelled_with_it_and_planned_again_when_it_comes_back(session, planned):
    helper, at = planned.helper, brussels("2026-03-02 12:00")
    planned.hand_back(helper, at)
    replan(session, planned, at, CALENDAR)
    assert [kind for kind, _ in kinds(session, ReminderState.WAITING)] == [K.ESCALATE, K.LAPSE, K.WARN, K.WIDEN]
    planned.offer(helper, at)
    replan(session, planned, at, CALENDAR)
    assert K.EVENING_BEFORE in [kind for kind, _ in kinds(session, ReminderState.WAITING)]
    assert [kind for kind, _ in kinds(session, ReminderState.CANCELLED)] == [K.ESCALATE, K.LAPSE, K.WARN, K.WIDEN]


def test_what_was_struck_is_not_struck_again(session, planned):
    for row in rows(session, ReminderState.WAITING):
        row.state = ReminderState.DONE
    replan(session, planned, brussels("2026-03-02 12:00"), CALENDAR)
    assert rows(session, ReminderState.WAITING) == []


def test_the_end_cancels_all_but_what_takes_something_away(session, planned):
    session.add(Reminder(key="hide", kind=K.HIDE, request=planned, due_at=NOW))
    planned.cancel(planned.resident, NOW)
    replan(session, planned, NOW, CALENDAR)
    assert [row.kind for row in rows(session, ReminderState.WAITING)] == [K.HIDE, K.WITHDRAW, K.FORGET]


def test_what_is_due_comes_in_order_of_time(session, planned):
    found = list(session.scalars(Reminder.due(brussels("2026-03-05 15:30"))))
    assert [row.kind for row in found] == [K.EVENING_BEFORE] * 2 + [K.TWO_HOURS] * 2 + [K.ASK] * 2


def test_who_was_asked_late_gets_time_to_answer(session, planned):
    now = brussels("2026-03-09 15:00")
    give_time_to_answer(session, planned, now, CALENDAR)
    (silence,) = (row for row in rows(session, ReminderState.WAITING) if row.kind is K.SILENT)
    assert silence.due_at == brussels("2026-03-10 10:00")
    replan(session, planned, now, CALENDAR)
    assert silence.state is ReminderState.WAITING
    assert silence.due_at == brussels("2026-03-10 10:00")


def test_who_was_asked_in_time_gets_no_more_of_it(session, planned):
    give_time_to_answer(session, planned, brussels("2026-03-06 18:00"), CALENDAR)
    (silence,) = (row for row in rows(session, ReminderState.WAITING) if row.kind is K.SILENT)
    assert silence.due_at == brussels("2026-03-07 10:00")


def test_an_answer_cancels_the_questions_to_that_side(session, planned):
    at = brussels("2026-03-05 16:00")
    planned.report(Outcome.DONE, planned.resident, at)
    replan(session, planned, at, CALENDAR)
    assert {row.side for row in rows(session, ReminderState.WAITING) if row.kind is K.ASK_AGAIN} == {Side.HELPER}
