"""A bot with a few routes of its own, so that the machine is tested and not what the product says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

import psycopg
from sqlalchemy import event, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import Pool

from bot.forms import Again, Dialogue, Step
from bot.given import Given
from bot.routing import Router
from bot.screen import Button, Choice, Screen, row
from bot.turn import Turn
from models import Base, Person, Request
from models.form import Answers
from models.letter import Letter, LetterState
from models.person import Role
from models.refused import Reason, Refused
from models.seen import DeadUpdate, Fact
from tests.support import databases
from tests.support.town import Neighbour, Town

SECRET = "Dorpsstraat 12"
OVER = Screen.of("Voorbij.", row(Button("Tel", "count"))).as_card("task", "request:7").as_trace()


class Gate:
    """A handler waits here until the test lets it go on."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()

    def pass_through(self) -> None:
        self.entered.set()
        assert self.open.wait(20)


class Name(Step):
    name: ClassVar[str] = "name"
    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        return Screen.of("Hoe heet je hond?", row(Choice("Geen hond", "none")))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.text == "?":
            raise Again("Schrijf een naam.")
        answers[self.name] = given.choice or given.text


class Colour(Step):
    name: ClassVar[str] = "colour"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return answers["name"] != "none"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        return Screen.of(f"Welke kleur heeft {answers['name']}?", row(Choice("Zwart", "black"), Choice("Wit", "white")))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = given.choice


class Where(Step):
    name: ClassVar[str] = "where"
    takes: ClassVar[frozenset[str]] = frozenset({"location", "text"})
    keyboard: ClassVar[bool] = True

    def show(self, turn: Turn, answers: Answers) -> Screen:
        return Screen(text="Waar is dat?", place="Deel je plaats")

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = given.place or given.text


def request(turn: Turn) -> Request:
    """A request of which letters speak; the machine needs its id only."""
    return Request(id=7)


def somebody(turn: Turn, telegram_id: int) -> Person:
    return turn.session.scalars(Person.with_telegram_id(telegram_id)).one()


def count(turn: Turn) -> int:
    """Count for the person who acts; returns how often."""
    name = f"count.{turn.person.id}"
    fact = turn.session.get(Fact, name) or Fact(name=name, value="0")
    fact.value = str(int(fact.value) + 1)
    turn.session.add(fact)
    return int(fact.value)


def routes(gate: Gate | None = None) -> Router:
    """The routes of this bot."""
    router = Router()
    _add_commands(router)
    _add_taking_away(router)
    _add_dialogues_and_more(router)
    _add_buttons(router, gate)
    _add_forms(router)
    _add_the_rest(router)
    return router


def _add_commands(router: Router) -> None:
    def command(name: str) -> Any:
        return router.command(name, fr=f"{name}_fr", en=f"{name}_en", de=f"{name}_de")

    @router.command("start", fr="start", en="start", de="start", about="Begin")
    def start(turn: Turn) -> Screen:
        return Screen.of(
            f"Hallo {turn.person.first_name}",
            row(Button("Tel", "count"), Button("Weiger", "refuse")),
            row(Button("Breek", "break"), Button("Geheim", "secret")),
            row(Button("Wacht", "wait")),
        )

    @command("zeg")
    def tell(turn: Turn, to: int, word: str) -> Screen:
        turn.tell(somebody(turn, to), Screen(word))
        return Screen("Gezegd.")

    @command("dringend")
    def tell_urgently(turn: Turn, to: int, word: str) -> Screen:
        turn.tell(somebody(turn, to), Screen(word), urgent=True)
        return Screen("Gezegd.")

    @command("tot")
    def tell_until(turn: Turn, to: int, hours: int) -> Screen:
        turn.tell(somebody(turn, to), Screen("Te laat?"), urgent=True, valid_until=turn.now + timedelta(hours=hours))
        return Screen("Gezegd.")

    @command("kaart")
    def card(turn: Turn, to: int, word: str) -> Screen:
        shown = Screen.of(word, row(Button("Tel", "count"))).as_card("task", "request:7", private=True)
        turn.tell(somebody(turn, to), shown, urgent=True)
        return Screen("Gezegd.")

    @command("herzie")
    def revise(turn: Turn, to: int, word: str) -> Screen:
        turn.revise(somebody(turn, to), Screen(word).as_card("task", "request:7", private=True))
        return Screen("Herzien.")


