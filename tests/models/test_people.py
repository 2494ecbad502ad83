"""People and what they may do: everybody, volunteers, coordinators; and who becomes one."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models import Coordinator, EventKind, Invitation, Person, Reason, Role, Volunteer, VolunteerState
from tests.models.test_request import refused
from tests.models.world import NOW

HOUR = timedelta(hours=1)


# ── roles ──


def test_everybody_may_do_what_everybody_may(rosa):
    assert [role for role in Role if rosa.has(role)] == [Role.EVERYONE]


@pytest.mark.parametrize("state", VolunteerState)
def test_only_an_approved_volunteer_is_one(village, state):
    jan = village.volunteer("Jan", state=state)
    assert jan.has(Role.VOLUNTEER) is (state is VolunteerState.APPROVED)


def test_a_coordinator_answers_for_an_area_and_all_in_it_and_nothing_else(session: Session, village, an):
    session.add(an)
    session.add_all(village.zone.and_below())
    session.flush()
    assert an.has(Role.COORDINATOR)
    assert an.coordinates_area(village.town)
    assert an.coordinates_area(village.centre)
    assert not an.coordinates_area(village.zone)
    assert not an.coordinates_area(None)


def test_who_has_no_telegram_or_blocked_the_bot_cannot_be_told(village):
    jan, paper = village.person("Jan"), Person(first_name="Nonkel", since=NOW, seen_at=NOW)
    assert jan.can_be_told()
    assert not paper.can_be_told()
    jan.unreachable_since = NOW
    assert not jan.can_be_told()


def test_a_person_is_found_by_their_telegram_account(session: Session, village, rosa, jan):
    session.add_all([rosa, jan])
    session.flush()
    assert session.scalars(Person.with_telegram_id(int(jan.telegram_id or 0))).one() is jan
    assert session.scalars(Person.with_telegram_id(99)).first() is None


def test_the_coordinators_of_an_area_come_in_a_fixed_order(session: Session, village):
    people = [village.coordinator(name, village.town) for name in "CAB"]
    session.add_all([*people, village.coordinator("Elsewhere", village.zone)])
    session.flush()
    assert list(session.scalars(Coordinator.people_of(village.town))) == people


# ── volunteers ──


def test_a_coordinator_approves_or_declines_who_applied(village, an):
    for decide, state, kind in (
        (Volunteer.approve, VolunteerState.APPROVED, EventKind.APPROVED),
        (Volunteer.decline, VolunteerState.DECLINED, EventKind.DECLINED),
    ):
        jan = village.volunteer("Jan", state=VolunteerState.APPLIED)
        event = decide(jan.volunteer, an, NOW)
        assert (jan.volunteer.state, event.kind, event.by, event.person, event.at) == (state, kind, an, jan, NOW)


@pytest.mark.parametrize("state", VolunteerState)
def test_only_who_is_new_was_declined_or_stopped_comes_forward(village, state):
    mine = village.volunteer("Jan", state=state).volunteer
    if state in {VolunteerState.DECLINED, VolunteerState.ENDED}:
        event = mine.apply(NOW + HOUR)
        assert (event.kind, event.by, event.person) == (EventKind.APPLIED, mine.person, mine.person)
        assert (mine.state, mine.applied_at) == (VolunteerState.APPLIED, NOW + HOUR)
    else:
        with refused(Reason.NOT_NOW):
            mine.apply(NOW + HOUR)
        assert (mine.state, mine.applied_at) == (state, NOW)


def test_who_comes_forward_for_the_first_time_waits_for_a_coordinator(rosa):
    mine = Volunteer(person=rosa)
    mine.apply(NOW)
    assert (mine.state, mine.applied_at) == (VolunteerState.APPLIED, NOW)


def test_what_is_decided_is_not_decided_again(jan, an):
    for decide in (jan.volunteer.approve, jan.volunteer.decline):
        with refused(Reason.NOT_NOW):
            decide(an, NOW)


def test_who_waits_longest_is_decided_about_first(session: Session, village):
    waiting = [
        village.volunteer(name, state=VolunteerState.APPLIED, applied=NOW - days * 24 * HOUR)
        for name, days in (("Two", 2), ("Three", 3), ("One", 1))
    ]
    session.add_all([*waiting, village.volunteer("Approved")])
    session.flush()
    found = session.scalars(Volunteer.in_state(VolunteerState.APPLIED))
    assert [volunteer.person.first_name for volunteer in found] == ["Three", "Two", "One"]


# ── invitations ──


def test_an_invitation_works_once_and_for_a_day(session: Session, village):
    invitation = Invitation(secret="s3cret", area=village.town, expires_at=NOW + 24 * HOUR)
    session.add(invitation)
    session.flush()
    found = session.scalars(Invitation.with_secret("s3cret")).one()
    assert found.valid(NOW + 23 * HOUR)
    assert not found.valid(NOW + 24 * HOUR)
    found.used_at = NOW
    assert not found.valid(NOW)
    assert session.scalars(Invitation.with_secret("another")).first() is None


def test_only_a_fingerprint_of_the_secret_is_kept(session: Session, village):
    session.add(Invitation(secret="s3cret", area=village.town, expires_at=NOW))
    session.flush()
    stored = session.execute(text("SELECT secret FROM invitation")).scalar_one()
    assert len(stored) == 64
    assert "s3cret" not in stored
