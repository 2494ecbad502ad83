"""Helping: resident and helper write each other text through the bot, under first names."""

from datetime import UTC, datetime

from sqlalchemy import select

from models import Event, EventKind, Request
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def together(town: Town) -> tuple[Neighbour, Neighbour]:
    """Anna asked, Bart helps."""
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    return anna, bart


def request_id(town: Town) -> int:
    """The only request."""
    with town.session() as session:
        return session.scalars(select(Request.id)).one()


async def test_they_write_each_other_under_first_names_and_answer_with_one_tap(town: Town) -> None:
    anna, bart = await together(town)
    assert "Wat wil je aan Anna schrijven?" in await bart.taps("Stuur een bericht")
    assert "Dorpsstraat 12" in await bart.reads(), "the task stays in sight"
    assert "Je bericht is verstuurd." in await bart.writes("Ik breng ook kaas mee.")
    assert await anna.last_text() == "Bart schrijft:\n\nIk breng ook kaas mee."
    assert "Wat wil je aan Bart schrijven?" in await anna.taps("Antwoord")
    assert "Ik breng ook kaas mee." in await anna.reads(), "who answers can still read what was written"
    await anna.writes("Dank je, dat is lief!")
    assert await bart.last_text() == "Anna schrijft:\n\nDank je, dat is lief!"
    assert "Antwoord" in await bart.labels()


async def test_each_message_stays_beside_the_others(town: Town) -> None:
    anna, bart = await together(town)
    for words in ("Een", "Twee"):
        await bart.taps("Stuur een bericht" if words == "Een" else "Schrijf nog iets")
        await bart.writes(words)
    read = await anna.reads()
    assert "Bart schrijft:\n\nEen" in read
    assert "Bart schrijft:\n\nTwee" in read


