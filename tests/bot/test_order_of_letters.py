"""Design, "Letters": order, priority, merging, what replaces what, what may not go any more, and night."""

import asyncio
from datetime import UTC, datetime

import pytest

from models.letter import LetterState
from tests.bot.machine import Gate, calls, letters, people
from tests.support.town import Town

NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 8.00 in Brussels


async def test_a_chat_gets_its_letters_in_the_order_in_which_they_were_written(town: Town):
    (anna,) = await people(town, "Anna")
    await anna.writes("/drie")
    assert [message.text for message in await anna.messages()][1:] == ["een", "twee", "drie"]


async def test_one_letter_at_a_time_goes_to_a_chat(town: Town):
    (anna,) = await people(town, "Anna")
    await town.phones.fault("slow", "sendMessage", seconds=0.3)
    await anna.actor.writes("/drie")
    await anna.actor.sees("een")  # delivered, and the bot does not know it yet
    assert len(letters(town, LetterState.SENDING)) == 1
    assert await anna.last_text() == "een"
    await town.settled()
    assert [message.text for message in await anna.messages()][1:] == ["een", "twee", "drie"]


async def test_answers_go_before_notices(town: Town):
    anna, *others = await people(town, *"ABCDEFGHIJKL")
    for each in others[:2]:  # two chats that are too fast hold all others up
        await town.phones.fault("error", "sendMessage", chat_id=each.id, error_code=429, description="-", retry_after=9)
        await each.writes("een")
    for each in others[2:]:
        await anna.writes(f"/dringend {each.id} nieuws")
    since = (await town.phones.log())[-1]["n"]
    await town.jump(seconds=10)
    sent = [call["params"]["text"] for call in await calls(town, since=since)]
    assert sent.count("nieuws") == 9
    assert max(sent.index("Gehoord: een"), sent.index("Gezegd.")) < sent.index("nieuws")


async def test_edits_of_one_message_that_wait_become_one(town: Town):
    (anna,) = await people(town, "Anna")
    await town.phones.fault("error", "editMessageText", error_code=429, description="Too Many Requests", retry_after=9)
    for _ in range(3):
        await anna.taps("Tel")
    assert len(letters(town, LetterState.QUEUED)) == 1
    await town.jump(seconds=10)
    assert await anna.last_text() == "Geteld: 3"
    assert len([call for call in await calls(town, "editMessageText") if call["ok"]]) == 1


