"""Design: dialogues are rows, with *back*, *stop*, an expiry, a token in their buttons; they survive everything."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.gap import Gap
from handlers.everyone.smalltalk import Small, small
from models.form import FormRow
from tests.bot.conftest import Monotonic
from tests.bot.machine import locked
from tests.support.town import Neighbour, Town


async def test_one_question_after_the_other_until_all_are_answered(anna: Neighbour):
    assert await anna.writes("/rondleiding") == "Hoe heet je hond?"
    assert "Geen hond" in await anna.labels()
    assert await anna.writes("Bello") == "Welke kleur heeft Bello?"
    assert await anna.taps("Zwart") == "Klaar: Bello black"


async def test_a_question_that_does_not_matter_is_not_asked(anna: Neighbour):
    await anna.writes("/rondleiding")
    assert await anna.taps("Geen hond") == "Klaar: none -"


async def test_back_undoes_the_last_answer(anna: Neighbour):
    await anna.writes("/rondleiding")
    await anna.writes("Bello")
    assert await anna.taps("Terug") == "Hoe heet je hond?"
    await anna.writes("Rex")
    assert await anna.taps("Wit") == "Klaar: Rex white"


async def test_back_at_the_first_question_stays_there(anna: Neighbour):
    await anna.writes("/rondleiding")
    assert "Terug" not in await anna.labels()
    assert await anna.writes("terug") == "Hoe heet je hond?"


@pytest.mark.parametrize("how", ["taps", "writes"])
async def test_stop_is_always_there(anna: Neighbour, how: str):
    await anna.writes("/rondleiding")
    stop = (await anna.labels())[-1]
    assert await getattr(anna, how)(stop) == "Gestopt."
    assert await anna.writes("hallo") == "Gehoord: hallo"


@pytest.mark.parametrize("words", ["STOP!", "Ja, stop maar", "Nee, stop", "stop aub", "Stop nu", "Stopp, bitte"])
async def test_stop_can_be_said_as_people_say_it_outside_of_a_dialogue_too(anna: Neighbour, words: str):
    await anna.writes("/rondleiding")
    assert small(words) is Small.STOP
    assert await anna.writes(words) == "Gestopt."


async def test_a_label_can_be_typed(anna: Neighbour):
    await anna.writes("/rondleiding")
    assert await anna.writes("geen HOND ") == "Klaar: none -"


async def test_a_number_chooses_where_no_text_is_wanted(anna: Neighbour):
    await anna.writes("/rondleiding")
    await anna.writes("2")  # here it is a name
    assert await anna.writes("2") == "Klaar: 2 white"


@pytest.mark.parametrize("text", ["0", "5", "paars", "²"])
async def test_what_is_no_answer_gets_the_question_again(anna: Neighbour, text: str):
    await anna.writes("/rondleiding")
    await anna.writes("Bello")
    assert (await anna.writes(text)).endswith("Welke kleur heeft Bello?")
    assert await anna.taps("Wit") == "Klaar: Bello white"


async def test_a_sticker_or_a_voice_message_keeps_the_dialogue(anna: Neighbour):
    await anna.writes("/rondleiding")
    for sent in (anna.actor.sends_sticker(), anna.actor.sends_voice(), anna.actor.sends_photo()):
        assert (await anna.does(sent)).endswith("Hoe heet je hond?")
    await anna.writes("Bello")
    assert await anna.taps("Wit") == "Klaar: Bello white"


async def test_an_answer_that_the_step_refuses_says_what_to_do(anna: Neighbour):
    await anna.writes("/rondleiding")
    assert await anna.writes("?") == "Schrijf een naam.\n\nHoe heet je hond?"


async def test_a_button_of_an_earlier_question_shows_where_one_is(anna: Neighbour):
    await anna.writes("/rondleiding")
    question = await anna.last()
    await anna.writes("Bello")
    await anna.forges(question.buttons[0]["callback_data"], question)
    assert "Welke kleur heeft Bello?" in await anna.reads()
    assert "Klaar" not in await anna.reads()


async def test_a_button_of_an_older_dialogue_does_nothing(anna: Neighbour):
    await anna.writes("/rondleiding")
    old = (await anna.last()).buttons[0]["callback_data"]
    await anna.taps("Geen hond")
    assert await anna.forges(old) == "Neen: expired"
    await anna.writes("/rondleiding")
    assert await anna.forges(old) == "Neen: expired"


async def test_a_dialogue_expires(anna: Neighbour, town: Town):
    await anna.writes("/kort")
    await town.jump(minutes=61)
    assert await anna.writes("Wit") == "Gehoord: Wit"


async def test_each_answer_gives_it_new_time(anna: Neighbour, town: Town):
    await anna.writes("/kort")
    await town.jump(minutes=50)
    await anna.writes("paars")
    await town.jump(minutes=50)
    assert await anna.writes("Wit") == "Kort: Bello white"


async def test_a_dialogue_waits_below_another_and_goes_on_afterwards(anna: Neighbour):
    await anna.writes("/rondleiding")
    await anna.writes("Rex")
    assert await anna.writes("/kort") == "Welke kleur heeft Bello?"
    assert await anna.taps("Wit") == "Welke kleur heeft Rex?"
    assert "Kort: Bello white" in await anna.reads()
    assert await anna.taps("Zwart") == "Klaar: Rex black"


async def test_beginning_the_same_dialogue_again_begins_at_its_first_question(anna: Neighbour):
    await anna.writes("/rondleiding")
    await anna.writes("Rex")
    assert await anna.writes("/rondleiding") == "Hoe heet je hond?"
    assert await anna.taps("Geen hond") == "Klaar: none -"
    assert await anna.writes("hallo") == "Gehoord: hallo"


async def test_a_dialogue_survives_a_restart(anna: Neighbour, town: Town):
    await anna.writes("/rondleiding")
    await anna.writes("Bello")
    await town.restart()
    assert await anna.taps("Wit") == "Klaar: Bello white"


async def test_a_dialogue_that_the_code_does_not_know_any_more_is_over(anna: Neighbour, town: Town):
    await anna.writes("/rondleiding")
    with town.session() as session, session.begin():
        session.query(FormRow).one().name = "gone"
    assert await anna.writes("hallo") == "Gehoord: hallo"


async def test_a_place_is_asked_for_with_the_keyboard_which_goes_away(anna: Neighbour):
    await anna.writes("/plek")
    assert "Deel je plaats" in await anna.labels()
    await anna.taps("Deel je plaats")
    assert "Daar: 50.79950,4.88970" in await anna.reads()
    assert "Deel je plaats" not in await anna.labels()


async def test_after_an_outage_everybody_in_a_dialogue_sees_the_question_again(
    anna: Neighbour, town: Town, monotonic: Monotonic
):
    bert = await town.somebody("Bert")
    await bert.starts()
    await anna.writes("/rondleiding")
    await anna.writes("Bello")
    before = len(await anna.messages())
    await town.phones.fault("bad_gateway_before", "getUpdates")
    monotonic.seconds += 300
    await bert.writes("daar ben ik weer")
    await town.settled()
    await bert.writes("en nog eens")
    assert len(await anna.messages()) == before + 1
    assert await anna.taps("Wit") == "Klaar: Bello white"
    assert (await bert.reads()).count("Hallo") == 1


async def test_a_short_absence_of_telegram_shows_nothing_again(anna: Neighbour, town: Town, monotonic: Monotonic):
    await anna.writes("/rondleiding")
    before = len(await anna.messages())
    monotonic.seconds += 150
    await anna.writes("Bello")
    assert len(await anna.messages()) <= before + 1


async def test_a_forged_tap_finds_closed_doors(anna: Neighbour):
    assert await anna.forges("1:secret") == "Neen: role"
    await anna.starts()
    assert await anna.taps("Geheim") == "Neen: role"
    for data in (
        "1:number",
        "1:number:x",
        "1:number:1:a:b",
        "1:nothing",
        "0:count",
        "2:count",
        "count",
        "1:form:a:b:c",
        ":",
    ):
        assert (await anna.forges(data)).startswith("Neen"), data
    assert await anna.forges("1:number:41") == "Nummer 42 geen"
    assert await anna.forges("1:number:-1:twee") == "Nummer 0 twee"


async def test_what_has_no_meaning_here_is_met_gently(anna: Neighbour):
    assert await anna.writes("/watisdit") == "Dat ken ik niet."
    message = await anna.actor.chat()
    await anna.does(anna.actor.edits([each for each in message if each.outgoing][-1], "anders"))
    assert await anna.last_text() == "Dat ken ik niet."
    assert await anna.does(anna.actor.sends_contact("+32 470 12 34 56")) == "Gehoord: contact"
    assert await anna.does(anna.actor.sends_location(50.8, 4.9)) == "Gehoord: location"
    assert await anna.does(anna.actor.sends_poll("Wat?", ["a", "b"])) == "Gehoord: poll"


async def test_after_a_gap_of_our_own_the_question_is_shown_once_more(anna: Neighbour, town: Town):
    await anna.writes("/rondleiding")
    await anna.writes("Bello")
    before = len(await anna.messages())
    await town.restart(at=town.clock.now() + timedelta(hours=1))
    await anna.actor.until(lambda chat: len([each for each in chat if not each.outgoing]) == before + 1)
    await town.restart(at=town.clock.now() + timedelta(minutes=2))
    assert len(await anna.messages()) == before + 1
    assert await anna.taps("Wit") == "Klaar: Bello white"


async def test_nobody_sees_it_twice_where_the_database_goes_away_in_the_middle(anna: Neighbour, town: Town):
    bert = await town.somebody("Bert")
    await bert.starts()
    both = (anna, bert)
    for each in both:
        await each.writes("/rondleiding")
    before = [len(await each.messages()) for each in both]
    gap, here, turns, left = Gap(timedelta(minutes=5)), threading.current_thread(), town.app.turns, [3]

    def fail(_connection: Connection) -> None:
        left[0] -= threading.current_thread() is here
        if not left[0]:  # who they are was read, and the first was told
            raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    event.listen(turns.engine, "commit", fail)
    with pytest.raises(OperationalError):
        gap.show(turns)
    event.remove(turns.engine, "commit", fail)
    await town.settled()
    assert [len(await each.messages()) for each in both] == [before[0] + 1, before[1]]
    gap.show(turns)
    await town.settled()
    assert [len(await each.messages()) for each in both] == [count + 1 for count in before]


async def test_nobody_is_woken_by_it(anna: Neighbour, town: Town):
    await town.jump(to=town.clock.now().replace(hour=18))
    await anna.writes("/rondleiding")
    before = len(await anna.messages())
    await town.restart(at=town.clock.now().replace(hour=23))
    assert len(await anna.messages()) == before
    await town.jump(hours=10)
    assert len(await anna.messages()) == before + 1


async def missed_in_the_evening(anna: Neighbour, town: Town, *said: str) -> None:
    """A dialogue, and a bot that was away until it is night."""
    await town.jump(to=town.clock.now().replace(hour=18))
    for each in ("/rondleiding", *said):
        await anna.writes(each)
    await town.restart(at=town.clock.now().replace(hour=23))


async def test_at_night_a_question_keeps_its_buttons_until_it_comes_anew(anna: Neighbour, town: Town):
    await missed_in_the_evening(anna, town, "Bello")
    earlier = await anna.last()
    assert "Wit" in await anna.labels()
    await town.jump(hours=10)
    assert [each.id for each in await anna.messages() if "Wit" in each.labels] == [(await anna.last()).id]
    assert (await anna.last()).id != earlier.id
    assert await anna.taps("Wit") == "Klaar: Bello white"


@pytest.mark.parametrize("how", ["taps", "writes"])
async def test_what_is_answered_at_night_is_not_asked_in_the_morning(anna: Neighbour, town: Town, how: str):
    await missed_in_the_evening(anna, town, "Bello")
    assert await getattr(anna, how)("Wit") == "Klaar: Bello white"
    before = await anna.reads()
    await town.jump(hours=10)
    assert await anna.reads() == before


@pytest.mark.parametrize("how", ["taps", "writes"])
async def test_who_goes_on_at_night_keeps_the_buttons_in_the_morning(anna: Neighbour, town: Town, how: str):
    await missed_in_the_evening(anna, town, "Bello")
    await getattr(anna, how)("Terug")
    before = await anna.reads()
    await town.jump(hours=10)
    assert await anna.reads() == before
    assert "Geen hond" in await anna.labels()
    assert await anna.taps("Geen hond") == "Klaar: none -"


async def test_a_gap_while_the_database_is_away_stops_nothing(anna: Neighbour, town: Town, monotonic: Monotonic):
    await anna.writes("/rondleiding")
    before = len(await anna.messages())
    await town.phones.fault("bad_gateway_before", "getUpdates")
    monotonic.seconds += 300
    with locked(town):
        await anna.actor.writes("ik ruik gas")
        await anna.actor.sees("112")
    await anna.writes("Bello")
    assert len(await anna.messages()) > before
