"""An appointment, not a wish: when help is wanted, proposed, agreed."""

from datetime import date, time, timedelta

import pytest

from models import Category, EventKind, Moment, Part, Reason, State
from tests.models.test_request import refused
from tests.models.world import CALENDAR, NOW, brussels, in_hours, shown

HOUR = timedelta(hours=1)
THURSDAY = date(2026, 3, 5)


@pytest.fixture
def wish(village, rosa, jan):
    """Some time; Jan comes."""
    request = village.request(rosa, asked=(jan,))
    request.offer(jan, NOW)
    return request


@pytest.mark.parametrize(
    "moment", [Moment(), Moment(THURSDAY, Part.MORNING), Moment(THURSDAY)], ids=["no day", "a part of a day", "a day"]
)
def test_without_an_hour_the_helper_proposes_one_and_the_resident_confirms(village, rosa, jan, moment):
    request = village.request(rosa, moment, asked=(jan,))
    request.offer(jan, NOW)
    assert request.needs_hour
    event = request.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    assert (event.kind, request.proposed) == (EventKind.PROPOSED, Moment(THURSDAY, None, time(10)))
    assert request.needs_hour
    event = request.confirm(rosa, NOW + HOUR, CALENDAR)
    assert (event.kind, request.moment, request.proposed) == (
        EventKind.CONFIRMED,
        Moment(THURSDAY, None, time(10)),
        None,
    )
    assert not request.needs_hour
    assert (shown(request.starts_at), shown(request.ends_at)) == ("2026-03-05 10:00", "2026-03-05 11:30")


def test_an_hour_that_does_not_suit_is_refused_and_another_one_proposed(wish, rosa, jan):
    wish.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    assert wish.refuse_time(rosa, NOW).kind is EventKind.TIME_REFUSED
    assert wish.proposed is None
    wish.propose(THURSDAY, time(14), jan, NOW, CALENDAR)
    assert wish.confirm(rosa, NOW, CALENDAR).kind is EventKind.CONFIRMED


def test_another_hour_is_taken_back_only_by_who_proposed_it_and_where_one_is_agreed(wish, rosa, jan):
    wish.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    with refused(Reason.NOT_NOW):  # what else would be agreed?
        wish.take_back_proposal(jan, NOW)
    wish.confirm(rosa, NOW, CALENDAR)
    with refused(Reason.NOT_NOW):
        wish.take_back_proposal(jan, NOW)
    wish.propose(THURSDAY, time(14), jan, NOW, CALENDAR)
    with refused(Reason.NOT_FOUND):
        wish.take_back_proposal(rosa, NOW)
    wish.take_back_proposal(jan, NOW)
    assert (wish.proposed, wish.moment) == (None, Moment(THURSDAY, None, time(10)))


def test_only_the_helper_proposes_and_only_the_resident_answers(wish, rosa, jan):
    with refused(Reason.NOT_FOUND):
        wish.propose(THURSDAY, time(10), rosa, NOW, CALENDAR)
    wish.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    with refused(Reason.NOT_FOUND):
        wish.confirm(jan, NOW, CALENDAR)
    with refused(Reason.NOT_FOUND):
        wish.refuse_time(jan, NOW)


def test_who_only_offered_proposes_nothing(offered, jan):
    with refused(Reason.NOT_FOUND):
        offered.propose(THURSDAY, time(10), jan, NOW, CALENDAR)


def test_without_a_proposal_there_is_nothing_to_answer(wish, rosa):
    with refused(Reason.NOT_NOW):
        wish.confirm(rosa, NOW, CALENDAR)
    with refused(Reason.NOT_NOW):
        wish.refuse_time(rosa, NOW)


def test_nobody_proposes_or_confirms_an_hour_that_is_over(wish, rosa, jan):
    with refused(Reason.PAST):
        wish.propose(CALENDAR.day(NOW), time(9), jan, NOW, CALENDAR)
    wish.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    with refused(Reason.PAST):
        wish.confirm(rosa, brussels("2026-03-05 10:00"), CALENDAR)


def test_a_proposal_goes_with_the_helper_who_made_it(wish, jan):
    wish.propose(THURSDAY, time(10), jan, NOW, CALENDAR)
    wish.hand_back(jan, NOW)
    assert (wish.state, wish.proposed) == (State.OPEN, None)


