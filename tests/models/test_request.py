"""The life of a request, step by step."""

import re
from datetime import timedelta

import pytest

from models import (
    Asked,
    AskedState,
    Attention,
    EventKind,
    Moment,
    Outcome,
    Part,
    Person,
    Reason,
    Refused,
    Request,
    Side,
    State,
)
from models.code_words import CODE_WORDS
from models.matching import reserve_of
from tests.models.world import CALENDAR, NOW, in_hours

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def refused(reason: Reason):
    return pytest.raises(Refused, check=lambda error: error.reason is reason)


def asked(request: Request, person: Person) -> Asked:
    found = request.asked_of(person)
    assert found is not None
    return found


# ── somebody helps ──


def test_the_first_volunteer_gets_the_task_and_both_get_a_code_word(request_, jan):
    event = request_.offer(jan, NOW)
    assert (event.kind, event.by, event.at) == (EventKind.ACCEPTED, jan, NOW)
    assert (request_.state, request_.helper, request_.taken_at) == (State.TAKEN, jan, NOW)
    assert request_.code_word in CODE_WORDS


def test_the_second_volunteer_comes_too_late_and_may_join_the_reserve(taken, mia):
    with refused(Reason.TAKEN):
        taken.offer(mia, NOW)
    event = taken.join_reserve(mia, NOW + HOUR)
    assert event.kind is EventKind.JOINED_RESERVE
    assert [each.person for each in reserve_of(taken)] == [mia]


def test_who_taps_twice_hears_that_the_task_is_theirs(taken, jan):
    with refused(Reason.YOURS):
        taken.offer(jan, NOW)
    with refused(Reason.YOURS):
        taken.join_reserve(jan, NOW)


def test_nobody_helps_themselves(request_, rosa):
    with refused(Reason.OWN):
        request_.offer(rosa, NOW)


def test_for_a_volunteer_who_was_not_asked_the_request_does_not_exist(request_, village):
    stranger = village.volunteer("Tom")
    for step in (request_.offer, request_.decline, request_.join_reserve, request_.hand_back):
        with refused(Reason.NOT_FOUND):
            step(stranger, NOW)


def test_a_resident_who_wants_to_know_first_decides_before_anybody_is_the_helper(offered, rosa, jan):
    assert (offered.state, offered.helper, offered.code_word, offered.taken_at) == (State.OFFERED, jan, None, None)
    event = offered.agree(rosa, NOW + HOUR)
    assert (event.kind, event.person) == (EventKind.AGREED, jan)
    assert (offered.state, offered.taken_at) == (State.TAKEN, NOW + HOUR)
    assert offered.code_word


def test_only_the_resident_says_good(offered, jan, mia):
    for person in (jan, mia):
        with refused(Reason.NOT_FOUND):
            offered.agree(person, NOW)


def test_good_said_to_one_volunteer_is_not_said_to_the_next_one(offered, rosa, jan, mia):
    offered.hand_back(jan, NOW)
    offered.offer(mia, NOW)
    with refused(Reason.NOT_NOW):
        offered.agree(rosa, NOW, jan)
    assert offered.agree(rosa, NOW, mia).person is mia


def test_the_one_who_only_offered_sees_no_address_and_writes_to_nobody(offered, rosa, jan):
    with refused(Reason.NOT_FOUND):
        offered.side_of(jan)
    assert not offered.relay_open(NOW)


def test_the_one_who_only_offered_stays_outside_when_the_request_is_cancelled(offered, rosa, jan):
    assert offered.cancel(rosa, NOW).person is jan
    with refused(Reason.NOT_FOUND):
        offered.side_of(jan)
    assert not offered.relay_open(NOW)


@pytest.mark.parametrize("moment", [in_hours(3), Moment(NOW.date(), Part.NOON)], ids=["an hour", "a part of the day"])
def test_nobody_says_yes_to_what_is_over(village, rosa, jan, moment):
    request = village.request(rosa, moment, asked=(jan,))
    with refused(Reason.PAST):
        request.offer(jan, request.last_chance_at)
    request.wants_to_know = True
    request.offer(jan, NOW)
    with refused(Reason.PAST):
        request.agree(rosa, request.last_chance_at)


