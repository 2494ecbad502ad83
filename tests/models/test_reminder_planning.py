"""What is planned when: tables of wall-clock times in Brussels, and what holds for any request."""

from datetime import UTC, date, datetime, time, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from models import Calendar, Category, EventKind, Moment, Outcome, Part, Request, Side, State
from models.event import ALL_REST
from models.reminder import Due, ReminderKind, due_for
from tests.models.world import CALENDAR, NOW, Village, brussels, ends, shown, starts

K = ReminderKind
MINUTE = timedelta(minutes=1)


def plan(request: Request, now: datetime | None = None, calendar: Calendar = CALENDAR) -> dict[str, str]:
    """Kinds and times as people read them; what both sides get stands once."""
    found = due_for(request, now or request.waiting_since, calendar)
    return {due.kind.value: shown(due.at) for due in found}


def sent(moment: Moment, at: str, **given: object) -> Request:
    village = Village()
    jan = village.volunteer("Jan")
    return village.request(village.person("Rosa"), moment, at=brussels(at), asked=(jan,), **given)


def taken(moment: Moment, sent_at: str, taken_at: str, **given: object) -> Request:
    request = sent(moment, sent_at, **given)
    request.offer(request.asked[0].person, brussels(taken_at))
    return request


def hour(day: str, clock: str) -> Moment:
    return Moment(date.fromisoformat(day), None, time.fromisoformat(clock))


# ── while somebody is looked for ──


@pytest.mark.parametrize(
    ("moment", "at", "widen", "escalate", "warn", "lapse"),
    [
        pytest.param(
            hour("2026-03-12", "10:00"), "2026-03-02 10:00",
            "2026-03-04 20:30", "2026-03-07 10:00", "2026-03-11 20:30", "2026-03-12 10:00",
            id="in ten days: at half time, and the honest message the evening before, not at six in the morning",
        ),
        pytest.param(
            hour("2026-03-03", "16:00"), "2026-03-02 10:00",
            "2026-03-02 13:00", "2026-03-02 16:00", "2026-03-03 12:00", "2026-03-03 16:00",
            id="in thirty hours: a day before at the latest",
        ),
        pytest.param(
            hour("2026-03-02", "12:00"), "2026-03-02 10:00",
            "2026-03-02 10:30", "2026-03-02 11:00", "2026-03-02 11:30", "2026-03-02 12:00",
            id="in two hours",
        ),
        pytest.param(
            Moment(date(2026, 3, 2), Part.AFTERNOON), "2026-03-02 10:00",
            "2026-03-02 11:00", "2026-03-02 12:00", "2026-03-02 13:00", "2026-03-02 18:00",
            id="this afternoon: before it begins, and over when it is over",
        ),
        pytest.param(
            Moment(date(2026, 3, 2), Part.AFTERNOON), "2026-03-02 14:00",
            "2026-03-02 15:00", "2026-03-02 16:00", "2026-03-02 17:00", "2026-03-02 18:00",
            id="this afternoon, asked when it has begun",
        ),
        pytest.param(
            hour("2026-03-03", "11:00"), "2026-03-02 22:00",
            "2026-03-03 08:00", "2026-03-03 08:00", "2026-03-03 09:30", "2026-03-03 11:00",
            id="asked at night for the morning: nobody is woken",
        ),
        pytest.param(
            hour("2026-03-03", "08:30"), "2026-03-03 06:30",
            "2026-03-03 07:00", "2026-03-03 07:30", "2026-03-03 08:00", "2026-03-03 08:30",
            id="asked early for soon: the night is broken, for in the morning it is too late",
        ),
        pytest.param(
            Moment(), "2026-03-02 10:00",
            "2026-03-02 20:30", "2026-03-03 10:00", "2026-03-03 20:30", "2026-03-04 10:00",
            id="groceries at any time",
        ),
        pytest.param(
            Moment(), "2026-03-02 22:30",
            "2026-03-03 09:30", "2026-03-03 20:30", "2026-03-04 16:30", "2026-03-04 20:30",
            id="groceries at any time, asked at night: it does not lapse at night",
        ),
    ],
)  # fmt: skip
def test_nobody_yet(moment, at, widen, escalate, warn, lapse):
    request = sent(moment, at)
    assert plan(request) == {"widen": widen, "escalate": escalate, "warn": warn, "lapse": lapse}