async def test_a_newer_card_takes_the_buttons_off_the_older_one(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await anna.writes(f"/kaart {bert.id} eerst")
    await anna.writes(f"/kaart {bert.id} later")
    _, first, second = await bert.messages()
    assert (first.text, first.labels) == ("eerst", [])
    assert (second.text, second.labels) == ("later", ["Tel"])


async def test_an_older_card_that_still_waits_is_not_sent_at_all(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("error", "sendMessage", chat_id=bert.id, error_code=429, description="-", retry_after=9)
    for word in ("eerst", "tussen", "later"):
        await anna.writes(f"/kaart {bert.id} {word}")
    await town.jump(seconds=10)
    assert [message.text for message in await bert.messages()][1:] == ["later"]


async def test_a_card_is_revised_in_silence_where_it_stands(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await anna.writes(f"/herzie {bert.id} niets")
    await anna.writes(f"/kaart {bert.id} eerst")
    await anna.writes(f"/herzie {bert.id} anders")
    assert [message.text for message in await bert.messages()][1:] == ["anders"]
    assert (await bert.last()).edited


async def test_a_card_in_flight_is_revised_when_it_has_arrived(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("slow", "sendMessage", chat_id=bert.id, seconds=0.4)
    await town.phones.waits_for(await anna.actor.writes(f"/kaart {bert.id} eerst"))
    await bert.actor.sees("eerst")
    await town.phones.waits_for(await anna.actor.writes(f"/herzie {bert.id} anders"))
    await town.settled()
    assert [message.text for message in await bert.messages()][1:] == ["anders"]


async def test_what_is_withdrawn_is_blanked_where_it_stands_and_never_sent_where_it_waits(town: Town):
    anna, bert, cleo = await people(town, "Anna", "Bert", "Cleo")
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/plaats {bert.id}")
    await anna.writes(f"/weg {bert.id}")
    assert "Dorpsstraat" not in await bert.reads()
    assert await bert.last_text() == "Voorbij."
    assert not [message for message in await bert.messages() if "location" in message.json]
    await town.phones.fault("error", "sendMessage", chat_id=cleo.id, error_code=429, description="-", retry_after=9)
    await anna.writes(f"/dringend {cleo.id} hallo")
    await anna.writes(f"/kaart {cleo.id} Dorpsstraat")
    await anna.writes(f"/weg {cleo.id}")
    await town.jump(seconds=10)
    assert await cleo.last_text() == "hallo"


async def test_an_address_in_flight_is_blanked_as_soon_as_it_has_arrived(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("slow", "sendMessage", chat_id=bert.id, seconds=0.4)
    await town.phones.waits_for(await anna.actor.writes(f"/kaart {bert.id} Dorpsstraat"))
    await bert.actor.sees("Dorpsstraat")
    await town.phones.waits_for(await anna.actor.writes(f"/weg {bert.id}"))
    await town.settled()
    assert [message.text for message in await bert.messages()][1:] == ["Voorbij."]


async def test_an_address_that_perhaps_did_not_arrive_is_not_in_the_second_try(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("bad_gateway_before", "sendMessage", chat_id=bert.id)
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/weg {bert.id}")
    since = (await town.phones.log())[-1]["n"]
    await town.jump(seconds=2)
    assert await bert.last_text() == "Voorbij."
    assert "Dorpsstraat" not in str(await calls(town, since=since))


async def test_a_chat_waits_as_long_as_telegram_said_also_when_what_waited_is_not_sent(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("error", "sendMessage", chat_id=bert.id, error_code=429, description="-", retry_after=40)
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/weg {bert.id}")
    since = (await town.phones.log())[-1]["n"]
    await anna.writes(f"/dringend {bert.id} hallo")
    await town.jump(seconds=38)
    assert not [call for call in await calls(town, since=since) if str(call["params"]["chat_id"]) == str(bert.id)]
    await town.jump(seconds=4)
    assert await bert.last_text() == "hallo"
    assert "Dorpsstraat" not in str(await calls(town, since=since))


async def test_a_waiting_edit_with_an_address_gives_way_too(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await anna.writes(f"/kaart {bert.id} Kerkstraat")
    await town.phones.fault("error", "editMessageText", error_code=429, description="-", retry_after=9)
    await anna.writes(f"/herzie {bert.id} Dorpsstraat")
    await anna.writes(f"/weg {bert.id}")
    await town.jump(seconds=10)
    assert await bert.last_text() == "Voorbij."
    assert "straat" not in await bert.reads()


async def test_a_place_on_the_map_is_deleted_or_not_sent(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await anna.writes(f"/plaats {bert.id}")
    assert "location" in (await bert.last()).json
    await anna.writes("/wis")
    assert await bert.last_text() == "Hallo Bert"
    await town.phones.fault("error", "sendLocation", error_code=429, description="-", retry_after=9)
    await anna.writes(f"/plaats {bert.id}")
    await anna.writes("/wis")
    await town.jump(seconds=10)
    assert await bert.last_text() == "Hallo Bert"


async def test_the_commands_of_a_role_are_set_for_one_chat(town: Town):
    (anna,) = await people(town, "Anna")
    await anna.writes("/menu")
    scopes = [call["params"].get("scope") for call in await calls(town, "setMyCommands") if call["params"].get("scope")]
    assert scopes
    assert all(str(anna.id) in str(scope) for scope in scopes)
    assert not letters(town, LetterState.DEAD)


async def test_news_waits_for_the_morning_and_what_is_urgent_does_not(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.jump(to=NIGHT)
    await anna.writes(f"/zeg {bert.id} morgen")
    await anna.writes(f"/dringend {bert.id} nu")
    assert await bert.last_text() == "nu"
    await town.jump(to=MORNING.replace(hour=6, minute=59))
    assert await bert.last_text() == "nu"
    await town.jump(to=MORNING)
    assert await bert.last_text() == "morgen"


async def test_what_one_does_oneself_at_night_is_answered(town: Town):
    (anna,) = await people(town, "Anna")
    await town.jump(to=NIGHT)
    await anna.writes(f"/zeg {anna.id} zelf")
    assert "zelf" in await anna.reads()


async def test_news_to_nobody_is_no_letter(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    with town.session() as session, session.begin():
        town.person(session, bert).unreachable_since = town.clock.now()
    for command in ("zeg", "plaats", "herzie", "weg"):
        await anna.writes(f"/{command} {bert.id} woord")
    assert await bert.last_text() == "Hallo Bert"
    assert not letters(town, LetterState.QUEUED)


async def test_a_turn_that_lasts_holds_no_letter_of_others_up(town: Town, gate: Gate):
    """Letters that are on their way land while a turn runs; they are written down after it."""
    (anna,) = await people(town, "Anna")
    await town.phones.fault("slow", "sendMessage", seconds=0.2)
    await anna.actor.writes("een")
    await anna.actor.taps("Wacht")
    await asyncio.to_thread(gate.entered.wait, 20)
    await anna.actor.sees("Gehoord: een")
    gate.open.set()
    await town.settled()
    assert not letters(town, LetterState.SENDING, LetterState.UNKNOWN)


@pytest.mark.parametrize("hours", [1, 3])
async def test_a_letter_goes_only_as_long_as_it_is_true(town: Town, hours: int):
    anna, bert = await people(town, "Anna", "Bert")
    await town.phones.fault("error", "sendMessage", chat_id=bert.id, error_code=429, description="-", retry_after=7200)
    await anna.writes(f"/tot {bert.id} {hours}")
    await town.jump(hours=2, seconds=1)
    assert ("Te laat?" in await bert.reads()) == (hours == 3)
    assert [letter.error for letter in letters(town, LetterState.CANCELLED)] == (["expired"] if hours == 1 else [])