def _add_taking_away(router: Router) -> None:
    def command(name: str) -> Any:
        return router.command(name, fr=f"{name}_fr", en=f"{name}_en", de=f"{name}_de")

    @command("weg")
    def withdraw(turn: Turn, to: int) -> Screen:
        turn.withdraw(somebody(turn, to), request(turn), Screen("Voorbij."))
        return Screen("Weggehaald.")

    @command("spoor")
    def retract(turn: Turn, to: int) -> Screen:
        turn.retract(somebody(turn, to), OVER)
        return Screen("Weggehaald.")

    @command("plaats")
    def place(turn: Turn, to: int) -> Screen:
        turn.send_location(somebody(turn, to), "50.79300,4.89400", request(turn))
        return Screen("Getoond.")

    @command("wis")
    def delete(turn: Turn) -> Screen:
        shown = select(Letter).where(Letter.card == "sendLocation", Letter.state != LetterState.CANCELLED)
        for letter in turn.session.scalars(shown.where(Letter.method == "sendLocation")):
            turn.delete(letter)
        return Screen("Gewist.")


def _add_dialogues_and_more(router: Router) -> None:
    def command(name: str) -> Any:
        return router.command(name, fr=f"{name}_fr", en=f"{name}_en", de=f"{name}_de")

    @command("menu")
    def menu(turn: Turn) -> Screen:
        turn.show_commands(turn.person)
        return Screen("Menu.")

    @command("kapot")
    def broken(turn: Turn) -> Screen:
        turn.session.execute(text("SELECT * FROM no_such_table"))
        return Screen("Heel.")

    @command("drie")
    def three(turn: Turn) -> Screen:
        turn.say(Screen("een"))
        turn.say(Screen("twee"))
        return Screen("drie")

    @command("rondleiding")
    def tour(turn: Turn) -> Screen:
        return turn.begin("tour")

    @command("kort")
    def short(turn: Turn) -> Screen:
        return turn.begin("short", name="Bello")

    @command("plek")
    def spot(turn: Turn) -> Screen:
        return turn.begin("spot")


def _add_buttons(router: Router, gate: Gate | None) -> None:
    @router.button("count")
    def counted(turn: Turn) -> Screen:
        turn.toast = "Dank je"
        return Screen.of(f"Geteld: {count(turn)}", row(Button("Tel", "count")))

    @router.button("over")
    def over(turn: Turn) -> None:
        turn.retract(turn.person, OVER)
        turn.say(Screen("Dank je."))

    @router.button("refuse")
    def refuse(turn: Turn) -> Screen:
        count(turn)
        raise Refused(Reason.NOT_FOUND)

    @router.button("break")
    def broken(turn: Turn) -> Screen:
        count(turn)
        turn.session.flush()
        raise RuntimeError(SECRET)

    @router.button("secret", Role.COORDINATOR)
    def secret(turn: Turn) -> Screen:
        return Screen("Alle geheimen")

    @router.button("number")
    def number(turn: Turn, n: int, word: str = "geen") -> Screen:
        return Screen(f"Nummer {n + 1} {word}")

    @router.button("wait")
    def wait(turn: Turn) -> Screen:
        if gate is not None:
            gate.pass_through()
        return Screen(f"Gewacht: {count(turn)}")


def _add_forms(router: Router) -> None:
    @router.form("tour", [Name(), Colour()])
    def toured(turn: Turn, answers: Answers) -> Screen:
        return Screen(f"Klaar: {answers['name']} {answers.get('colour', '-')}")

    @router.form("short", [Name(), Colour()], lives=timedelta(hours=1))
    def shortened(turn: Turn, answers: Answers) -> Screen:
        return Screen(f"Kort: {answers['name']} {answers['colour']}")

    @router.form("spot", [Where()])
    def spotted(turn: Turn, answers: Answers) -> Screen:
        return Screen(f"Daar: {answers['where']}")