def test_after_a_task_comes_back_the_time_that_remains_counts():
    request = taken(hour("2026-03-12", "16:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    request.hand_back(request.asked[0].person, brussels("2026-03-10 16:00"))
    assert plan(request) == {
        "widen": "2026-03-10 20:30",
        "escalate": "2026-03-11 16:00",
        "warn": "2026-03-12 12:00",
        "lapse": "2026-03-12 16:00",
    }


def test_moved_to_today_the_coordinator_still_hears_of_it_first():
    request = sent(hour("2026-03-12", "16:00"), "2026-03-02 10:00")
    request.set_moment(hour("2026-03-10", "16:00"), CALENDAR, brussels("2026-03-10 12:00"))
    assert plan(request) == {
        "widen": "2026-03-10 13:00",
        "escalate": "2026-03-10 14:00",
        "warn": "2026-03-10 15:00",
        "lapse": "2026-03-10 16:00",
    }


def test_an_offer_that_the_resident_does_not_answer_reaches_a_coordinator_too():
    request = sent(hour("2026-03-03", "16:00"), "2026-03-02 10:00", wants_to_know=True)
    request.offer(request.asked[0].person, brussels("2026-03-03 10:00"))
    assert request.state is State.OFFERED
    assert plan(request) == {
        "escalate": "2026-03-03 13:00",
        "warn": "2026-03-03 14:30",
        "lapse": "2026-03-03 16:00",
    }


def test_handed_back_when_it_is_over_it_lapses_at_once_instead_of_staying_open_for_ever():
    request = taken(hour("2026-03-03", "16:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    now = brussels("2026-03-03 16:10")
    request.hand_back(request.asked[0].person, now)
    first = due_for(request, now, CALENDAR)[0]
    assert (first.kind, shown(first.at)) == (K.LAPSE, "2026-03-03 16:00")


minutes_ahead = st.integers(31, 60 * 24 * 20)
sent_at = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 – made aware in the same line


def later(at: datetime, minutes: int) -> Moment:
    """So many minutes on; an hour that comes twice is the first one, and may be over."""
    wall = CALENDAR.wall(at + minutes * MINUTE)
    assume(CALENDAR.at(wall.date(), wall.time()) - at > 30 * MINUTE)
    return Moment(wall.date(), None, wall.time())


@given(sent_at, minutes_ahead)
def test_the_coordinator_always_hears_before_the_resident_and_both_before_the_moment(at, minutes):
    village = Village()
    request = village.request(village.person("Rosa"), later(at, minutes), at=at)
    found = {due.kind: due.at for due in due_for(request, at, CALENDAR)}
    assert at <= found[K.WIDEN] <= found[K.ESCALATE] < found[K.WARN] < found[K.LAPSE] == starts(request)
    for kind in (K.WIDEN, K.ESCALATE):
        if CALENDAR.is_quiet(found[kind]):
            assert CALENDAR.before_quiet(found[kind]) < at, f"{kind} could be in the evening"
            assert CALENDAR.after_quiet(found[kind]) >= starts(request) - 60 * MINUTE, f"{kind} could be in the morning"


@given(sent_at, minutes_ahead)
def test_a_coordinator_hears_a_day_before_unless_that_is_at_night(at, minutes):
    village = Village()
    request = village.request(village.person("Rosa"), later(at, minutes), at=at)
    day_before = starts(request) - timedelta(hours=24)
    found = {due.kind: due.at for due in due_for(request, at, CALENDAR)}
    if day_before > at and not CALENDAR.is_quiet(day_before):
        assert found[K.ESCALATE] <= day_before


@given(sent_at, st.sampled_from(Category))
def test_what_has_no_day_never_wakes_anybody(at, category):
    village = Village()
    request = village.request(village.person("Rosa"), at=at, category=category)
    for due in due_for(request, at, CALENDAR):
        early = CALENDAR.is_quiet(at) and due.at < CALENDAR.after_quiet(at) + 2 * MINUTE
        assert early or not CALENDAR.is_quiet(due.at)


# ── around the appointment ──


def test_both_are_reminded_and_asked_and_silence_reaches_a_coordinator():
    request = taken(hour("2026-03-12", "10:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert plan(request) == {
        "evening_before": "2026-03-11 18:00",
        "two_hours": "2026-03-12 08:00",
        "ask": "2026-03-12 11:30",
        "ask_again": "2026-03-13 18:00",
        "silent": "2026-03-14 10:00",
    }
    both = [due.kind for due in due_for(request, request.waiting_since, CALENDAR) if due.side is Side.HELPER]
    assert both == [K.EVENING_BEFORE, K.TWO_HOURS, K.ASK, K.ASK_AGAIN]


@pytest.mark.parametrize(
    ("moment", "taken_at", "wanted"),
    [
        pytest.param(hour("2026-03-12", "09:30"), "2026-03-11 17:00", ["evening_before"], id="early: once is enough"),
        pytest.param(hour("2026-03-15", "11:00"), "2026-03-11 17:00", ["evening_before"], id="early on a Sunday"),
        pytest.param(hour("2026-03-12", "09:30"), "2026-03-11 19:00", ["two_hours 20:30"], id="agreed that evening"),
        pytest.param(hour("2026-03-12", "09:30"), "2026-03-11 20:45", [], id="agreed at bedtime"),
        pytest.param(hour("2026-03-12", "16:00"), "2026-03-12 10:00", ["two_hours 14:00"], id="agreed the same day"),
        pytest.param(hour("2026-03-12", "16:00"), "2026-03-12 14:30", [], id="agreed shortly before"),
    ],
)  # fmt: skip
def test_reminders_go_earlier_instead_of_at_night_and_nothing_is_said_twice(moment, taken_at, wanted):
    found = plan(taken(moment, "2026-03-02 10:00", taken_at))
    before = [f"{kind} {found[kind][11:]}" for kind in ("evening_before", "two_hours") if kind in found]
    assert before == [word if " " in word else f"{word} 18:00" for word in wanted]


@pytest.mark.parametrize(
    ("now", "again"),
    [("2026-03-02 10:00", "2026-03-03 10:00"), ("2026-03-11 09:00", "2026-03-11 10:00")],
    ids=["each morning", "a day before at the latest"],
)
def test_where_all_rest_it_is_tried_again(now, again):
    village = Village()
    request = village.request(village.person("Rosa"), hour("2026-03-12", "10:00"), at=brussels("2026-03-02 10:00"))
    request.note(EventKind.ESCALATED, brussels(now)).detail = ALL_REST
    assert again in [shown(due.at) for due in due_for(request, brussels(now), CALENDAR) if due.kind is K.WIDEN]


def test_an_hour_confirmed_later_is_planned_from_then_on():
    request = taken(Moment(), "2026-03-02 10:00", "2026-03-02 11:00")
    helper, at = request.asked[0].person, brussels("2026-03-02 19:00")
    request.propose(date(2026, 3, 3), time(9), helper, at, CALENDAR)
    request.confirm(request.resident, at, CALENDAR)
    assert plan(request)["two_hours"] == "2026-03-02 20:30"


@pytest.mark.parametrize(
    ("moment", "ask", "again", "silent"),
    [
        (hour("2026-03-06", "20:00"), "2026-03-07 08:00", "2026-03-08 18:00", "2026-03-09 10:00"),
        (hour("2026-03-07", "20:00"), "2026-03-08 10:00", "2026-03-09 18:00", "2026-03-10 10:00"),
        (Moment(date(2026, 3, 6), Part.EVENING), "2026-03-07 08:00", "2026-03-08 18:00", "2026-03-09 10:00"),
        (Moment(date(2026, 3, 6), Part.MORNING), "2026-03-06 12:00", "2026-03-07 18:00", "2026-03-08 10:00"),
    ],
    ids=["in the evening", "on Saturday evening", "some time in the evening", "some time in the morning"],
)
def test_questions_that_would_come_at_night_wait_for_the_morning(moment, ask, again, silent):
    found = plan(taken(moment, "2026-03-02 10:00", "2026-03-02 11:00"))
    assert (found["ask"], found["ask_again"], found["silent"]) == (ask, again, silent)


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        (Moment(), "2026-03-03 11:00"),
        (Moment(date(2026, 3, 12), Part.MORNING), "2026-03-03 11:00"),
        (Moment(date(2026, 3, 2), Part.AFTERNOON), "2026-03-02 12:30"),
    ],
    ids=["no day", "a day far away", "today"],
)
def test_without_an_hour_the_two_are_reminded_to_agree_on_one(moment, wanted):
    assert plan(taken(moment, "2026-03-02 10:00", "2026-03-02 11:00"))["propose"] == wanted


def test_with_an_hour_there_is_nothing_to_agree_on():
    assert "propose" not in plan(taken(hour("2026-03-12", "10:00"), "2026-03-02 10:00", "2026-03-02 11:00"))


@pytest.mark.parametrize(
    ("taken_at", "ask"),
    [("2026-03-02 11:00", "2026-03-04 11:00"), ("2026-03-03 23:00", "2026-03-06 08:00")],
    ids=["at once", "at night"],
)
def test_without_a_day_both_are_asked_some_days_later(taken_at, ask):
    found = plan(taken(Moment(), "2026-03-02 10:00", taken_at))
    assert found["ask"] == ask
    assert {"evening_before", "two_hours"}.isdisjoint(found)


def test_a_task_given_to_somebody_after_its_moment_asks_them_later_not_at_once():
    village = Village()
    jan, mia, an = village.volunteer("Jan"), village.volunteer("Mia"), village.coordinator("An", village.town)
    request = village.request(village.person("Rosa"), hour("2026-03-03", "10:00"), at=NOW, asked=(jan,))
    request.offer(jan, NOW)
    request.assign(mia, an, brussels("2026-03-05 15:00"))
    assert plan(request) == {
        "ask": "2026-03-07 15:00",
        "ask_again": "2026-03-08 18:00",
        "silent": "2026-03-09 10:00",
    }


def test_who_said_how_it_went_is_not_asked_any_more():
    request = taken(hour("2026-03-12", "10:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    request.report(Outcome.DONE, request.resident, brussels("2026-03-05 10:00"))
    found = due_for(request, brussels("2026-03-05 10:00"), CALENDAR)
    assert [(due.kind, due.side) for due in found] == [
        (K.ASK, Side.HELPER),
        (K.ASK_AGAIN, Side.HELPER),
        (K.SILENT, None),
    ]


def test_when_both_said_it_nothing_is_left_to_ask():
    request = taken(hour("2026-03-12", "10:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    request.report(Outcome.DONE, request.resident, ends(request))
    request.report(Outcome.NOT_NEEDED, request.asked[0].person, ends(request))
    assert request.state is State.TAKEN
    assert due_for(request, ends(request), CALENDAR) == []


def test_after_the_end_it_is_only_taken_away_and_forgotten():
    request = sent(hour("2026-03-12", "10:00"), "2026-03-02 10:00")
    request.cancel(request.resident, NOW)
    forget = Due(K.FORGET, NOW + timedelta(days=30))
    assert due_for(request, NOW, CALENDAR) == [Due(K.WITHDRAW, NOW + timedelta(hours=48)), forget]
    later = NOW + timedelta(days=5)  # a coordinator wrote
    assert due_for(request, later, CALENDAR) == [Due(K.WITHDRAW, later + timedelta(hours=48)), forget]


@given(sent_at, minutes_ahead, st.integers(0, 60 * 24 * 5))
def test_reminders_are_never_at_night_nor_after_the_beginning_and_questions_never_before_the_end(at, minutes, early):
    village = Village()
    jan = village.volunteer("Jan")
    request = village.request(village.person("Rosa"), later(at, minutes), at=at, asked=(jan,))
    agreed = max(at, starts(request) - early * MINUTE - MINUTE)
    request.offer(jan, agreed)
    found = due_for(request, agreed, CALENDAR)
    assert {due.kind for due in found} >= {K.ASK, K.ASK_AGAIN, K.SILENT}
    for due in found:
        assert agreed <= due.at
        assert not CALENDAR.is_quiet(due.at)
        if due.kind in {K.EVENING_BEFORE, K.TWO_HOURS}:
            assert due.at < starts(request)
        else:
            assert due.at >= ends(request)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"], ids=["clocks go forward", "clocks go back"])
def test_on_the_two_odd_days_clocks_are_right(day):
    request = taken(hour(day, "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    found = plan(request)
    before = date.fromisoformat(day) - timedelta(days=1)
    after = date.fromisoformat(day) + timedelta(days=1)
    assert found == {
        "evening_before": f"{before} 18:00",
        "two_hours": f"{day} 12:00",
        "ask": f"{day} 15:30",
        "ask_again": f"{after} 18:00",
        "silent": f"{after + timedelta(days=1)} 10:00",
    }


def test_other_quiet_hours_are_respected():
    early_to_bed = Calendar(quiet_from=time(17))
    request = taken(hour("2026-03-12", "14:00"), "2026-03-02 10:00", "2026-03-02 11:00")
    assert plan(request, calendar=early_to_bed)["evening_before"] == "2026-03-11 16:30"


def test_one_thing_to_do_is_a_fact_and_does_not_change():
    with pytest.raises(AttributeError):
        Due(K.ASK, NOW).kind = K.LAPSE  # type: ignore[misc]  # that is what is refused
