"""Who gets in where: each command, button and dialogue, for each kind of person, in each state of a request.

What is expected stands in `table.txt`, written and read by people. A route that is not in it fails, and so does one
that behaves otherwise. `make test` tries a share, through the turns of this process; `make prove ONLY=doors` all of it.
"""

import importlib
import pkgutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import handlers
from bot.forms import ROUTE
from bot.i18n import translator
from bot.routing import router
from models.form import FormRow
from models.person import Person, Role
from models.stored import SEALED, Reader
from tests.doors.cast import NAMES, PEOPLE, STATES, arrange
from tests.doors.probing import NO, Doors
from tests.doors.reading import Line, lines
from tests.handlers.test_edges_every_update import ENOUGH
from tests.support.proving import Proof
from tests.support.town import open_town

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

pytestmark = pytest.mark.sqlite("puts the file back as it was after each door")
LINES = lines()
t = translator("nl")
SHARDS = 4
NEAR = 4  # questions to the database: a millisecond, of which Telegram's own way hides fifty
PER_SHARD = 14  # lines that are tried with all tests
GROUPS: dict[str, dict[str, Any]] = {
    "group": {"id": -77, "type": "group", "title": "Straat"},
    "supergroup": {"id": -1_000_000_077, "type": "supergroup", "title": "Straat"},
    "channel": {"id": -1_000_000_078, "type": "channel", "title": "Nieuws"},
}
ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
SPECIAL = {
    "away",
    "pin",
    "text",
    "news",
    "lost",
    "edited",
    "member",
    "refused",
    "stopped",
    "emergency",
    "gap",
    "unknown_command",
}


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncIterator[Doors]:
    """A town with everybody and everything in it."""
    async with open_town(tmp_path) as town:
        with town.session() as session, session.begin():
            cast = arrange(session, town, {key: 2_000 + at for at, key in enumerate(PEOPLE)})
        doors = Doors(town, cast)
        doors.keep()
        yield doors


# ── the table is whole ──


def test_each_button_and_command_stands_in_the_table_and_nothing_else() -> None:
    assert {line.name for line in LINES if not line.is_command} == set(router.buttons) - {ROUTE}
    assert {line.name for line in LINES if line.is_command} == {each.route.name for each in router.commands}


def test_what_speaks_of_a_request_is_tried_in_each_state() -> None:
    tried: dict[str, set[str]] = {}
    for line in LINES:
        tried.setdefault(line.door, set()).add(line.state)
    for door, states in tried.items():
        alike = "{r}" not in door or door.startswith(("other:", "say_in:"))
        assert alike or states == set(STATES), door


def test_each_dialogue_and_each_other_route_is_thought_of() -> None:
    assert set(router.forms.known) == set(ENOUGH)
    assert set(router.special) == SPECIAL


def test_who_coordinates_nothing_gets_no_further_than_the_door() -> None:
    """The table itself is read once more: what it may never allow, whoever changes it."""
    for line in LINES:
        role = next((each.route.role for each in router.commands if each.route.name == line.name), Role.EVERYONE)
        if not line.is_command:
            role = router.buttons[line.name].role
        for who, cell in line.cells.items():
            where = f"{line.door} {line.state} {who}"
            if role is Role.COORDINATOR and who not in {"co", "oc"}:
                assert cell in {"r", "?"}, where
            if cell[0] in NO - {"x"}:
                assert len(cell) == 1, f"{where}: a no says nothing about anybody"
            if who in {"st", "nb", "ap", "de", "en", "ps", "rf", "oc", "rc"}:
                assert not set(cell) & set("ATPCLM"), f"{where}: no address, words, number or code word"
            if who in {"as", "pa", "re", "ex"} and not line.door.startswith("accept:"):
                assert not set(cell) & set("NAPCL"), f"{where}: before acceptance and after handing back"


# Which letters tell of a column; whoever accepts is the helper from then on.
TELL_OF = {
    "person.first_name": "NHV",
    "request.text": "T",
    "request.address": "A",
    "request.bell": "A",
    "request.phone": "P",
    "request.location": "L",
    "request.media_id": "M",
}
READERS = {"he": Reader.HELPER, "co": Reader.COORDINATORS, "ow": Reader.RESIDENT}


@pytest.mark.parametrize("column", TELL_OF)
def test_the_page_on_privacy_says_of_each_who_sees_it_as_the_table_does(column: str) -> None:
    opened = [line for line in LINES if line.name != "accept"]
    see = {who for line in opened for who, cell in line.cells.items() if set(cell[1:]) & set(TELL_OF[column])}
    assert {READERS[who] for who in see} == set(SEALED[column].readers) - {Reader.SELF, Reader.OPERATOR}


# ── doors behave as it says ──


