"""While one of the two cannot be told anything a coordinator should look, whatever happens meanwhile."""

from datetime import timedelta

import pytest

from models import Attention, EventKind, Outcome, State
from tests.models.world import NOW, in_hours

HOUR = timedelta(hours=1)


@pytest.fixture
def lost(request_, rosa):
    """Nobody helps yet, and the resident cannot be reached any more."""
    rosa.unreachable_since = NOW
    request_.note(EventKind.UNREACHABLE, NOW, attention=Attention.UNREACHABLE)
    return request_


def test_somebody_who_accepts_does_not_bring_the_resident_back(lost, jan):
    lost.offer(jan, NOW)
    assert (lost.state, lost.attention, lost.gone) == (State.TAKEN, Attention.UNREACHABLE, lost.resident)


def test_nor_does_whom_a_coordinator_chooses_or_puts_back(lost, mia, village):
    an = village.coordinator("An", village.centre)
    lost.assign(mia, an, NOW)
    assert lost.attention is Attention.UNREACHABLE
    lost.put_back(an, NOW)
    assert lost.attention is Attention.UNREACHABLE


def test_who_hands_back_early_leaves_it_so_and_on_the_last_day_somebody_is_needed_first(lost, jan, mia):
    reasons = []
    lost.offer(jan, NOW)
    lost.hand_back(jan, NOW)
    reasons.append(lost.attention)
    lost.offer(mia, NOW)
    lost.hand_back(mia, lost.starts_at - HOUR)
    reasons.append(lost.attention)
    lost.offer(jan, lost.starts_at - HOUR)
    reasons.append(lost.attention)
    assert reasons == [Attention.UNREACHABLE, Attention.HANDED_BACK, Attention.UNREACHABLE]


def test_a_helper_who_is_gone_is_forgotten_with_the_task(taken, rosa, jan):
    jan.unreachable_since = NOW
    taken.note(EventKind.UNREACHABLE, NOW, attention=Attention.UNREACHABLE)
    taken.prefer_other(rosa, NOW)
    assert (taken.attention, taken.gone) == (None, None)


def test_whom_a_coordinator_chooses_may_be_gone_too(request_, jan, village):
    jan.unreachable_since = NOW
    request_.assign(jan, village.coordinator("An", village.centre), NOW)
    assert (request_.attention, request_.gone) == (Attention.UNREACHABLE, jan)


def test_back_again_nobody_need_look_unless_the_other_is_gone_too(lost, rosa, jan):
    lost.offer(jan, NOW)
    jan.unreachable_since = NOW
    rosa.unreachable_since = None
    lost.mind_who_is_gone()
    assert (lost.attention, lost.gone) == (Attention.UNREACHABLE, jan)
    jan.unreachable_since = None
    lost.mind_who_is_gone()
    assert lost.attention is None


def test_who_never_had_telegram_is_not_gone_and_what_is_over_is_over(lost, rosa, village):
    lost.close(Outcome.DONE, village.coordinator("An", village.centre), NOW)
    assert lost.attention is None
    paper = village.request(village.person("Paul"), in_hours(48))
    paper.resident.telegram_id = paper.resident.telegram_key = None
    paper.note(EventKind.WIDENED, NOW)
    assert paper.attention is None