def test_an_ended_request_takes_no_proposal(taken, rosa, jan):
    taken.cancel(rosa, NOW)
    with refused(Reason.CANCELLED):
        taken.propose(THURSDAY, time(10), jan, NOW, CALENDAR)


@pytest.mark.parametrize(
    ("category", "ends"), [(Category.GROCERIES, "11:30"), (Category.GARDEN, "12:00"), (Category.PETS, "11:00")]
)
def test_an_hour_lasts_as_long_as_its_category(village, rosa, category, ends):
    request = village.request(rosa, Moment(THURSDAY, None, time(10)), category=category)
    assert shown(request.ends_at) == f"2026-03-05 {ends}"


def test_a_part_of_the_day_lasts_as_long_as_it_is_and_can_be_used_to_its_end(village, rosa):
    request = village.request(rosa, Moment(THURSDAY, Part.AFTERNOON))
    assert (shown(request.starts_at), shown(request.ends_at)) == ("2026-03-05 14:00", "2026-03-05 18:00")
    assert (request.deadline_at, request.last_chance_at) == (request.starts_at, request.ends_at)


@pytest.mark.parametrize(("category", "days"), [(Category.PHARMACY, 1), (Category.GARDEN, 10), (Category.OTHER, 5)])
def test_without_a_day_the_category_says_by_when_somebody_must_be_found(village, rosa, category, days):
    request = village.request(rosa, category=category)
    assert (request.starts_at, request.ends_at) == (None, None)
    assert request.deadline_at == request.last_chance_at == CALENDAR.days_after(NOW, days)


@pytest.mark.parametrize(
    "moment",
    [Moment(date(2026, 3, 2), None, time(10)), Moment(date(2026, 3, 2), Part.MORNING), Moment(date(2026, 3, 1))],
    ids=["this very minute", "the part that just ended", "yesterday"],
)
def test_nobody_asks_for_what_is_over(village, rosa, moment):
    at = brussels("2026-03-02 12:00") if moment.part else NOW
    with refused(Reason.PAST):
        village.request(rosa, moment, at=at)


def test_this_morning_can_still_be_asked_for_in_the_morning(village, rosa):
    request = village.request(rosa, Moment(date(2026, 3, 2), Part.MORNING))
    assert request.deadline_at < NOW
    assert request.search_until == request.last_chance_at == brussels("2026-03-02 12:00")


def test_a_part_that_begins_soon_is_searched_for_to_its_end(village, rosa):
    soon = village.request(rosa, Moment(date(2026, 3, 2), Part.NOON), at=brussels("2026-03-02 10:01"))
    later = village.request(rosa, Moment(date(2026, 3, 2), Part.NOON), at=brussels("2026-03-02 10:00"))
    assert (shown(soon.search_until), shown(later.search_until)) == ("2026-03-02 14:00", "2026-03-02 12:00")


def test_news_of_the_next_twelve_hours_may_break_the_night(village, rosa):
    request = village.request(rosa, in_hours(48))
    assert not request.is_urgent(request.starts_at - 12 * HOUR - timedelta(seconds=1))
    assert request.is_urgent(request.starts_at - 12 * HOUR)
    assert request.is_urgent(request.ends_at + timedelta(minutes=59))
    assert not request.is_urgent(request.ends_at + HOUR)


def test_what_has_no_day_is_never_urgent(village, rosa):
    request = village.request(rosa)
    assert not request.is_urgent(request.deadline_at)


def test_the_zone_of_the_clocks_is_kept(village, rosa):
    assert village.request(rosa).zone == "Europe/Brussels"


@pytest.mark.parametrize(
    ("hour", "part"),
    [(time(7), Part.MORNING), (time(12), Part.NOON), (time(14), Part.AFTERNOON), (time(18), Part.EVENING)],
)
def test_an_hour_is_in_a_part_of_the_day(hour, part):
    assert Moment(THURSDAY, None, hour).part_of_day is part


def test_a_day_without_a_part_is_any_part():
    assert Moment(THURSDAY).part_of_day is Part.ANY
    assert Moment(THURSDAY, Part.NOON).part_of_day is Part.NOON