def test_a_part_of_the_day_that_began_may_still_be_taken(village, rosa, jan):
    request = village.request(rosa, Moment(NOW.date(), Part.AFTERNOON), asked=(jan,))
    assert request.offer(jan, request.starts_at + HOUR).kind is EventKind.ACCEPTED


# ── rather somebody else, or no longer able ──


def test_the_resident_prefers_somebody_else_without_a_reason(taken, rosa, jan, mia):
    event = taken.prefer_other(rosa, NOW)
    assert (event.kind, event.person) == (EventKind.PREFERRED_OTHER, jan)
    assert (taken.state, taken.helper, taken.code_word) == (State.OPEN, None, None)
    assert taken.offer(mia, NOW).kind is EventKind.ACCEPTED


def test_whom_the_resident_did_not_want_does_not_come_back_by_a_detour(taken, rosa, jan, an):
    taken.prefer_other(rosa, NOW)
    for step in (taken.offer, taken.decline, taken.join_reserve):
        with refused(Reason.NOT_FOUND):
            step(jan, NOW)
    with refused(Reason.PREFERRED_OTHER):
        taken.assign(jan, an, NOW)
    assert asked(taken, jan).state is AskedState.REFUSED


def test_a_helper_who_cannot_come_hands_back_and_may_come_after_all(taken, jan):
    event = taken.hand_back(jan, NOW)
    assert (event.kind, event.by, event.person) == (EventKind.HANDED_BACK, jan, jan)
    assert (taken.state, taken.helper, taken.code_word, taken.attention) == (State.OPEN, None, None, None)
    assert asked(taken, jan).state is AskedState.HANDED_BACK
    assert taken.offer(jan, NOW).kind is EventKind.ACCEPTED


def test_handed_back_on_the_last_day_a_coordinator_looks(taken, jan):
    taken.hand_back(jan, taken.starts_at - 24 * HOUR)
    assert taken.attention is Attention.HANDED_BACK


def test_nobody_else_hands_back(taken, rosa, mia):
    for person in (rosa, mia):
        with refused(Reason.NOT_FOUND):
            taken.hand_back(person, NOW)


def test_the_reserve_is_asked_in_the_order_of_joining_it(village, rosa):
    people = [village.volunteer(name) for name in ("Jan", "Mia", "Tom", "Els")]
    request = village.request(rosa, in_hours(48), asked=tuple(people))
    jan, mia, tom, els = people
    request.offer(els, NOW)
    for late, person in enumerate((tom, jan, mia)):
        request.join_reserve(person, NOW + late * HOUR)
    assert [each.person for each in reserve_of(request)] == [tom, jan, mia]


def test_who_helps_no_longer_waits_on_the_reserve_list(taken, jan, mia):
    taken.join_reserve(mia, NOW)
    taken.hand_back(jan, NOW)
    taken.offer(mia, NOW)
    assert reserve_of(taken) == []


def test_one_may_leave_the_reserve_list_and_join_after_passing(taken, mia):
    assert taken.decline(mia, NOW).kind is EventKind.PASSED
    assert asked(taken, mia).state is AskedState.PASSED
    taken.join_reserve(mia, NOW)
    assert asked(taken, mia).state is AskedState.RESERVE


def test_there_is_no_reserve_for_what_is_free_or_over(request_, jan, rosa):
    with refused(Reason.NOT_NOW):
        request_.join_reserve(jan, NOW)
    request_.cancel(rosa, NOW)
    with refused(Reason.ENDED):
        request_.join_reserve(jan, NOW)


def test_the_helper_does_not_pass_but_hands_back(taken, jan):
    with refused(Reason.NOT_FOUND):
        taken.decline(jan, NOW)


# ── a coordinator ──


