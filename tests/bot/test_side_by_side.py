"""On PostgreSQL turns run side by side: never two of one person, and nothing is decided on what was true."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.database import open_engine
from bot.gap import Gap
from bot.given import Given
from bot.letters import Post, To
from bot.mailroom import settle_and_claim
from bot.route import Route
from bot.routing import Router
from bot.rows import LARGEST_ID, Rows
from bot.screen import Screen
from bot.sealing import new_key
from bot.settings import load
from bot.turn import Turn
from bot.turns import Outcome, Turns
from bot.workers import Workers
from models import Person
from models.letter import Letter, LetterState, Priority
from models.refused import Refused
from models.seen import Fact
from tests.bot.machine import Gate, routes
from tests.support import databases
from tests.support.clock import START, HandClock
from tests.support.town import populate

pytestmark = pytest.mark.postgresql
SOON = 20  # seconds
LOCKS = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


@dataclass
class Process:
    """The turns of one process of several on this database."""

    turns: Turns
    threads: ThreadPoolExecutor

    def take(self, update_id: int, who: int, handler: Callable[[Turn], Screen | None]) -> "Future[Outcome]":
        """Somebody does something, in a thread of its own."""
        given = Given(1, update_id, who, True, who, "Anna", "nl", "text", text="hallo")
        outcome = Outcome()

        def take() -> Outcome:
            self.turns.take(update_id, given, Route("hello", handler), (), outcome)
            return outcome

        return self.threads.submit(take)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return databases.url_in(tmp_path)


@pytest.fixture
def processes(address: str) -> Iterator[tuple[Process, Process]]:
    """Two of them."""
    settings = load(_env_file=None, token="1:x", key=new_key(), database_url=address)
    engines = [open_engine(address, settings.key_ring()) for _ in range(2)]
    populate(engines[0])
    with ThreadPoolExecutor(4) as threads:
        both = [Process(Turns(engine, settings, HandClock(), Router(), Workers(1)), threads) for engine in engines]
        yield both[0], both[1]
    for each in both:
        each.turns.close()


def waits_for_a_lock(process: Process) -> None:
    """Return as soon as a turn waits for another one of the same person."""
    with process.turns.engine.connect() as connection:
        while not connection.execute(LOCKS).scalar():
            pass


def count(turn: Turn) -> None:
    """Read, then write: what a second one at the same time would lose."""
    fact = turn.session.get(Fact, "count")
    turn.session.merge(Fact(name="count", value=str(int(fact.value) + 1 if fact else 1)))


def people(process: Process) -> int:
    with process.turns.session() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_two_turns_of_one_person_never_run_at_once_and_two_first_messages_make_one_person(
    processes: tuple[Process, Process],
):
    gate = Gate()

    def wait(turn: Turn) -> None:
        gate.pass_through()
        count(turn)

    first = processes[0].take(1, 7, wait)
    assert gate.entered.wait(SOON)
    second = processes[1].take(2, 7, count)
    waits_for_a_lock(processes[0])
    other = processes[1].take(3, 8, lambda _turn: None)
    assert other.result(SOON).committed, "somebody else does not wait"
    assert not second.done()
    gate.open.set()
    assert (first.result(SOON).committed, second.result(SOON).committed) == (True, True)
    with processes[0].turns.session() as session:
        assert session.get_one(Fact, "count").value == "2"
    assert people(processes[0]) == 2


def test_a_new_person_who_was_there_first_after_all_is_no_error(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
):
    """Without the lock both would write the row; the unique key lets one through, and the other is done again."""
    monkeypatch.setattr("bot.turns.alone_with", lambda _session, _who: None)
    tries = []

    def meet(turn: Turn) -> None:
        tries.append(turn.person.id)

    gate = Gate()

    def wait(turn: Turn) -> None:
        gate.pass_through()
        meet(turn)

    first = processes[0].take(1, 7, wait)
    assert gate.entered.wait(SOON)
    second = processes[1].take(2, 7, meet)
    with processes[0].turns.engine.connect() as connection:
        while not connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
            pass
    gate.open.set()
    assert (first.result(SOON).committed, second.result(SOON).committed) == (True, True)
    assert people(processes[0]) == 1
    assert len(tries) == 2
    assert len(set(tries)) == 1


def test_two_that_wait_for_each_other_are_both_done(processes: tuple[Process, Process]):
    for update_id, who in ((1, 7), (2, 8)):
        assert processes[0].take(update_id, who, lambda _turn: None).result(SOON).committed
    meet, over, tries = threading.Barrier(2), threading.Event(), []

    def lock(*order: int) -> Callable[[Turn], None]:
        def handler(turn: Turn) -> None:
            tries.append(order)
            if len(tries) > 2:  # else it can be quicker than who waits for the same row, and they meet once more
                assert over.wait(SOON)
            turn.get(Person, order[0], lock=True)
            if len(tries) <= 2:
                meet.wait(SOON)
            turn.get(Person, order[1], lock=True)
            count(turn)

        return handler

    one, other = processes[0].take(3, 7, lock(1, 2)), processes[1].take(4, 8, lock(2, 1))
    for each in (one, other):
        each.add_done_callback(lambda _: over.set())
    assert (one.result(SOON).committed, other.result(SOON).committed) == (True, True)
    assert len(tries) == 3, "one of them was done again"
    with processes[0].turns.session() as session:
        assert session.get_one(Fact, "count").value == "2"


def test_who_answers_while_all_questions_are_shown_once_more_reads_the_one_that_comes_then(
    processes: tuple[Process, Process],
):
    gate, tour = Gate(), routes()
    for each in processes:
        each.turns.router = tour

    def answer(turn: Turn) -> Screen | None:
        gate.pass_through()
        assert turn.dialogue is not None
        return turn.dialogue.take(replace(turn.given, text="Bello"))

    assert processes[0].take(1, 7, lambda turn: turn.begin("tour")).result(SOON).committed
    first = processes[0].take(2, 7, answer)
    assert gate.entered.wait(SOON)
    shown = processes[1].threads.submit(Gap(timedelta(minutes=5)).show, processes[1].turns)
    waits_for_a_lock(processes[0])
    gate.open.set()
    assert first.result(SOON).committed
    shown.result(SOON)
    with processes[0].turns.session() as session:
        newest = session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()
        assert newest.body is not None
        assert newest.body["text"].endswith("Welke kleur heeft Bello?")


def test_what_is_locked_is_read_anew(processes: tuple[Process, Process]):
    assert processes[0].take(1, 7, lambda _turn: None).result(SOON).committed
    with processes[0].turns.session() as session, session.begin():
        mine = session.get_one(Person, 1)
        assert mine.phone is None
        with processes[1].turns.session() as other, other.begin():
            other.get_one(Person, 1).phone = "016 12 34 56"
        assert Rows(session).get(Person, 1).phone is None
        assert Rows(session).get(Person, 1, lock=True).phone == "016 12 34 56"
    with processes[0].turns.session() as session, session.begin():
        session.get_one(Person, 1)
        with processes[1].turns.session() as other, other.begin():
            other.get_one(Person, 1).phone = "016 65 43 21"
        [again] = Rows(session).lock_all(select(Person))
        assert again.phone == "016 65 43 21"


@pytest.mark.parametrize("key", [0, -1, LARGEST_ID, LARGEST_ID + 1, 2**63 - 1, 2**63])
def test_an_id_that_cannot_be_one_does_not_exist(processes: tuple[Process, Process], key: int):
    with processes[0].turns.session() as session, session.begin(), pytest.raises(Refused):
        Rows(session).get(Person, key)


def test_a_letter_that_a_turn_has_in_hand_is_not_sent_meanwhile_and_a_cancelled_one_never(
    processes: tuple[Process, Process],
):
    to, screen = To("7"), Screen("Dorpsstraat 12").as_card("task", "request:7")
    with processes[0].turns.session() as session, session.begin():
        Post(session, START).send(to, screen, priority=Priority.NOTICE)

    def claimed() -> list[int]:
        return [each.id for each in settle_and_claim(processes[1].turns, list, 8).envelopes]

    with processes[0].turns.session() as session, session.begin():
        post = Post(session, START)
        letter = post.card(to, "request:7", "task")
        assert letter is not None
        assert claimed() == []
        post.cancel(letter)
    assert claimed() == []
    with processes[0].turns.session() as session, session.begin():
        Post(session, START).send(to, screen, priority=Priority.NOTICE)
    assert len(claimed()) == 1
    with processes[0].turns.session() as session:
        assert session.scalars(select(Letter.state).order_by(Letter.id)).all() == [
            LetterState.CANCELLED,
            LetterState.SENDING,
        ]
