"""Design, "Letters": what nobody needs any more is deleted; where Telegram keeps it, a few words stand there."""

import pytest

from models.letter import LetterState
from tests.bot.machine import calls, letters
from tests.support.town import Neighbour, Town

WAITING = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNKNOWN)
KEPT = "Bad Request: message can't be deleted for everyone"


async def refuse(town: Town, code: int, description: str, method: str = "deleteMessage", **more: object) -> None:
    await town.phones.fault("error", method, error_code=code, description=description, **more)


async def left(who: Neighbour) -> list[str]:
    """What stands in the chat below the first words."""
    return [message.text for message in await who.messages()][1:]


async def test_what_nobody_needs_any_more_is_deleted(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/spoor {bert.id}")
    assert await left(bert) == []
    assert not letters(town, *WAITING, LetterState.DEAD)


@pytest.mark.parametrize(("hours", "stays"), [(46, []), (49, ["Voorbij."])])
async def test_what_is_too_old_to_be_deleted_becomes_a_few_words(
    town: Town, anna: Neighbour, bert: Neighbour, hours: int, stays: list[str]
):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await town.jump(hours=hours)
    since = (await town.phones.log())[-1]["n"]
    await anna.writes(f"/spoor {bert.id}")
    assert await left(bert) == stays
    assert all(call["ok"] for call in await town.phones.log(since)), "nothing is asked that Telegram refuses"
    assert not letters(town, *WAITING, LetterState.DEAD)


async def test_the_button_of_what_had_to_stay_can_be_typed(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, KEPT)
    await anna.writes(f"/spoor {bert.id}")
    assert await left(bert) == ["Voorbij."]
    assert await bert.writes("Tel") == "Geteld: 1"


async def test_what_is_there_no_longer_is_done(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, "Bad Request: message to delete not found")
    since = (await town.phones.log())[-1]["n"]
    await anna.writes(f"/spoor {bert.id}")
    assert not letters(town, *WAITING, LetterState.DEAD)
    assert len(await calls(town, "deleteMessage", since)) == 1
    assert not await calls(town, "editMessageText", since)


async def test_a_message_that_can_neither_be_deleted_nor_edited_is_not_said_anew(
    town: Town, anna: Neighbour, bert: Neighbour
):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, KEPT)
    await refuse(town, 400, "Bad Request: message to edit not found", "editMessageText")
    await anna.writes(f"/spoor {bert.id}")
    assert len(await left(bert)) == 1  # the old one; nothing came below it
    assert not letters(town, *WAITING, LetterState.DEAD)


async def test_whatever_else_telegram_says_against_a_deletion_the_address_goes(
    town: Town, anna: Neighbour, bert: Neighbour
):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, "Bad Request: something quite new")
    await anna.writes(f"/spoor {bert.id}")
    assert await left(bert) == ["Voorbij."]


async def test_too_fast_it_is_deleted_later_also_after_a_restart(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 429, "Too Many Requests", retry_after=40)
    await anna.writes(f"/spoor {bert.id}")
    await town.restart()
    assert len(await left(bert)) == 1
    await town.jump(seconds=41)
    assert await left(bert) == []


@pytest.mark.parametrize("kind", ["bad_gateway_before", "bad_gateway_after"])
async def test_a_deletion_that_perhaps_happened_is_tried_again(town: Town, anna: Neighbour, bert: Neighbour, kind: str):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await town.phones.fault(kind, "deleteMessage")
    await anna.writes(f"/spoor {bert.id}")
    await town.jump(seconds=2)
    assert await left(bert) == []
    assert not letters(town, *WAITING, LetterState.DEAD)


async def test_refused_and_then_restarted_the_few_words_still_come(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, KEPT)
    await refuse(town, 429, "Too Many Requests", "editMessageText", retry_after=40)
    await anna.writes(f"/spoor {bert.id}")
    await town.restart()
    await town.jump(seconds=41)
    assert await left(bert) == ["Voorbij."]


