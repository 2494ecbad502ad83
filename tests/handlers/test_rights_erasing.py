"""The right to be forgotten: /wissen, at once, and nothing of it can be read any more by anybody."""

from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text, type_coerce

from models import Base, Coordinator, Event, EventKind, Letter, Person, Request, Volunteer, VolunteerState
from models.columns import Digest, Sealed, SealedJSON
from models.seen import DeadUpdate
from tests.handlers.test_forged_taps import asks_with_photo_and_place, shown
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def erases(who: Neighbour) -> str:
    """They ask for it, and say yes."""
    assert "Dan wis ik meteen" in await who.writes("/wissen")
    return await who.taps("Ja, wis alles")


def kept_under_the_key(town: Town) -> str:
    """Everything that the key still opens."""
    found = []
    with town.session() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Sealed | SealedJSON):
                    found += [str(value) for value in session.scalars(select(column)) if value is not None]
    return "\n".join(found)


def fingerprints(town: Town, telegram_id: int) -> int:
    """In how many rows the account can still be looked up."""
    with town.session() as session:
        columns = [each for table in Base.metadata.sorted_tables for each in table.columns]
        looked_up = [each for each in columns if isinstance(each.type, Digest)]
        return sum(len(session.execute(select(each).where(each == str(telegram_id))).all()) for each in looked_up)


def bytes_of(file: Path) -> bytes:
    """The database as it lies on the disk, with its log."""
    return file.read_bytes() + file.with_name(f"{file.name}-wal").read_bytes()


async def test_it_is_asked_once_in_plain_words_and_can_be_left(town: Town) -> None:
    rosa, _ = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    asked = await rosa.writes("/wissen")
    assert "je naam, je nummer en je adres" in asked
    assert "je vraag: die stopt, en wie helpt hoort dat" in asked
    assert "hoogstens 35 dagen" in asked
    assert "de woorden, foto's en spraakberichten van je vragen" in asked
    kept = await rosa.taps("Nee, bewaar het")
    assert kept.startswith("Er is niets gewist.")
    assert "Je hebt 1 open vraag." in kept


async def test_afterwards_no_key_opens_anything_of_them(town: Town) -> None:
    rosa, jef = await town.resident("Rosalinde"), await town.volunteer("Jef")
    await asks(rosa, text="Zeldzame appelstroop")
    await jef.taps("Ik help")
    await rosa.taps("Schrijf naar Jef")
    await rosa.writes("Mijn poes heet Mozart")
    with town.session() as session, session.begin():
        raw = {"message": {"from": {"id": rosa.id}, "chat": {"id": rosa.id, "type": "private"}, "text": "Rosalinde"}}
        session.add(DeadUpdate(update_id=1, raw=raw, error="ValueError", at=town.clock.now()))
    assert "Rosalinde" in kept_under_the_key(town)
    assert fingerprints(town, rosa.id)
    told = await erases(rosa)
    assert "Alles over jou is gewist." in told
    kept = kept_under_the_key(town)
    for theirs in ("Rosalinde", "appelstroop", "Mozart", "Dorpsstraat 12", str(rosa.id)):
        assert theirs not in kept, theirs
    assert fingerprints(town, rosa.id) == 0
    assert str(jef.id) in kept


@pytest.mark.sqlite("looks into the file")
async def test_the_bytes_are_gone_from_the_file_and_its_log(town: Town) -> None:
    rosa, jef = await town.resident("Rosalinde"), await town.volunteer("Jef")
    await asks(rosa, text="Zeldzame appelstroop")
    await jef.taps("Ik help")
    with town.session() as session:
        person = town.person(session, rosa)
        columns = [Person.telegram_id, Person.first_name, Person.street, Person.bell]
        raw = [type_coerce(each, LargeBinary) for each in columns]
        before = list(session.execute(select(*raw).where(Person.id == person.id)).one())
        asked = [type_coerce(each, LargeBinary) for each in (Request.text, Request.address, Request.bell)]
        before += session.execute(select(*asked)).one()
        before += session.scalars(select(type_coerce(Letter.chat_id, LargeBinary)).where(Letter.person_id == person.id))
    assert len(before) > len(columns) + len(asked)
    await erases(rosa)
    disk = town.app.turns.engine.raw_connection()
    disk.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk.close()
    stored = bytes_of(Path(town.app.turns.engine.url.database or ""))
    assert len(stored) > 10_000
    assert [sealed for sealed in before if sealed is not None and bytes(sealed) in stored] == []


@pytest.mark.both
async def test_who_helps_hears_that_it_stopped_without_a_name(town: Town) -> None:
    an = await town.coordinator("An")
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    assert "Rosa" in await an.taps(f"Bekijk {code}")
    await erases(rosa)
    told = await jef.last_text()
    assert "Deze hulp is niet meer nodig" in told
    assert "Rosa" not in told
    assert "Stuur een bericht" not in await jef.labels(), "nobody would read it"
    for other in (jef, an):
        assert "Dorpsstraat 12" not in await other.reads()
        assert "Rosa" not in await other.reads()
    assert "Antwoord voor" not in " ".join(await an.labels())