def test_a_coordinator_gives_the_task_to_somebody_who_was_never_asked(request_, an, village):
    tom = village.volunteer("Tom")
    event = request_.assign(tom, an, NOW)
    assert (event.kind, event.by, event.person, event.detail) == (EventKind.ASSIGNED, an, tom, None)
    assert (request_.state, request_.helper, asked(request_, tom).ring) == (State.TAKEN, tom, "assigned")


def test_a_coordinator_replaces_the_helper(taken, an, jan, mia):
    taken.attention = Attention.NOBODY_CAME
    word = taken.code_word
    taken.assign(mia, an, NOW)
    assert (taken.helper, taken.attention) == (mia, None)
    assert asked(taken, jan).state is AskedState.HANDED_BACK
    assert word
    assert taken.code_word


def test_whom_a_coordinator_finds_the_resident_still_wants_to_know_first(offered, an, mia):
    event = offered.assign(mia, an, NOW)
    assert (event.kind, event.by, event.person) == (EventKind.OFFERED, an, mia)
    assert (offered.state, offered.code_word) == (State.OFFERED, None)


def test_a_coordinator_does_not_assign_the_resident_nor_the_helper_again(taken, an, rosa, jan):
    with refused(Reason.OWN):
        taken.assign(rosa, an, NOW)
    with refused(Reason.YOURS):
        taken.assign(jan, an, NOW)


def test_a_coordinator_closes_with_an_outcome(taken, an, jan):
    event = taken.close(Outcome.REFERRED, an, NOW)
    assert (event.kind, event.by, event.person, event.detail) == (EventKind.ENDED, an, jan, "referred")
    assert (taken.state, taken.outcome, taken.closed_at) == (State.ENDED, Outcome.REFERRED, NOW)


def test_an_offer_makes_that_nobody_was_found_untrue(request_, jan):
    request_.note(EventKind.ESCALATED, NOW, attention=Attention.ESCALATED)
    request_.wants_to_know = True
    request_.offer(jan, NOW)
    assert request_.attention is None


def test_a_note_changes_nothing_but_the_history(taken):
    event = taken.note(EventKind.WROTE, NOW, taken.resident)
    assert (event.request, event.by, taken.attention) == (taken, taken.resident, None)
    assert taken.history[-1] is event


# ── afterwards ──


def test_both_say_the_same_and_it_ends_with_that(taken, rosa, jan):
    taken.report(Outcome.DONE, jan, taken.ends_at)
    assert taken.state is State.TAKEN
    event = taken.report(Outcome.DONE, rosa, taken.ends_at + HOUR)
    assert (event.kind, event.detail) == (EventKind.REPORTED, "resident:done")
    assert (taken.state, taken.outcome, taken.closed_at) == (State.ENDED, Outcome.DONE, taken.ends_at + HOUR)
    assert taken.code_word is None


def test_one_says_done_and_the_other_partly_it_ends_as_partly(taken, rosa, jan):
    taken.report(Outcome.DONE, jan, taken.ends_at)
    taken.report(Outcome.PARTLY, rosa, taken.ends_at)
    assert (taken.state, taken.outcome) == (State.ENDED, Outcome.PARTLY)


@pytest.mark.parametrize(
    ("resident", "helper"), [(Outcome.DONE, Outcome.NOT_NEEDED), (Outcome.NOT_NEEDED, Outcome.PARTLY)]
)
def test_where_they_disagree_a_coordinator_looks(taken, rosa, jan, resident, helper):
    taken.report(helper, jan, taken.ends_at)
    taken.report(resident, rosa, taken.ends_at)
    assert (taken.state, taken.attention) == (State.TAKEN, Attention.DISAGREED)


@pytest.mark.parametrize("helper_says", [None, Outcome.DONE])
def test_nobody_came_says_one_side_and_a_coordinator_looks(taken, rosa, jan, helper_says):
    if helper_says:
        taken.report(helper_says, jan, taken.starts_at)
    taken.report(Outcome.NOBODY_CAME, rosa, taken.starts_at)
    assert (taken.state, taken.attention) == (State.TAKEN, Attention.NOBODY_CAME)


