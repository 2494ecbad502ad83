"""Sending too fast is answered with 429, counted in real seconds."""

import pytest

from simulator.actors import Person, Phones
from tests.simulator.conftest import Caller, Hand


@pytest.fixture
async def limited(call: Caller, phones: Phones) -> Caller:
    await phones.post("limits", {"on": True})
    return call


async def burst(call: Caller, chat_id: int, number: int) -> list[int]:
    """The codes of so many messages in a row."""
    return [(await call("sendMessage", chat_id=chat_id, text="x")).get("error_code", 200) for _ in range(number)]


async def test_about_one_a_second_in_a_chat(limited: Caller, anna: Person, hand: Hand) -> None:
    assert await burst(limited, anna.id, 5) == [200] * 4 + [429]
    answer = await limited("sendMessage", chat_id=anna.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 4",
        "parameters": {"retry_after": 4},
    }
    hand.forward(seconds=4)
    assert await burst(limited, anna.id, 1) == [200]


async def test_edits_count_only_overall(limited: Caller, anna: Person) -> None:
    sent = await limited.ok("sendMessage", chat_id=anna.id, text="x")
    for number in range(10):
        await limited.ok("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text=str(number))


async def test_twenty_a_minute_in_a_group(limited: Caller, anna: Person, phones: Phones, hand: Hand) -> None:
    group = await phones.group("Straat", [anna])
    assert await burst(limited, group["id"], 21) == [200] * 20 + [429]
    hand.forward(seconds=59)
    assert await burst(limited, group["id"], 1) == [429]
    hand.forward(seconds=1)
    assert await burst(limited, group["id"], 1) == [200]


async def test_thirty_a_second_in_all(limited: Caller, phones: Phones, hand: Hand) -> None:
    people = [await phones.person(f"P{n}") for n in range(31)]
    for person in people:
        await person.start()
    codes = [(await burst(limited, person.id, 1))[0] for person in people]
    assert codes == [200] * 30 + [429]
    hand.forward(seconds=1)
    assert await burst(limited, people[30].id, 1) == [200]


async def test_limits_can_be_switched_off(limited: Caller, anna: Person, phones: Phones) -> None:
    assert await phones.get("limits") == {"on": True}
    await phones.post("limits", {"on": False})
    assert await burst(limited, anna.id, 40) == [200] * 40