async def test_tasks_find_somebody_else_and_the_resident_is_told_without_a_name(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks(rosa)
    await jef.taps("Ik help")
    assert "je taak: iemand anders krijgt ze" in await jef.writes("/wissen")
    await jef.taps("Ja, wis alles")
    told = await rosa.last_text()
    assert "Je vrijwilliger kan toch niet komen." in told
    assert "Jef" not in told
    assert "Dorpsstraat 12" not in await jef.reads()
    assert "Rosa" in await mia.taps("Ik help")
    with town.session() as session:
        gone = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert gone is not None
        assert (gone.state, gone.categories, gone.areas) == (VolunteerState.ENDED, [], [])


async def test_a_task_whose_hour_is_past_is_not_given_back(town: Town) -> None:
    rosa, jef, an = await town.resident("Rosa"), await town.volunteer("Jef"), await town.coordinator("An")
    code = await asks(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=48)  # both were asked how it went
    before = await rosa.reads()
    assert "Is het gelukt met Jef?" in before
    assert "taak" not in await jef.writes("/wissen")
    await jef.taps("Ja, wis alles")
    assert await rosa.reads() == before, "nothing has changed for her"
    assert "Jef" not in await rosa.writes("/mijnvragen")
    card = await rosa.taps(f"{code} Boodschappen")
    assert "De vrijwilliger is hier niet meer" in card
    assert "Jef" not in "".join([card, *await rosa.labels()])
    await an.writes("/open")
    case = await an.taps(f"Bekijk {code}")
    assert "Wie deze taak had" in case
    assert "Jef" not in case


async def test_the_word_of_the_resident_ends_it_where_the_helper_is_gone(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=48)
    await erases(jef)
    await rosa.taps("Ja, gelukt")
    assert "Het is gelukt" in await rosa.writes("/mijnvragen")
    with town.session() as session:
        request = session.scalars(select(Request)).one()
        assert request.closed_at is not None


async def test_what_the_resident_said_before_ends_it_too(town: Town) -> None:
    rosa, jef, an = await town.resident("Rosa"), await town.volunteer("Jef"), await town.coordinator("An")
    await asks(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=48)
    await rosa.taps("Ja, gelukt")
    await erases(jef)
    assert "Het is gelukt. Fijn!" in await rosa.last_text()
    await town.jump(days=4)
    assert "zegt niet" not in await an.reads()
    assert "Niemand zegt" not in await an.reads()


async def test_what_a_helper_said_who_is_gone_counts_no_more(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=48)
    await jef.taps("Ik kon niet komen")
    await erases(jef)
    await rosa.taps("Ja, gelukt")
    assert "Het is gelukt. Fijn!" in await rosa.last_text()


async def test_what_waits_for_the_morning_never_comes(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    await town.jump(hours=13)  # it is eleven in the evening
    await rosa.taps("Schrijf naar Jef")
    assert "Het is nu nacht" in await rosa.writes("Mijn poes heet Mozart")
    await jef.taps("Stuur een bericht")
    await jef.writes("Tot woensdag")
    await erases(rosa)
    await town.jump(hours=12)
    assert "Tot woensdag" not in await rosa.reads()
    assert "Mozart" not in await jef.reads()
    assert "Alles over jou is gewist." in await rosa.last_text()


async def test_start_afterwards_is_somebody_new(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    await rosa.writes("/vraag")
    await erases(rosa)
    assert "Welkom bij Buren voor mekaar" in await rosa.starts()
    assert "Je hebt nog geen vragen" in await rosa.writes("/mijnvragen")
    with town.session() as session:
        assert len(session.scalars(select(Person)).all()) == 2
        assert session.scalars(select(Person.first_name).order_by(Person.id)).all() == ["", "Rosa"]


async def test_what_was_counted_stays_without_the_person(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    with town.session() as session:
        before = session.scalars(select(Event.kind).order_by(Event.id)).all()
    await erases(rosa)
    with town.session() as session:
        after = session.scalars(select(Event.kind).order_by(Event.id)).all()
        assert after == [*before, EventKind.CANCELLED, EventKind.ERASED]


async def test_the_last_coordinator_of_an_area_first_finds_another(town: Town) -> None:
    an = await town.coordinator("An")
    for asked in (await an.writes("/wissen"), await an.forges("1:erase_now")):
        assert "Jij bent de enige coördinator van Lindebeek." in asked
        assert "Nodig eerst iemand anders uit." in asked
    await town.coordinator("Els")
    assert "Alles over jou is gewist." in await erases(an)
    with town.session() as session:
        assert [each.person.first_name for each in session.scalars(select(Coordinator))] == ["Els"]
    assert "Die opdracht ken ik niet." in await an.writes("/open")


async def test_a_second_tap_and_an_old_button_do_no_harm(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/wissen")
    asked = await rosa.last()
    await rosa.taps("Ja, wis alles", on=asked)
    assert "Alles over jou is gewist." in await rosa.forges("1:erase_now", asked)
    assert fingerprints(town, rosa.id) == 0


@pytest.mark.parametrize("said", ["/effacer", "/erase", "/loeschen"])
async def test_it_has_a_name_in_each_language(town: Town, said: str) -> None:
    rosa = await town.resident("Rosa")
    assert "Dan wis ik meteen" in await rosa.writes(said)


async def test_who_blocks_the_bot_after_saying_yes_leaves_nothing_either(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/wissen")
    blocked = {"error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    await town.phones.fault("error", "editMessageText", chat_id=rosa.id, **blocked)
    await rosa.taps("Ja, wis alles")
    assert fingerprints(town, rosa.id) == 0
    with town.session() as session:
        assert session.execute(text("SELECT count(*) FROM letter")).scalar() == 0


async def test_the_card_on_which_a_coordinator_saw_a_volunteer_goes_too(town: Town) -> None:
    jef, an = await town.volunteer("Jef"), await town.coordinator("An")
    with town.session() as session, session.begin():
        town.person(session, jef).phone = "+32470123456"
    await an.writes("/vrijwilligers")
    assert "0470 12 34 56" in await an.taps("Bekijk Jef")
    await erases(jef)
    assert "0470 12 34 56" not in await an.reads()
    assert "Jef" not in await an.reads()
    assert "Jef" not in await an.writes("/vrijwilligers")


async def test_a_photo_and_a_place_leave_the_chat_of_who_helps(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    request = await asks_with_photo_and_place(rosa, town)
    await jef.taps("Ik help")
    await jef.taps("Toon op de kaart")
    assert await shown(jef)
    await erases(rosa)
    assert await shown(jef) == []
    with town.session() as session:
        asked = session.get_one(Request, request)
        assert (asked.text, asked.media_id, asked.location, asked.address) == ("", None, None, None)


async def test_who_only_offered_is_looked_past_and_who_waits_for_a_yes_hears_that_it_stopped(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks(rosa, know=True)
    await jef.taps("Ik help")
    await erases(jef)
    assert "Je vrijwilliger kan toch niet komen." in await rosa.last_text()
    await mia.taps("Ik help")
    assert "Mia wil je graag helpen" in await rosa.last_text()
    await erases(rosa)
    assert "Deze hulp is niet meer nodig" in await mia.last_text()
    assert "Rosa" not in await mia.reads()


async def test_what_a_helper_wrote_at_night_never_comes_either(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    await town.jump(hours=13)  # it is eleven in the evening
    await jef.taps("Stuur een bericht")
    assert "Het is nu nacht" in await jef.writes("Tot woensdag")
    await erases(jef)
    await town.jump(hours=12)
    assert "Tot woensdag" not in await rosa.reads()
    assert "Je vrijwilliger kan toch niet komen." in await rosa.reads()


async def test_a_photo_that_a_helper_sent_at_night_never_comes_either(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    await town.jump(hours=13)  # it is eleven in the evening
    await jef.does(jef.actor.sends_photo())
    await jef.taps("Stuur naar Rosa")
    await erases(jef)
    await town.jump(hours=12)
    assert not [each for each in await rosa.messages() if "photo" in each.json]


async def test_what_they_were_told_in_private_leaves_their_own_chat(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await rosa.taps("Ja, gedaan")
    await jef.taps("Ja, gelukt")
    await rosa.taps("Schrijf naar Jef")
    await rosa.writes("Je jas ligt nog in de Dorpsstraat 12")
    assert "Dorpsstraat 12" in await jef.reads()
    await erases(jef)
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_in_the_chats_of_others_only_a_trace_is_left_of_what_they_wrote(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Schrijf naar Jef")
    await rosa.writes("Bel twee keer, ik hoor slecht")
    await jef.taps("Antwoord")
    await jef.writes("Goed, tot morgen")
    await rosa.writes("/hulp")
    await rosa.taps("Schrijf de coördinator")
    await rosa.writes("Ik heb geen geld meer")
    letter = await an.last()
    assert "Rosa schrijft" in letter.text
    await erases(rosa)
    for who in (an, jef):
        for words in ("Rosa", "hoor slecht", "geen geld"):
            assert words not in await who.reads()
    assert "Dat vind ik niet meer terug." in await an.forges("1:answer_person:2:0", letter)


async def test_nobody_is_to_be_called_for_who_is_gone(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Jef")
    await asks(rosa)
    await town.jump(days=2)
    assert "Rosa" in await an.reads()
    await erases(rosa)
    assert "Rosa" not in await an.reads()