def test_who_was_mistaken_says_it_again_and_nobody_need_look(taken, rosa, jan):
    taken.report(Outcome.NOBODY_CAME, rosa, taken.starts_at)
    taken.report(Outcome.DONE, rosa, taken.starts_at + HOUR)
    assert (taken.attention, len(taken.reports)) == (None, 1)
    taken.report(Outcome.DONE, jan, taken.ends_at)
    assert (taken.state, taken.outcome) == (State.ENDED, Outcome.DONE)


@pytest.mark.parametrize("first", [0, 1])
def test_that_nobody_came_ends_nothing_though_both_say_so(taken, rosa, jan, first):
    for side in ((rosa, jan), (jan, rosa))[first]:
        taken.report(Outcome.NOBODY_CAME, side, taken.ends_at)
        assert (taken.state, taken.attention) == (State.TAKEN, Attention.NOBODY_CAME)


def test_what_one_side_reports_does_not_hide_that_the_other_cannot_be_reached(taken, rosa, jan):
    rosa.unreachable_since = NOW
    taken.note(EventKind.UNREACHABLE, NOW, attention=Attention.UNREACHABLE)
    taken.report(Outcome.DONE, jan, taken.ends_at)
    assert taken.attention is Attention.UNREACHABLE


def test_an_answer_after_the_silence_settles_it(taken, jan):
    taken.note(EventKind.SILENT, NOW, attention=Attention.SILENT)
    taken.report(Outcome.DONE, jan, taken.ends_at)
    assert taken.attention is None


def test_nobody_can_have_failed_to_come_before_the_moment(taken, rosa):
    with refused(Reason.TOO_EARLY):
        taken.report(Outcome.NOBODY_CAME, rosa, taken.starts_at - timedelta(seconds=1))
    assert (taken.reports, taken.attention) == ([], None)
    taken.report(Outcome.NOBODY_CAME, rosa, taken.starts_at)


def test_without_a_day_one_may_say_at_any_time_that_nobody_comes(village, rosa, jan):
    request = village.request(rosa, asked=(jan,))
    request.offer(jan, NOW)
    request.report(Outcome.NOBODY_CAME, rosa, NOW)
    assert request.attention is Attention.NOBODY_CAME


def test_it_can_be_done_before_the_agreed_hour(taken, rosa, jan):
    taken.report(Outcome.DONE, jan, NOW)
    taken.report(Outcome.DONE, rosa, NOW)
    assert taken.state is State.ENDED


def test_only_the_two_say_how_it_went(taken, mia, an):
    for person in (mia, an):
        with refused(Reason.NOT_FOUND):
            taken.report(Outcome.DONE, person, taken.ends_at)


def test_before_somebody_helps_there_is_nothing_to_report(request_, rosa):
    with refused(Reason.NOT_NOW):
        request_.report(Outcome.DONE, rosa, NOW)


def test_the_two_may_write_each_other_from_acceptance_until_two_days_after(taken, rosa):
    assert taken.relay_open(NOW)
    taken.cancel(rosa, NOW)
    assert taken.relay_open(NOW + 47 * HOUR)
    assert not taken.relay_open(NOW + 48 * HOUR)


def test_each_side_knows_the_other(taken, rosa, jan):
    assert (taken.side_of(rosa), taken.side_of(jan)) == (Side.RESIDENT, Side.HELPER)
    assert taken.person_on(Side.RESIDENT.other) is jan
    assert taken.person_on(Side.HELPER.other) is rosa


# ── the end ──


def test_the_resident_stops_at_any_time(request_, rosa):
    event = request_.cancel(rosa, NOW)
    assert (event.kind, request_.outcome) == (EventKind.CANCELLED, Outcome.CANCELLED)


