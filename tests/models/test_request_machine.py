"""Whatever people tap, in whatever order: what must hold of a request always holds."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import AskedState, Event, EventKind, Moment, Outcome, Part, Refused, State
from models.asked import verdict
from models.lifecycle import SEARCHING, TRANSITIONS, Action
from models.matching import reserve_of
from models.reminder import ReminderKind, due_for
from tests.models.world import CALENDAR, NOW, Village, in_hours

MOMENTS = [Moment(), in_hours(2), in_hours(30), in_hours(200), Moment(in_hours(24).day, Part.AFTERNOON), in_hours(24)]
PEOPLE = ("rosa", "jan", "mia", "tom", "an")


def test_every_step_of_the_table_begins_before_the_end():
    assert not [action for state, action in TRANSITIONS if state is State.ENDED]


def test_every_action_can_be_done_from_somewhere_and_every_state_can_be_left_and_reached():
    assert {action for _, action in TRANSITIONS} == set(Action)
    assert {state for state, _ in TRANSITIONS} == set(State) - {State.ENDED}
    assert set(TRANSITIONS.values()) == set(State)


def test_the_resident_and_a_coordinator_can_stop_it_at_any_time():
    for state in set(State) - {State.ENDED}:
        assert TRANSITIONS[state, Action.CANCEL] is State.ENDED
        assert TRANSITIONS[state, Action.CLOSE] is State.ENDED


class Life(RuleBasedStateMachine):
    """Taps in any order, by anybody, at any pace; refusals are answers, not errors."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.events: list[Event] = []

    @initialize(wants_to_know=st.booleans(), moment=st.sampled_from(MOMENTS))
    def send(self, wants_to_know: bool, moment: Moment) -> None:
        village = Village()
        self.people = {name: village.volunteer(name) for name in ("jan", "mia", "tom")}
        self.people |= {"rosa": village.person("rosa"), "an": village.coordinator("an", village.town)}
        asked = (self.people["jan"], self.people["mia"])
        self.request = village.request(self.people["rosa"], moment, wants_to_know=wants_to_know, asked=asked)

    def does(self, step, *arguments, by: str | None = None) -> None:
        before = self.facts()
        given = (*arguments, self.people[by]) if by else arguments
        try:
            event = step(*given, self.now)
        except Refused:
            assert self.facts() == before, "a refusal changed something"
        else:
            assert event.by is (self.people[by] if by else None)
            self.events.append(event)

    def facts(self) -> tuple[object, ...]:
        request = self.request
        asked = tuple((each.person, each.state, each.reserve_at) for each in request.asked)
        said = tuple((each.side, each.outcome) for each in request.reports)
        when = (request.moment, request.proposed, request.deadline_at, request.waiting_since)
        ends = (request.outcome, request.closed_at, request.attention)
        return (request.state, request.helper, request.code_word, request.taken_at, asked, said, when, ends)

    @rule(hours=st.sampled_from([1, 7, 26]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        step=st.sampled_from(["offer", "agree", "prefer_other", "hand_back", "decline", "join_reserve", "cancel"]),
        by=st.sampled_from(PEOPLE),
    )
    def somebody_taps(self, step: str, by: str) -> None:
        self.does(getattr(self.request, step), by=by)

    @rule(by=st.sampled_from(PEOPLE), outcome=st.sampled_from([Outcome.DONE, Outcome.PARTLY, Outcome.NOBODY_CAME]))
    def somebody_reports(self, by: str, outcome: Outcome) -> None:
        self.does(self.request.report, outcome, by=by)

    @rule(by=st.sampled_from(PEOPLE), hours=st.integers(-5, 60))
    def somebody_proposes(self, by: str, hours: int) -> None:
        wall = CALENDAR.wall(self.now + timedelta(hours=hours))
        self.does(lambda who, at: self.request.propose(wall.date(), wall.time(), who, at, CALENDAR), by=by)

    @rule(by=st.sampled_from(PEOPLE), suits=st.booleans())
    def somebody_answers_the_proposal(self, by: str, suits: bool) -> None:
        if suits:
            self.does(lambda who, at: self.request.confirm(who, at, CALENDAR), by=by)
        else:
            self.does(self.request.refuse_time, by=by)

    @rule(hours=st.integers(1, 100))
    @precondition(lambda self: self.request.state is not State.ENDED)
    def the_resident_changes_the_moment(self, hours: int) -> None:
        wall = CALENDAR.wall(self.now + timedelta(hours=hours))
        self.request.set_moment(Moment(wall.date(), None, wall.time()), CALENDAR, self.now)
        self.does(lambda who, at: self.request.change(who, at, "moment"), by="rosa")

    @rule(helper=st.sampled_from(PEOPLE))
    def a_coordinator_assigns(self, helper: str) -> None:
        self.does(self.request.assign, self.people[helper], by="an")

    @rule()
    def a_coordinator_closes(self) -> None:
        self.does(self.request.close, Outcome.REFERRED, by="an")

    @rule()
    def it_lapses(self) -> None:
        self.does(self.request.lapse)

    @invariant()
    def there_is_one_helper_when_it_is_taken_and_none_when_it_is_open(self) -> None:
        request = self.request
        assert (request.helper is None) or request.state is not State.OPEN
        assert (request.helper is not None) or request.state not in {State.TAKEN, State.OFFERED}
        assert request.helper is not request.resident

    @invariant()
    def there_is_a_code_word_exactly_while_it_is_taken(self) -> None:
        assert (self.request.code_word is not None) == (self.request.state is State.TAKEN)

    @invariant()
    def only_who_was_accepted_is_the_helpers_side(self) -> None:
        request = self.request
        accepted = {EventKind.ACCEPTED, EventKind.AGREED, EventKind.ASSIGNED}
        for person in self.people.values():
            try:
                request.side_of(person)
            except Refused:
                assert person is not request.resident
            else:
                assert person is request.resident or any(
                    event.kind in accepted and event.person is person for event in self.events
                )

    @invariant()
    def what_is_over_says_how_and_when(self) -> None:
        request, over = self.request, self.request.state is State.ENDED
        assert (request.outcome is not None) == (request.closed_at is not None) == over
        assert not over or request.attention is None

    @invariant()
    def nobody_whom_the_resident_did_not_want_comes_back(self) -> None:
        helper = self.request.asked_of(self.request.helper) if self.request.helper else None
        assert helper is None or helper.state is AskedState.ASKED
        unwanted = [event.person for event in self.events if event.kind is EventKind.PREFERRED_OTHER]
        assert self.request.helper not in unwanted or self.request.helper is None
        assert not {each.person for each in reserve_of(self.request)} & set(unwanted)

    @invariant()
    def the_history_names_when_and_who_but_for_the_clock(self) -> None:
        for event in self.events:
            assert event.at <= self.now
            assert event.request is self.request
            assert (event.by is None) == (event.kind is EventKind.LAPSED)

    @invariant()
    def what_is_agreed_is_not_open_to_judgement(self) -> None:
        assert self.request.state is not State.TAKEN or verdict(self.request.reports)[0] is None

    @invariant()
    def something_is_still_planned_for_whatever_is_not_over(self) -> None:
        request = self.request
        kinds = {due.kind for due in due_for(request, self.now, CALENDAR)}
        if request.state in SEARCHING:
            assert {ReminderKind.ESCALATE, ReminderKind.WARN, ReminderKind.LAPSE} <= kinds
        elif request.state is State.TAKEN:
            assert ReminderKind.SILENT in kinds or request.attention is not None
        else:
            assert kinds == {ReminderKind.WITHDRAW, ReminderKind.FORGET}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=25)
