"""Privacy: what has served is forgotten, and what must still be taken away can be found."""

from datetime import timedelta

from sqlalchemy import select

from models import DeadUpdate, Event, EventKind, Invitation, Person, Request
from models.guard import missing
from models.letter import Letter, LetterState
from tests.support.asking import asks
from tests.support.telling import asks_at
from tests.support.town import Town


async def test_an_address_that_stands_in_a_chat_for_months_still_leaves_it(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "15/2", "14u")
    await jef.taps("Ik help")
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(days=63)
    await rosa.forges("1:cancel:1")
    await rosa.taps("Ja, stop")
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_what_was_written_after_the_end_leaves_the_chat_when_they_cannot_write_any_more(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await rosa.taps("Ja, gedaan")
    await jef.taps("Ja, gelukt")
    await rosa.taps("Schrijf naar Jef")
    await rosa.writes("Je jas ligt nog in de Dorpsstraat 12")
    await town.jump(hours=47)
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(hours=2)
    assert "Dorpsstraat 12" not in await jef.reads()
    assert "Dit bericht is weggehaald" in await jef.reads(), "two days later Telegram does not let it be deleted"


async def test_what_a_coordinator_writes_much_later_leaves_the_chat_too(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await rosa.taps("Ja, gedaan")
    await jef.taps("Ja, gelukt")
    await town.jump(days=5)
    with town.session() as session:
        jefs = town.person(session, jef).id
    await an.forges(f"1:answer_person:{jefs}:1")
    await an.writes("Breng je de sleutel terug naar de Dorpsstraat 12?")
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(days=3)
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_a_coordinator_of_the_earlier_neighbourhood_keeps_no_address(town: Town) -> None:
    an, rosa = await town.coordinator("An", "Centrum"), await town.resident("Rosa")
    await asks(rosa)
    await an.forges("1:case:1")
    assert "Dorpsstraat 12" in await an.reads()
    with town.session() as session, session.begin():
        session.scalars(select(Request)).one().area = town.area(session, "Kerkhoek")
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    assert "Dorpsstraat 12" not in await an.reads()


async def test_a_month_after_the_end_nothing_is_kept_of_what_was_asked(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await rosa.taps("Ja, gedaan")
    await jef.taps("Ja, gelukt")
    await town.jump(days=29)
    assert "Melk en brood" in await rosa.forges("1:request:1")
    await town.jump(days=2)
    with town.session() as session:
        request = session.scalars(select(Request)).one()
        assert request.text == ""
        kept = (request.media_id, request.address, request.bell, request.location, request.phone, request.code_word)
        assert set(kept) == {None}
    assert f"{code}: Boodschappen" in await rosa.writes("/mijnvragen")
    card = await rosa.forges("1:request:1")
    assert "Het is gelukt. Fijn!" in card
    assert "Wat:" not in card
    case = await an.forges("1:case:1")
    assert "Afgesloten: Het is gelukt." in case
    assert "Wat:" not in case
    assert "Dank je wel" in await jef.forges("1:task:1")
    assert "Wat heb je precies nodig?" in await rosa.forges("1:again:1"), "only the kind of help is still known"


async def test_what_went_wrong_is_kept_for_a_month(town: Town) -> None:
    rosa = await town.resident("Rosa")
    now = town.clock.now()
    with town.session() as session, session.begin():
        session.add(DeadUpdate(update_id=1, raw={"text": "Dorpsstraat 12"}, error="ValueError", at=now))
        dead = {"chat_key": str(rosa.id), "chat_id": str(rosa.id), "method": "sendMessage", "state": LetterState.DEAD}
        body = {"text": "Dorpsstraat 12"}
        session.add(Letter(**dead, body=body, created_at=now, not_before=now, person=session.get(Person, 1)))
    for days, kept in ((29, 1), (2, 0)):
        await town.jump(days=days)
        with town.session() as session:
            assert len(session.scalars(select(DeadUpdate)).all()) == kept
            letters = session.scalars(select(Letter).where(Letter.state == LetterState.DEAD)).all()
            assert [letter.body for letter in letters] == [body if kept else None]


async def test_what_happened_ten_years_ago_is_forgotten_and_nothing_sooner(town: Town) -> None:
    rosa = await town.resident("Rosa")
    with town.session() as session, session.begin():
        for years in (9, 11):
            session.add(Event(kind=EventKind.EMERGENCY, at=town.clock.now() - years * timedelta(days=366)))
    await town.jump(days=1)
    with town.session() as session:
        assert session.scalars(select(Event.kind)).all() == [EventKind.JOINED, EventKind.EMERGENCY]
        assert missing(session.connection()) == []
    assert rosa.name == "Rosa"


async def test_a_letter_that_could_not_be_sent_is_not_kept_longer_than_others(town: Town) -> None:
    rosa, lea = await town.resident("Rosa"), await town.resident("Lea")
    with town.session() as session, session.begin():
        for who in (rosa, lea):
            dead = {"chat_key": str(who.id), "chat_id": str(who.id), "method": "sendMessage", "state": LetterState.DEAD}
            at = {"created_at": town.clock.now(), "not_before": town.clock.now()}
            session.add(Letter(person=town.person(session, who), body={"text": "Dag"}, private=True, **dead, **at))
    # As when it was on its way while they had themselves erased.
    with town.session() as session, session.begin():
        town.person(session, lea).forget(town.clock.now())
    await town.jump(days=2)
    assert dead_letters_of(town) == [str(rosa.id)]
    await town.jump(days=57)
    assert dead_letters_of(town) == [str(rosa.id)]
    await town.jump(days=3)
    assert dead_letters_of(town) == []


def dead_letters_of(town: Town) -> list[str]:
    with town.session() as session:
        return list(session.scalars(select(Letter.chat_id).where(Letter.state == LetterState.DEAD)))


async def test_an_invitation_is_forgotten_a_month_after_its_day(town: Town) -> None:
    an = await town.coordinator("An")
    await an.forges("1:invite_now:1")

    def kept() -> int:
        with town.session() as session:
            return len(session.scalars(select(Invitation)).all())

    assert kept() == 1
    await town.jump(days=29)
    assert kept() == 1
    await town.jump(days=4)
    assert kept() == 0
