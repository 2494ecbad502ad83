"""The call list: what must be said by telephone, and when it need not be said any more."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models import Call, CallKind, CallState, EventKind, Outcome, Person, Reason, Refused, Request
from models.call import settle_calls, want_call
from tests.models.world import CALENDAR, NOW, SOME_TIME, Village, in_hours, starts


@pytest.fixture
def maria(village: Village) -> Person:
    """Somebody without Telegram."""
    return Person(first_name="Maria", area=village.centre, since=NOW, seen_at=NOW)


@pytest.fixture
def by_phone(village: Village, maria: Person, jan: Person, mia: Person, session: Session) -> Request:
    """Hers, for the day after tomorrow at ten; both volunteers were asked, and she wants to know first who comes."""
    request = village.request(maria, in_hours(48), asked=(jan, mia), wants_to_know=True)
    session.add(request)
    session.flush()
    return request


def wanted(session: Session, request: Request, card: str = "request") -> Call:
    call = want_call(session, request, card, NOW)
    assert call is not None
    session.flush()
    return call


def test_nobody_is_called_about_a_question_that_was_just_sent_or_a_message(
    session: Session, by_phone: Request, jan: Person
):
    by_phone.offer(jan, NOW)
    assert want_call(session, by_phone, "", NOW) is None
    assert want_call(session, by_phone, "task", NOW) is None


def test_the_same_is_wanted_once(session: Session, by_phone: Request, jan: Person):
    by_phone.offer(jan, NOW)
    call = wanted(session, by_phone)
    assert call.kind is CallKind.OFFER
    assert want_call(session, by_phone, "request", NOW) is None


def test_it_is_void_when_another_offers(session: Session, by_phone: Request, jan: Person, mia: Person):
    by_phone.offer(jan, NOW)
    call = wanted(session, by_phone)
    by_phone.hand_back(jan, NOW)
    by_phone.offer(mia, NOW)
    assert not call.still_true(NOW)
    assert settle_calls(session, by_phone, NOW, answered=False)
    assert call.state is CallState.VOID
    assert not settle_calls(session, by_phone, NOW, answered=False), "there is nothing left to settle"
    assert wanted(session, by_phone) is not call


def test_what_was_answered_on_the_phone_is_done(session: Session, by_phone: Request, jan: Person, maria: Person):
    by_phone.offer(jan, NOW)
    call = wanted(session, by_phone)
    by_phone.agree(maria, NOW, jan)
    settle_calls(session, by_phone, NOW, answered=True)
    assert call.state is CallState.DONE


def test_a_question_without_an_answer_is_asked_again_and_news_is_not(
    session: Session, by_phone: Request, jan: Person, maria: Person, an: Person
):
    by_phone.offer(jan, NOW)
    call = wanted(session, by_phone)
    assert call.done(an, NOW).kind is EventKind.CALLED
    assert wanted(session, by_phone) is call
    assert call.state is CallState.WAITING
    by_phone.agree(maria, NOW, jan)
    settle_calls(session, by_phone, NOW, answered=True)
    news = wanted(session, by_phone)
    assert news.kind is CallKind.HELPER
    news.done(an, NOW)
    assert want_call(session, by_phone, "request", NOW) is None


def test_who_did_not_pick_up_comes_last_and_what_is_urgent_first(
    session: Session, village: Village, jan: Person, an: Person
):
    calls = []
    for moment in (SOME_TIME, SOME_TIME, in_hours(3)):
        maria = Person(first_name="Maria", area=village.centre, since=NOW, seen_at=NOW)
        request = village.request(maria, moment, asked=(jan,))
        session.add(request)
        session.flush()
        request.offer(jan, NOW)
        calls.append(wanted(session, request))
    old, young, urgent = calls
    assert Call.waiting_in(session, [village.town], NOW) == [urgent, old, young]
    old.not_reached(an, NOW)
    urgent.not_reached(an, NOW + timedelta(minutes=1))
    assert Call.waiting_in(session, [village.town], NOW)[0] is young
    assert set(Call.waiting_in(session, [village.town], NOW)[1:]) == {old, urgent}
    assert Call.waiting_in(session, [village.meldert], NOW) == []


def test_a_reminder_is_nothing_when_the_moment_has_come(
    session: Session, by_phone: Request, jan: Person, maria: Person
):
    by_phone.offer(jan, NOW)
    by_phone.agree(maria, NOW, jan)
    call = wanted(session, by_phone, "reminder")
    assert call.still_true(starts(by_phone) - timedelta(minutes=1))
    assert not call.still_true(starts(by_phone))
    with pytest.raises(Refused) as refused:
        call.done(maria, starts(by_phone))
    assert refused.value.reason is Reason.NOT_NOW


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.PARTLY, Outcome.NOT_NEEDED])
def test_nobody_is_called_about_what_they_said_themselves(
    session: Session, by_phone: Request, an: Person, outcome: Outcome
):
    by_phone.close(outcome, an, NOW)
    assert want_call(session, by_phone, "request", NOW) is None


def test_that_nobody_was_found_is_told_for_a_week(session: Session, by_phone: Request):
    by_phone.lapse(NOW)
    call = wanted(session, by_phone)
    assert call.kind is CallKind.OVER
    assert call.still_true(NOW + timedelta(days=6))
    assert not call.still_true(NOW + timedelta(days=7))


def test_a_proposed_hour_takes_the_place_of_who_comes(session: Session, village: Village, maria: Person, jan: Person):
    request = village.request(maria, SOME_TIME, asked=(jan,))
    session.add(request)
    session.flush()
    request.offer(jan, NOW)
    helper = wanted(session, request)
    day = CALENDAR.day(NOW + timedelta(days=1))
    request.propose(day, starts(village.request(maria, in_hours(24))).time(), jan, NOW, CALENDAR)
    settle_calls(session, request, NOW, answered=False)
    assert helper.state is CallState.VOID
    assert wanted(session, request).kind is CallKind.HOUR


def test_a_reminder_says_who_comes_too(session: Session, by_phone: Request, jan: Person, maria: Person):
    by_phone.offer(jan, NOW)
    by_phone.agree(maria, NOW, jan)
    helper = wanted(session, by_phone)
    reminder = wanted(session, by_phone, "reminder")
    assert (helper.state, reminder.state) == (CallState.VOID, CallState.WAITING)


def test_who_has_telegram_by_now_is_not_called(
    session: Session, by_phone: Request, jan: Person, maria: Person, an: Person
):
    by_phone.offer(jan, NOW)
    call = wanted(session, by_phone)
    maria.use_telegram_id(4711)
    assert not call.still_true(NOW)
    assert not by_phone.may_be_answered_by(an), "she answers herself now"