def _add_the_rest(router: Router) -> None:
    @router.on("text")
    def heard(turn: Turn) -> Screen:
        return Screen(f"Gehoord: {turn.given.text or turn.given.kind}")

    @router.on("member")
    def member(turn: Turn) -> None:
        return None

    @router.on("refused")
    def refused(turn: Turn, why: Refused) -> Screen:
        return Screen(f"Neen: {why.reason}")

    @router.on("stopped")
    def stopped(turn: Turn, dialogue: Dialogue) -> Screen:
        dialogue.close()
        return Screen("Gestopt.")

    @router.on("emergency")
    def emergency(turn: Turn) -> Screen:
        return Screen(f"Nood: {turn.given.emergency}")

    @router.on("unknown_command")
    def unknown(turn: Turn) -> Screen:
        return Screen("Dat ken ik niet.")


# ── looking on ──


async def people(town: Town, *names: str) -> list[Neighbour]:
    """Somebody of each name, who tapped Start."""
    found = [await town.somebody(name) for name in names]
    for each in found:
        await each.starts()
    return found


async def calls(town: Town, method: str = "sendMessage", since: int = 0) -> list[dict[str, Any]]:
    """The calls of one method that the bot made, oldest first."""
    return [each for each in await town.phones.log(since) if each["method"] == method]


def letters(town: Town, *states: LetterState) -> list[Letter]:
    """The letters in these states."""
    with town.session() as session:
        return list(session.scalars(select(Letter).where(Letter.state.in_(states)).order_by(Letter.id)))


def dead_updates(town: Town) -> list[DeadUpdate]:
    with town.session() as session:
        return list(session.scalars(select(DeadUpdate)))


def counted(town: Town, who: Neighbour) -> int:
    """How often this person counted, as it is committed."""
    with town.session() as session:
        fact = session.get(Fact, f"count.{town.person(session, who).id}")
        return int(fact.value) if fact else 0


def _other_program(town: Town) -> Any:
    """A connection to the same database, as the command line or a backup has it."""
    if databases.is_postgresql():
        return psycopg.connect(town.settings.database_url)
    return town.app.turns.engine.dialect.dbapi.connect(make_url(town.settings.database_url).database)  # type: ignore[union-attr]  # an open engine has its driver


def committed(town: Town, question: str) -> int:
    """A number that another program reads in the file: what is not committed is not there."""
    other = _other_program(town)
    try:
        return int(other.execute(question).fetchone()[0])
    finally:
        other.close()


_in_a_hurry = threading.Event()


# Once and for all: to add or take away a listener while a thread opens a connection is an error of its own.
@event.listens_for(Pool, "checkout")
def _be_patient_or_not(connection: Any, _record: object, _proxy: object) -> None:
    patience = 10 if _in_a_hurry.is_set() else 10_000  # milliseconds
    if "sqlite" in type(connection).__module__:
        connection.execute(f"PRAGMA busy_timeout={patience}")
    elif databases.is_postgresql():
        connection.execute(f"SET lock_timeout={patience}")
        connection.commit()


@contextmanager
def locked(town: Town) -> Iterator[None]:
    """Another program holds the database; ours does not wait long for it."""
    _in_a_hurry.set()
    other = _other_program(town)
    if databases.is_postgresql():
        tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        other.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
    else:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        _in_a_hurry.clear()
        other.execute("ROLLBACK")
        other.close()


_most_pages = {"": 0}


@event.listens_for(Pool, "checkout")
def _end_where_the_disk_ends(connection: Any, _record: object, _proxy: object) -> None:
    if _most_pages[""] and "sqlite" in type(connection).__module__:
        connection.execute(f"PRAGMA max_page_count={_most_pages['']}")


@contextmanager
def full_disk() -> Iterator[None]:
    """There is no room any more: SQLite says so itself, as on a disk that is full."""
    _most_pages[""] = 1  # it stays as large as it is
    try:
        yield
    finally:
        _most_pages[""] = 4_294_967_294