async def test_who_blocked_the_bot_holds_nobody_up(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 403, "Forbidden: bot was blocked by the user")
    await anna.writes(f"/spoor {bert.id}")
    assert [letter.error for letter in letters(town, LetterState.CANCELLED)] == ["unreachable"]
    assert not letters(town, *WAITING)


async def test_what_is_on_its_way_is_deleted_when_it_has_arrived(town: Town, anna: Neighbour, bert: Neighbour):
    await town.phones.fault("slow", "sendMessage", chat_id=bert.id, seconds=0.4)
    await town.phones.waits_for(await anna.actor.writes(f"/kaart {bert.id} Dorpsstraat"))
    await bert.actor.sees("Dorpsstraat")
    await town.phones.waits_for(await anna.actor.writes(f"/spoor {bert.id}"))
    await town.settled()
    assert await left(bert) == []


async def test_what_waits_to_be_changed_is_deleted_instead(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Kerkstraat")
    await refuse(town, 429, "Too Many Requests", "editMessageText", retry_after=9)
    await anna.writes(f"/herzie {bert.id} Dorpsstraat")
    await anna.writes(f"/spoor {bert.id}")
    await town.jump(seconds=10)
    assert await left(bert) == []


async def test_what_changes_while_it_is_on_its_way_is_deleted_too(town: Town, anna: Neighbour, bert: Neighbour):
    await town.phones.fault("slow", "sendMessage", chat_id=bert.id, seconds=0.4)
    await town.phones.waits_for(await anna.actor.writes(f"/kaart {bert.id} Dorpsstraat"))
    await bert.actor.sees("Dorpsstraat")
    for command in ("herzie", "spoor"):
        await town.phones.waits_for(await anna.actor.writes(f"/{command} {bert.id} Kerkstraat"))
    await town.settled()
    assert await left(bert) == []


async def test_what_waits_to_be_sent_is_never_sent(town: Town, anna: Neighbour, bert: Neighbour):
    await refuse(town, 429, "Too Many Requests", "sendMessage", chat_id=bert.id, retry_after=9)
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/spoor {bert.id}")
    await town.jump(seconds=10)
    assert await left(bert) == []


async def test_what_somebody_has_just_tapped_stays_and_says_what_happened(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await bert.forges("1:over", await bert.last())
    assert await left(bert) == ["Voorbij.", "Dank je."]


async def test_what_is_tapped_before_it_is_deleted_stays_and_answers(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    card = await bert.last()
    await refuse(town, 429, "Too Many Requests", retry_after=9)
    await anna.writes(f"/spoor {bert.id}")
    await bert.forges("1:count", card)
    await town.jump(seconds=10)
    assert await left(bert) == ["Geteld: 1"]
    assert (await bert.last()).id == card.id


async def test_what_is_tapped_before_the_few_words_come_answers_there(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await refuse(town, 400, KEPT)
    await refuse(town, 429, "Too Many Requests", "editMessageText", retry_after=9)
    await anna.writes(f"/spoor {bert.id}")
    since = (await town.phones.log())[-1]["n"]
    await bert.forges("1:count", await bert.last())
    await town.jump(seconds=10)
    assert await left(bert) == ["Geteld: 1"]
    assert len(await calls(town, "editMessageText", since)) == 1


async def test_what_is_tapped_too_late_is_answered_in_a_new_message(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    card = await bert.last()
    await refuse(town, 400, "Bad Request: message to edit not found", "editMessageText")
    await bert.forges("1:count", card)
    assert (await bert.last()).id > card.id
    assert await bert.last_text() == "Geteld: 1"


async def test_nothing_that_comes_later_changes_what_is_gone(town: Town, anna: Neighbour, bert: Neighbour):
    await anna.writes(f"/kaart {bert.id} Dorpsstraat")
    await anna.writes(f"/spoor {bert.id}")
    await anna.writes(f"/herzie {bert.id} Kerkstraat")
    assert await left(bert) == []
    await anna.writes(f"/kaart {bert.id} Molenweg")
    assert await left(bert) == ["Molenweg"]