@pytest.mark.proof(
    "doors",
    promise="Nobody gets in where they may not, and a no tells nothing",
    how="each button and command as each of sixteen kinds of people, in five states of a request, by forged taps",
    figure="{cells} doors tried, {wrong} otherwise than in the reviewed table or than for what does not exist",
    goal={"lines": len(LINES)},
    shards=SHARDS,
)
@pytest.mark.parametrize("shard", range(SHARDS))
async def test_doors_open_and_stay_shut_as_the_table_says(doors: Doors, proof: Proof, shard: int) -> None:
    mine = LINES[shard::SHARDS]
    step = 1 if proof.full else max(len(mine) // PER_SHARD, 1)
    chosen = list(enumerate(mine))[shard % step :: step]
    proof.count(lines=len(chosen), wrong=0)

    def compare() -> list[str]:
        wrong = []
        for number, line in chosen:
            for at, who in enumerate(PEOPLE):
                expected = line.cells[who]
                if not (proof.full or at % 4 == number % 4):
                    continue
                answer = doors.answers(sent(doors, line, who))
                if (got := answer.sign(who, line.state)) != expected:
                    wrong.append(f"{line.door} {line.state} {who}: {got}, and not {expected}")
                if got == "." and "{r}" in line.door and answer != doors.answers(sent(doors, line, who, "nowhere")):
                    wrong.append(f"{line.door} {line.state} {who}: not the same as for what does not exist")
                proof.count(cells=1)
        return wrong

    wrong = await doors.town.app.turns.run(compare)
    proof.count(wrong=len(wrong))
    assert not wrong, "\n".join(wrong)


def sent(doors: Doors, line: Line, who: str, state: str | None = None) -> dict[str, Any]:
    """The update by which somebody tries it."""
    words = doors.cast.words(line.door, state or line.state)
    return doors.text(who, words) if line.is_command else doors.tap(who, f"1:{words}")


@pytest.mark.parametrize("kind", GROUPS)
async def test_in_groups_no_door_is_there_for_anybody(doors: Doors, kind: str) -> None:
    chat = GROUPS[kind]

    def compare() -> None:
        for line in LINES[:: len(LINES) // 12]:
            update = sent(doors, line, "co")
            content: dict[str, Any] = update["message" if line.is_command else "callback_query"]
            (content.get("message") or content)["chat"] = chat
            expected = "g" if line.is_command else "="
            assert doors.answers(update).sign("co") == expected, f"{line.door}: an administrator"
            content["from"] = ANONYMOUS
            assert doors.answers(update).sign("co") == "=", f"{line.door}: an anonymous administrator"

    await doors.town.app.turns.run(compare)


# ── one answer, also in time ──


async def test_what_is_not_yours_costs_as_little_as_what_does_not_exist(doors: Doors) -> None:
    """No clock is read here: how many questions the database is asked makes the time."""

    def compare() -> dict[str, tuple[int, int]]:
        found = {}
        for line in LINES:
            if line.state == "taken" and line.cells["nb"] == "." and "{r}" in line.door:
                there = doors.answers(sent(doors, line, "nb")).statements
                nowhere = doors.answers(sent(doors, line, "nb", "nowhere")).statements
                found[line.door] = there, nowhere
        return found

    found = await doors.town.app.turns.run(compare)
    assert len(found) > 10
    assert {door: each for door, each in found.items() if abs(each[0] - each[1]) > NEAR} == {}


# ── dialogues ──


@pytest.mark.parametrize("name", ENOUGH)
async def test_a_dialogue_is_nobody_elses_and_ends_with_the_role(doors: Doors, name: str) -> None:
    form = router.forms.known[name]

    def compare() -> None:
        for step in form.steps:
            forged = doors.tap("nb", f"1:{ROUTE}:token:{step.name}:yes")
            _put(doors, name, step.name, "co")
            answer = doors.answers(forged, keep=True)
            assert answer.sign("nb") == "x", f"{name}, {step.name}: somebody else's button"
            if form.role is Role.COORDINATOR:
                _put(doors, name, step.name, "rc")
                said = doors.answers(doors.text("rc", "Rosalinde"), keep=True)
                assert not set(said.sign("rc")) & set("ATPCHLM"), f"{name}, {step.name}"
                tapped = doors.answers(doors.tap("rc", f"1:{ROUTE}:token:{step.name}:yes"), keep=True)
                assert tapped.sign("rc") == "x", f"{name}, {step.name}: the role is gone"
            doors.restore()

    await doors.town.app.turns.run(compare)


def _put(doors: Doors, name: str, step: str, who: str) -> None:
    """Somebody is before this question."""
    form = router.forms.known[name]
    later = [each.name for each in form.steps][[each.name for each in form.steps].index(step) :]
    with doors.town.session() as session, session.begin():
        person = session.scalars(select(Person).where(Person.id == doors.cast.people[who])).one()
        answers = {key: value for key, value in ENOUGH[name][0].items() if key not in later}
        answers |= {"request": doors.cast.requests["taken"]} if "request" in answers else {}
        now = doors.town.clock.now()
        person.form = FormRow(name=name, token="token", answers=answers, history=[], below=None)
        person.form.updated_at, person.form.expires_at = now, now + form.lives


def test_the_cast_is_told_apart() -> None:
    assert len(set(NAMES.values())) == len(NAMES) == len(PEOPLE)
