"""Who is asked, in which order, and why."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models import Attention, Category, EventKind, Moment, Outcome, Part, Person, Request, State, VolunteerState
from models.matching import (
    WEEKLY_CAP,
    Ring,
    all_rest,
    candidates,
    coordinators_for,
    fits,
    needing_attention,
    open_for,
    stayed_away,
    times_of,
)
from tests.models.world import ALWAYS, NOW, in_hours

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)


@pytest.fixture
def store(session: Session):
    """Keep people and requests in the database."""

    def keep(*things):
        session.add_all(things)
        session.flush()

    return keep


def found(session: Session, request: Request, ring: Ring = Ring.NEAR) -> list[str]:
    return [volunteer.person.first_name for volunteer in candidates(session, request, ring, NOW)]


def helped(village, helper: Person, at) -> Request:
    """A task that `helper` took `at`."""
    request = village.request(village.person("Somebody"), at=at, asked=(helper,))
    request.offer(helper, at)
    return request


# ── what fits ──


def test_category_place_and_moment_must_all_fit(village, rosa):
    request = village.request(rosa, Moment(MONDAY, Part.EVENING))
    yes = village.volunteer("Jan", times=["week-evening"]).volunteer
    assert fits(yes, request, Ring.NEAR)
    for other in (
        village.volunteer("Other category", categories=[Category.GARDEN]),
        village.volunteer("Other place", village.meldert),
        village.volunteer("Other part of the day", times=["week-morning"]),
        village.volunteer("Other part of the week", times=["weekend-evening"]),
        village.volunteer("Nothing chosen", times=[]),
    ):
        assert not fits(other.volunteer, request, Ring.NEAR), other.first_name


def test_the_wider_ring_is_the_whole_municipality(village, rosa):
    request = village.request(rosa)
    neighbour = village.volunteer("Jan", village.meldert).volunteer
    assert fits(neighbour, request, Ring.WIDER)
    assert not fits(neighbour, request, Ring.NEAR)


def test_who_chose_the_municipality_is_near_everywhere_in_it(village, rosa):
    assert fits(village.volunteer("Jan", village.town).volunteer, village.request(rosa), Ring.NEAR)


def test_a_request_for_the_municipality_is_near_to_all_its_neighbourhoods(village, rosa):
    request = village.request(rosa, area=village.town)
    assert fits(village.volunteer("Jan", village.meldert).volunteer, request, Ring.NEAR)


@pytest.mark.parametrize(
    ("moment", "times"),
    [
        (Moment(), set()),
        (Moment(SATURDAY, Part.NOON), {"weekend-noon"}),
        (Moment(MONDAY, None, in_hours(0).hour), {"week-morning"}),
        (Moment(MONDAY), {"week-morning", "week-noon", "week-afternoon", "week-evening"}),
    ],
    ids=["some time", "a part of a weekend day", "an hour", "any time of a day"],
)
def test_a_moment_falls_into_parts_of_the_week(village, rosa, moment, times):
    assert times_of(village.request(rosa, moment, at=NOW - DAY)) == times <= set(ALWAYS)


# ── who is asked ──


def test_who_may_not_or_cannot_be_told_is_not_asked(village, rosa, store, session):
    request = village.request(rosa, in_hours(30))
    gone = village.volunteer("Gone")
    gone.unreachable_since = NOW
    on_paper = village.volunteer("On paper")
    on_paper.telegram_id = on_paper.telegram_key = None
    store(request, gone, on_paper, village.volunteer("Ready"))
    store(*(village.volunteer(state, state=state) for state in VolunteerState if state is not VolunteerState.APPROVED))
    assert found(session, request) == ["Ready"]


def test_nobody_is_asked_to_help_themselves(village, store, session):
    jan = village.volunteer("Jan")
    request = village.request(jan, in_hours(30))
    store(request, jan)
    assert found(session, request) == []


def test_nobody_is_asked_twice(village, rosa, jan, mia, store, session):
    request = village.request(rosa, in_hours(30), asked=(jan,))
    store(request, mia)
    assert found(session, request) == ["Mia"]


def test_the_longest_without_a_task_comes_first(village, rosa, store, session):
    old = village.volunteer("Long ago", applied=NOW - 400 * DAY)
    new = village.volunteer("New", applied=NOW - 10 * DAY)
    busy = village.volunteer("Yesterday", applied=NOW - 500 * DAY)
    waits = village.volunteer("Waits", applied=NOW - 30 * DAY)
    store(old, new, busy, waits)
    store(helped(village, old, NOW - 20 * DAY), helped(village, busy, NOW - DAY))
    request = village.request(rosa, in_hours(30))
    store(request)
    assert found(session, request) == ["Waits", "Long ago", "New", "Yesterday"]


def test_tasks_go_round(village, rosa, store, session):
    people = [village.volunteer(f"V{number}", applied=NOW - (9 - number) * DAY) for number in range(4)]
    store(*people)
    turns = []
    for step in range(8):
        at = NOW + step * 4 * DAY
        request = village.request(rosa, at=at)
        store(request)
        first = candidates(session, request, Ring.NEAR, at)[0].person
        request.ask(first, at, Ring.NEAR)
        request.offer(first, at)
        session.flush()
        turns.append(first.first_name)
    assert turns == ["V0", "V1", "V2", "V3"] * 2


def test_nobody_is_worn_out_and_after_a_week_they_are_asked_again(village, rosa, jan, store, session):
    store(jan, *(helped(village, jan, NOW - (7 - days) * DAY + DAY / 24) for days in range(WEEKLY_CAP)))
    request = village.request(rosa, in_hours(30))
    store(request)
    assert found(session, request) == []
    later = [each.person for each in candidates(session, request, Ring.NEAR, NOW + DAY)]
    assert later == [jan]


def test_where_nobody_was_asked_a_day_before_who_is_worn_out_is_asked_rather_than_nobody(
    village, rosa, jan, store, session
):
    far = village.volunteer("Far", village.meldert)
    store(jan, far, *(helped(village, each, NOW) for each in (jan, far) for _ in range(WEEKLY_CAP)))
    request = village.request(rosa, in_hours(48))
    store(request)
    assert found(session, request, Ring.WIDER) == []
    assert all_rest(session, request)
    near = [each.person for each in candidates(session, request, Ring.WIDER, NOW + DAY)]
    assert near == [jan], "those nearby go first"
    request.ask(village.person("Somebody"), NOW, Ring.NEAR)
    assert candidates(session, request, Ring.WIDER, NOW + DAY) == [], "somebody was asked: the others are left in peace"
    assert not all_rest(session, request)


def test_who_stayed_away_is_known_until_it_turns_out_well(village, rosa, jan, store, session):
    request = village.request(rosa, in_hours(1), asked=(jan,))
    request.offer(jan, NOW)
    store(request)
    request.report(Outcome.NOBODY_CAME, rosa, NOW + 2 * HOUR)
    session.flush()
    store(anew := village.request(rosa, in_hours(30)), elsewhere := village.request(village.person("X"), in_hours(30)))
    assert stayed_away(session, anew) == {jan.id}
    assert stayed_away(session, elsewhere) == set()
    request.report(Outcome.DONE, rosa, NOW + 3 * HOUR)
    session.flush()
    assert stayed_away(session, request) == set()


def test_what_was_handed_back_does_not_count(village, rosa, jan, store, session):
    tasks = [helped(village, jan, NOW - DAY) for _ in range(WEEKLY_CAP)]
    tasks[0].hand_back(jan, NOW)
    request = village.request(rosa, in_hours(30))
    store(request, *tasks)
    assert found(session, request) == ["Jan"]


def test_who_comes_back_is_asked_for_what_waits_by_the_same_rules(village, rosa, jan, mia, store, session):
    near, asked_before = village.request(rosa, in_hours(30)), village.request(rosa, in_hours(40), asked=(jan,))
    far, further = (village.request(rosa, in_hours(50), area=village.meldert) for _ in range(2))
    further.note(EventKind.WIDENED, NOW)
    own, taken = village.request(jan, in_hours(60)), village.request(rosa, in_hours(70), asked=(mia,))
    taken.offer(mia, NOW)
    over = village.request(rosa, in_hours(1))
    store(near, asked_before, far, further, own, taken, over)
    later = NOW + 2 * HOUR
    assert open_for(session, jan.volunteer, later) == [(near, Ring.NEAR), (further, Ring.WIDER)]
    jan.unreachable_since = NOW
    assert open_for(session, jan.volunteer, later) == []
    jan.unreachable_since, jan.volunteer.state = None, VolunteerState.PAUSED
    assert open_for(session, jan.volunteer, later) == []


def test_who_helped_three_times_this_week_is_not_asked_for_what_waits_either(village, rosa, jan, store, session):
    for hours in (80, 90, 100):
        request = village.request(rosa, in_hours(hours), asked=(jan,))
        request.offer(jan, NOW)
        store(request)
    waits = village.request(rosa, in_hours(30))
    store(waits)
    assert open_for(session, jan.volunteer, NOW) == []
    assert open_for(session, jan.volunteer, NOW + 8 * DAY) == []
    store(later := village.request(rosa, in_hours(24 * 9)))
    assert open_for(session, jan.volunteer, NOW + 8 * DAY) == [(later, Ring.NEAR)]


# ── who hears of it ──


def test_the_nearest_coordinators_hear_of_it(village, store, session):
    far, near = village.coordinator("Far", village.zone), village.coordinator("Near", village.town)
    store(far, near, village.centre)
    assert list(coordinators_for(session, village.centre)) == [near]
    near.unreachable_since = NOW
    assert list(coordinators_for(session, village.centre)) == [far]
    far.unreachable_since = NOW
    assert list(coordinators_for(session, village.centre)) == []
    assert list(coordinators_for(session, None)) == []


def test_a_coordinator_sees_what_is_not_over_the_most_urgent_first(village, rosa, jan, an, store, session):
    fine = village.request(rosa, in_hours(20), asked=(jan,))
    fine.offer(jan, NOW)
    soon, later, ended = (village.request(rosa, in_hours(hours)) for hours in (30, 60, 10))
    ended.cancel(rosa, NOW)
    alarmed = village.request(rosa, in_hours(200))
    alarmed.note(EventKind.ESCALATED, NOW, attention=Attention.ESCALATED)
    elsewhere = village.request(rosa, in_hours(5), area=village.meldert)
    silent = village.request(rosa, in_hours(3), asked=(jan,))
    silent.offer(jan, NOW)
    silent.note(EventKind.SILENT, NOW, attention=Attention.SILENT)
    store(fine, later, soon, ended, alarmed, elsewhere, silent)
    assert ended.state is State.ENDED
    assert needing_attention(session, [village.centre]) == [silent, alarmed, soon, later, fine]
    assert needing_attention(session, [village.town]) == [silent, alarmed, elsewhere, soon, later, fine]
    assert needing_attention(session, []) == []