def test_what_is_cancelled_is_called_so_and_other_ends_are_ends(village, rosa, jan, an):
    cancelled, closed = (village.request(rosa, in_hours(48), asked=(jan,)) for _ in range(2))
    cancelled.cancel(rosa, NOW)
    closed.close(Outcome.DONE, an, NOW)
    with refused(Reason.CANCELLED):
        cancelled.offer(jan, NOW)
    with refused(Reason.ENDED):
        closed.offer(jan, NOW)


def test_when_the_moment_comes_and_nobody_was_found_it_lapses(village, rosa, jan):
    request = village.request(rosa, asked=(jan,))
    event = request.lapse(request.last_chance_at)
    assert (event.kind, event.by, event.person) == (EventKind.LAPSED, None, None)
    assert (request.state, request.outcome, request.helper) == (State.ENDED, Outcome.UNMET, None)


def test_when_the_moment_comes_and_the_resident_did_not_answer_somebody_had_been_found(offered, jan):
    event = offered.lapse(offered.starts_at)
    assert (event.kind, event.by, event.person) == (EventKind.LAPSED, None, jan)
    assert (offered.state, offered.outcome, offered.helper) == (State.ENDED, Outcome.UNANSWERED, None)


def test_a_task_does_not_lapse(taken):
    with refused(Reason.NOT_NOW):
        taken.lapse(taken.starts_at)


def test_a_request_without_a_day_that_comes_back_after_its_deadline_has_time_again(village, rosa, jan):
    request = village.request(rosa, asked=(jan,))
    request.offer(jan, NOW)
    late = request.deadline_at + DAY
    request.hand_back(jan, late)
    assert request.deadline_at == late + 2 * DAY


# ── changing ──


def test_the_resident_changes_the_moment_of_a_task_and_what_was_said_no_longer_counts(taken, rosa, jan):
    taken.report(Outcome.DONE, jan, NOW)
    taken.set_moment(in_hours(72), CALENDAR, NOW)
    event = taken.change(rosa, NOW, "moment")
    assert (event.kind, event.detail) == (EventKind.CHANGED, "moment")
    assert (taken.state, taken.helper, taken.reports) == (State.TAKEN, jan, [])
    assert taken.starts_at == NOW + 72 * HOUR


@pytest.mark.parametrize("why", [each for each in Attention if each is not Attention.UNREACHABLE])
def test_another_moment_begins_anew_for_the_coordinator_too(request_, rosa, why):
    request_.note(EventKind.ESCALATED, NOW, attention=why)
    request_.change(rosa, NOW, "text")
    assert request_.attention is why
    request_.change(rosa, NOW, "moment")
    assert request_.attention is None
    rosa.unreachable_since = NOW
    request_.change(rosa, NOW, "moment")
    assert request_.attention is Attention.UNREACHABLE


def test_another_text_leaves_what_was_said(taken, rosa, jan):
    taken.report(Outcome.DONE, jan, NOW)
    taken.change(rosa, NOW, "text")
    assert len(taken.reports) == 1


def test_nobody_changes_what_is_not_theirs_or_over(taken, rosa, jan):
    with refused(Reason.NOT_FOUND):
        taken.change(jan, NOW, "text")
    taken.cancel(rosa, NOW)
    with refused(Reason.CANCELLED):
        taken.change(rosa, NOW, "text")


def test_a_refusal_says_what_it_is_about_only_to_who_may_know(taken, village, rosa):
    with refused(Reason.NOT_FOUND) as hidden:
        taken.agree(village.person("Tom"), NOW)
    assert hidden.value.about is None
    with refused(Reason.NOT_NOW) as shown:
        taken.agree(rosa, NOW)
    assert (shown.value.about, str(shown.value)) == (taken, "not_now")


def test_code_words_are_short_and_each_is_one_word() -> None:
    assert len(CODE_WORDS) == len(set(CODE_WORDS)) >= 100
    assert not [word for word in CODE_WORDS if not re.fullmatch(r"[a-z]{3,10}", word)]
