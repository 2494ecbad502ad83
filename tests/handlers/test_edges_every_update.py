"""Every kind of update of the Bot API at every step of every dialogue, and nobody falls out of it.

The lists are those of python-telegram-bot and of the router: what a later version or another step brings makes these
tests fail until somebody has thought of it. `make test` throws a tenth of it, each step another tenth; all of it is
thrown with `pytest -m prove`.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
import telegram
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import handlers
from bot.forms import SAID
from bot.given import CONTENT, SERVICE, Given
from bot.routing import router
from bot.turn import Turn
from models.form import Answers, FormRow
from models.letter import Letter
from models.request import Request
from models.seen import DeadUpdate
from tests.support.asking import asks
from tests.support.kinds import BESIDES, MESSAGES, ODDLY, updates
from tests.support.proving import Proof
from tests.support.raw import message, sender
from tests.support.town import Neighbour, Town

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

TENTH = 10

# The updates that get an answer in a private chat. All others are no words to us:
ANSWERED = {"message", "edited_message", "callback_query", "my_chat_member"}
SILENT = {
    "channel_post": "written to the readers of a channel",
    "edited_channel_post": "written to the readers of a channel",
    "inline_query": "typed in another chat, and answered by offering nothing",
    "chosen_inline_result": "nothing is offered inline",
    "shipping_query": "nothing is sold",
    "pre_checkout_query": "nothing is sold",
    "poll": "a poll changes by itself",
    "poll_answer": "no poll of ours is open",
    "chat_member": "about other members of a group",
    "chat_join_request": "about a group or channel; who administers it decides",
    "chat_boost": "about a channel",
    "removed_chat_boost": "about a channel",
    "message_reaction": "a thumb up asks for no answer",
    "message_reaction_count": "a thumb up asks for no answer",
    "business_connection": "we act for nobody's business account",
    "business_message": "written to somebody else",
    "edited_business_message": "written to somebody else",
    "deleted_business_messages": "written to somebody else",
    "purchased_paid_media": "nothing is sold",
    "managed_bot": "we manage no bots",
    "guest_message": "written in a chat to which we do not belong",
}

# Answers with which each step of each form is reached: its own and those of later steps are taken away.
HOME = {"place": "home", "area": 2, "street": "Dorpsstraat 12", "bell": "Anna", "keep": False}
MAP = {"place": "location", "spot": "50.8,4.9", "area": 2, "address": "Bij de kerk"}
AT = {"day": "2026-11-25", "part": "hour", "hour": "14:00"}
ALL = {"category": "garden", "what": {"text": "Gras"}, **AT, "phone": "+32470123456", "wants_phone": True}
FOR = {"for_name": "Maria", "for_relation": "mother", "for_agreed": True, "for_contact": "me", "somebody": True}
CALLS = {"who_asks": "new", "name": "Maria", "number": "+32470123456", "shared": "yes"}
UNSHARED = {key: value for key, value in {**ALL, **CALLS, **HOME}.items() if key != "wants_phone"}
ENOUGH: dict[str, Sequence[Answers]] = {
    "ask": ({**ALL, **HOME}, {**ALL, **MAP}, {**ALL, **HOME, "changing": True}, {**ALL, **HOME, **FOR}),
    "behalf": (
        {**ALL, **CALLS, **HOME},
        UNSHARED,
        {**ALL, **CALLS, **MAP},
        {**ALL, **CALLS, **HOME, "changing": True},
    ),
    "care": ({"text": "Mijn wonde", "message": None},),
    "no_danger": ({"kind": "text", "text": "brand", "file_id": None},),
    "for_whom": ({"words 1": "Kan er ook melk bij?"},),
    "change": tuple(
        {"request": 1, **ALL, **where, "line": line} for line in ("text", "place", "phone") for where in (HOME, MAP)
    ),
    "volunteer": (
        {"note": "1", "categories": ["garden"], "areas": ["2"], "times": ["week-noon"], "phone": "", "sure": True},
    ),
    "propose": ({"request": 1, "day": "2026-11-25", "hour": "14:00"},),
    "write": ({"request": 1, "to": 2},),
    "write_coordinator": ({"request": 1},),
    "answer_person": ({"request": 1, "to": 1},),
    "edit_text": ({"request": 1},),
    "pin": ({"then": "1:home", "typed": "12"},),
    "correct": (
        {"line": "phone", "phone": "+32470123456"},
        {"line": "home", "place": "home", "moved": True, "area": 2, "street": "Dorpsstraat 12", "bell": "Anna"},
    ),
}


class Thrown(NamedTuple):
    """One update: its name, what it is, how many answers it gets."""

    name: str
    update: dict[str, Any]
    answers: int


def everything(town: Town, who: Neighbour, message_id: int) -> list[Thrown]:
    """One of each."""
    me, at = sender(who), int(town.clock.now().timestamp())
    chat = {"id": who.id, "type": "private", "first_name": who.name}
    said = [
        Thrown(name, {"message": message(town, who, content)}, int(name not in SERVICE))
        for name, content in (MESSAGES | ODDLY).items()
    ]
    others = updates(me, chat, at, message_id).items()
    return said + [Thrown(name, {name: update}, int(name in ANSWERED)) for name, update in others]


def test_every_field_of_a_message_is_thought_of() -> None:
    fields = {name for name in telegram.Message.__slots__ if not name.startswith("_")}
    ours = {"chat", "date", "message_id"}  # of telegram.MaybeInaccessibleMessage
    assert fields - ours == set(MESSAGES) | BESIDES
    assert set(MESSAGES) == {*CONTENT, *SERVICE}
    assert not set(CONTENT) & set(SERVICE)


def test_every_kind_of_update_is_thought_of() -> None:
    kinds = {name for name in telegram.Update.__slots__ if not name.startswith("_") and name != "update_id"}
    assert kinds == ANSWERED | set(SILENT)
    assert kinds == {*updates({"id": 1}, {"id": 1}, 1, 1), "message"}


def test_every_form_is_thought_of() -> None:
    assert set(router.forms.known) == set(ENOUGH)


async def players(town: Town) -> dict[str, Neighbour]:
    """Rosa asked, Jef helps, An coordinates, Lea is new; who is in which dialogue."""
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    an, lea = await town.coordinator("An"), await town.resident("Lea")
    await asks(rosa)
    await jef.taps("Ik help")
    return {
        "propose": jef,
        "answer_person": an,
        "behalf": an,
        "edit_text": an,
        "pin": an,
        "volunteer": lea,
    } | dict.fromkeys(("ask", "care", "change", "correct", "for_whom", "no_danger", "write", "write_coordinator"), rosa)


def put(town: Town, session: Session, who: Neighbour, name: str, step: str) -> tuple[FormRow, frozenset[str]]:
    """Put somebody before this question; returns the row, and what would answer it."""
    form, person = router.forms.known[name], town.person(session, who)
    later = [each.name for each in form.steps][[each.name for each in form.steps].index(step) :]
    row = session.scalars(select(FormRow).where(FormRow.person_id == person.id)).first()
    if row is None:
        row = FormRow(person=person, token="token", history=[], below=None)
        session.add(row)
    turn = Turn(session, town.clock.now(), town.settings, router, person, Given.in_chat_of(person, 1))
    row.name, row.token, row.history, row.below = name, "token", [], None
    row.updated_at = town.clock.now()
    row.expires_at = town.clock.now() + form.lives
    for enough in ENOUGH[name]:
        row.answers = {key: value for key, value in enough.items() if key not in later}
        session.flush()
        dialogue = router.forms.open(turn)
        present = dialogue.step() if dialogue else None
        if present is not None and present.name == step:
            return row, present.takes
    raise AssertionError(f"no answers in ENOUGH[{name!r}] lead to the step {step!r}")


def kept(row: FormRow) -> tuple[Any, ...]:
    """What must be the same afterwards."""
    answers = {key: value for key, value in row.answers.items() if key != SAID}
    return row.name, row.token, answers, row.history, row.below


async def throw(town: Town, who: Neighbour, things: Sequence[Thrown]) -> int:
    """All of them, one after the other; returns how many answers were written."""
    count = select(func.count()).where(Letter.method == "sendMessage", Letter.chat_key == str(who.id))
    with town.session() as session:
        before = session.scalar(count) or 0
    for at in range(0, len(things), 10):
        sent = [await town.phones.raw(thing.update) for thing in things[at : at + 10]]
        await town.settled(sent[-1])
    with town.session() as session:
        return (session.scalar(count) or 0) - before


async def play(town: Town, name: str, share: int) -> None:
    who = (await players(town))[name]
    bot_message = (await who.last()).id
    for number, step in enumerate(router.forms.known[name].steps):
        with town.session() as session, session.begin():
            row, takes = put(town, session, who, name, step.name)
            before = kept(row)
        things = [each for each in everything(town, who, bot_message) if each.name not in takes | same(takes)]
        things = things[(sum(map(ord, name)) + number) % share :: share]  # another share at each step of each dialogue
        assert things
        expected = sum(each.answers for each in things)
        if await throw(town, who, things) != expected:
            for each in things:
                assert await throw(town, who, [each]) == each.answers, f"{name}, {step.name}: {each.name}"
        with town.session() as session:
            row = session.scalars(select(FormRow).where(FormRow.person_id == town.person(session, who).id)).one()
            assert kept(row) == before, f"{name}, {step.name}"
            assert not session.scalars(select(DeadUpdate)).all(), f"{name}, {step.name}"
    with town.session() as session:
        assert len(session.scalars(select(Request)).all()) == 1


def same(takes: frozenset[str]) -> set[str]:
    """Kinds that count as another one."""
    also = {"live_photo": "photo", "venue": "location"}
    return {name for name, kind in also.items() if kind in takes}


@pytest.mark.proof(
    "every-update",
    promise="Nothing that Telegram can send throws somebody out of a dialogue",
    how="every kind of update of the Bot API at every step of every dialogue; one gentle answer, nothing lost",
    figure="{forms} dialogues with every kind of update at every step, 0 lost",
    goal={"forms": len(ENOUGH)},
)
@pytest.mark.parametrize("name", ENOUGH)
async def test_nothing_that_telegram_sends_throws_somebody_out_of_a_dialogue(
    town: Town, name: str, proof: Proof
) -> None:
    await play(town, name, 1 if proof.full else TENTH)
    proof.count(forms=1)


async def test_outside_of_dialogues_each_gets_one_answer(town: Town) -> None:
    anna = await town.resident("Anna")
    begins = {"text", "voice", "photo", "live_photo"}
    for each in everything(town, anna, (await anna.last()).id):
        if each.name not in begins | {"my_chat_member"}:
            assert await throw(town, anna, [each]) == each.answers, each.name
    with town.session() as session:
        assert not session.scalars(select(DeadUpdate)).all()
        assert not session.scalars(select(FormRow)).all()