async def test_the_history_keeps_that_somebody_wrote_and_nothing_of_the_words(town: Town) -> None:
    _, bart = await together(town)
    await bart.taps("Stuur een bericht")
    await bart.writes("Geheim woord")
    with town.session() as session:
        wrote = session.scalars(select(Event).where(Event.kind == EventKind.WROTE)).one()
        assert wrote.detail is None
        assert wrote.by is town.person(session, bart)
        assert wrote.request_id is not None
        connection = session.connection()
        stored = [
            str(row)
            for table in ("event", "form", "letter", "request")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert not [row for row in stored if "Geheim" in row]


async def test_a_text_that_is_too_long_is_asked_again_shorter(town: Town) -> None:
    anna, bart = await together(town)
    await bart.taps("Stuur een bericht")
    assert "Dat is te lang: 1001 tekens" in await bart.writes("x" * 1001)
    await bart.writes("y" * 1000)
    assert "y" * 1000 in await anna.last_text()
    assert "x" * 20 not in await anna.reads()


async def test_voice_and_photo_are_declined_politely_and_the_question_stays(town: Town) -> None:
    anna, bart = await together(town)
    told = len(await anna.messages())
    await bart.taps("Stuur een bericht")
    for act in (bart.actor.sends_voice(), bart.actor.sends_photo(), bart.actor.sends_location(50.79, 4.9)):
        assert "Ik kan alleen tekst doorgeven" in await bart.does(act)
    assert len(await anna.messages()) == told
    await bart.writes("Tot straks")
    assert "Tot straks" in await anna.last_text()


async def test_at_night_the_message_waits_for_the_morning_and_the_sender_knows(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    await town.jump(datetime(2026, 11, 23, 21, 30, tzinfo=UTC))  # half past ten in the evening
    await bart.taps("Stuur een bericht")
    assert "Het is nu nacht. Je bericht komt morgen om 8 uur aan." in await bart.writes("Past woensdag?")
    assert "Past woensdag?" not in await anna.reads()
    await town.jump(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert "Bart schrijft:\n\nPast woensdag?" in await anna.reads()


async def test_what_is_urgent_breaks_the_night(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, part="Voormiddag 8–12")
    await bart.taps("Ik help")
    await town.jump(datetime(2026, 11, 23, 21, 30, tzinfo=UTC))
    await bart.taps("Stuur een bericht")
    assert "Je bericht is verstuurd." in await bart.writes("Ik kom om 9 uur.")
    assert "Ik kom om 9 uur." in await anna.last_text()


async def test_nobody_writes_before_the_task_is_taken(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, know=True)
    assert "Niemand heeft deze taak nu" in await anna.forges(f"1:write:{request_id(town)}")
    await bart.forges(f"1:write:{request_id(town)}")
    assert "Ik help" in await bart.labels(), "the offer is what is true"
    await bart.taps("Ik help")
    assert "eerst weten wie er komt" in await bart.forges(f"1:write:{request_id(town)}")
    assert "Niemand heeft deze taak nu" in await anna.forges(f"1:write:{request_id(town)}")


async def test_a_stranger_cannot_write_to_anybody(town: Town) -> None:
    await together(town)
    zoe = await town.resident("Zoe")
    unknown = await zoe.forges("1:write:99999")
    assert await zoe.forges(f"1:write:{request_id(town)}") == unknown


async def test_they_may_write_until_two_days_after_the_end(town: Town) -> None:
    anna, bart = await together(town)
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    await town.jump(hours=30)
    await bart.taps("Stuur een bericht")
    await bart.writes("Geen probleem!")
    assert "Geen probleem!" in await anna.last_text()
    await town.jump(hours=19)
    assert "Die tijd is voorbij" in await anna.taps("Antwoord")
    assert "Schrijf de coördinator" in await anna.labels()


async def test_who_gave_the_task_back_can_no_longer_write_nor_be_written_to(town: Town) -> None:
    anna, bart = await together(town)
    await anna.forges(f"1:write:{request_id(town)}")
    await anna.writes("De sleutel ligt bij de buren.")
    assert "De sleutel" in await bart.reads()
    await bart.taps("Ik kan niet meer")
    await bart.taps("Ja, geef terug")
    assert "De sleutel" not in await bart.reads(), "a message may hold an address"
    assert "Je hebt deze taak niet meer" in await bart.forges(f"1:write:{request_id(town)}")


async def test_the_question_to_a_former_helper_names_nobody(town: Town) -> None:
    anna, bart = await together(town)
    assert "Anna" in await bart.taps("Stuur een bericht")
    await anna.taps("Liever iemand anders")
    await anna.taps("Ja, zoek iemand anders")
    assert "Anna" not in await bart.does(bart.actor.sends_sticker())
    assert "Anna" not in await bart.reads()
    assert "Je bericht is niet verstuurd." in await bart.writes("Waarom?")
    assert "Waarom?" not in await anna.reads()


async def test_the_name_in_the_question_leaves_the_chat_with_the_end(town: Town) -> None:
    anna, bart = await together(town)
    for _ in range(2):
        await bart.taps("Stuur een bericht")
        await bart.writes("Tot straks!")
        assert "Stop" not in (await bart.messages())[-2].labels
    await bart.writes("/taken")
    await bart.taps("Toon taak 1")
    await bart.taps("Stuur een bericht")
    await bart.writes("Nog iets")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Anna" not in await bart.reads()


async def test_a_second_tap_on_stop_of_a_question_with_a_name_shows_where_they_are(town: Town) -> None:
    _, bart = await together(town)
    await bart.taps("Stuur een bericht")
    question = await bart.last()
    data = next(each[0]["callback_data"] for each in question.json["reply_markup"]["inline_keyboard"])
    await bart.writes("Tot straks!")
    await bart.forges(data, question)
    assert "Die knop is te oud." in await bart.reads()


async def test_a_message_for_one_helper_does_not_go_to_the_next(town: Town) -> None:
    anna, bart, cara = await town.resident("Anna"), await town.volunteer("Bart"), await town.volunteer("Cara")
    await asks(anna)
    await bart.taps("Ik help")
    assert "aan Bart schrijven" in await anna.taps("Schrijf naar Bart")
    await bart.taps("Ik kan niet meer")
    await bart.taps("Ja, geef terug")
    await cara.taps("Ik help")
    assert "Je bericht is niet verstuurd." in await anna.writes("Bart, breng je zus mee?")
    assert "breng je zus mee" not in await cara.reads()


async def test_who_cannot_be_reached_is_said_at_once(town: Town) -> None:
    anna, bart = await together(town)
    await bart.taps("Stuur een bericht")
    await bart.does(anna.actor.blocks())
    assert "Ik kan je bericht nu niet bezorgen" in await bart.writes("Hallo?")
    assert "Schrijf de coördinator" in await bart.labels()
