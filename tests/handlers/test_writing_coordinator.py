"""Helping: both can write to the coordinator and get an answer; so can anybody."""

from sqlalchemy import select

from models import Request
from tests.support.asking import asks
from tests.support.town import Town


def request_id(town: Town) -> int:
    """The only request."""
    with town.session() as session:
        return session.scalars(select(Request.id)).one()


async def test_a_helper_asks_and_the_coordinator_answers(town: Town) -> None:
    carla = await town.coordinator("Carla")
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    code = await asks(anna)
    await bart.taps("Ik help")
    assert "Wat wil je aan de coördinator schrijven?" in await bart.taps("Schrijf de coördinator")
    assert "Je bericht is verstuurd." in await bart.writes("Mag ik met de auto?")
    assert await carla.last_text() == f"Bart schrijft over {code}:\n\nMag ik met de auto?"
    assert "Toon de vraag" in await carla.labels()
    assert "Wat wil je aan Bart schrijven?" in await carla.taps("Antwoord")
    assert "Je bericht is verstuurd." in await carla.writes("Ja, dat mag.")
    assert await bart.last_text() == "Carla van OCMW Lindebeek schrijft:\n\nJa, dat mag."
    await bart.taps("Antwoord")
    await bart.writes("Dank je")
    assert "Dank je" in await carla.last_text()


async def test_a_resident_without_a_question_can_write_too(town: Town) -> None:
    carla = await town.coordinator("Carla")
    anna = await town.resident("Anna")
    await anna.forges("1:write_coordinator:0")
    await anna.writes("Zijn jullie er vrijdag?")
    assert await carla.last_text() == "Anna schrijft:\n\nZijn jullie er vrijdag?"
    await carla.taps("Antwoord")
    await carla.writes("Ja, tot 12 uur.")
    assert "Ja, tot 12 uur." in await anna.last_text()


async def test_who_never_said_where_they_live_reaches_the_only_municipality(town: Town) -> None:
    carla = await town.coordinator("Carla")
    newcomer = await town.somebody("Nora")
    await newcomer.starts()
    await newcomer.forges("1:write_coordinator:0")
    await newcomer.writes("Waar kan ik jullie vinden?")
    assert "Waar kan ik jullie vinden?" in await carla.last_text()
    await carla.taps("Antwoord")
    await carla.writes("In het gemeentehuis.")
    assert "In het gemeentehuis." in await newcomer.last_text()


async def test_the_coordinator_of_the_neighbourhood_comes_before_that_of_the_municipality(town: Town) -> None:
    carla, nele = await town.coordinator("Carla"), await town.coordinator("Nele", "Centrum")
    anna = await town.resident("Anna")
    await anna.forges("1:write_coordinator:0")
    await anna.writes("Goeiedag")
    assert "Goeiedag" in await nele.last_text()
    assert "Goeiedag" not in await carla.reads()


async def test_without_any_coordinator_the_telephone_number_is_given(town: Town) -> None:
    anna = await town.resident("Anna")
    answer = await anna.forges("1:write_coordinator:0")
    assert "Er is nu geen coördinator bereikbaar via Telegram. Bel 016 12 34 56." in answer


async def test_a_coordinator_writes_only_to_people_of_their_own_area(town: Town) -> None:
    nele = await town.coordinator("Nele", "Kerkhoek")
    anna, zoe = await town.resident("Anna"), await town.resident("Zoe")
    await asks(anna)
    with town.session() as session:
        annas, zoes = town.person(session, anna).id, town.person(session, zoe).id
    unknown = await nele.forges("1:answer_person:99999:0")
    assert await nele.forges(f"1:answer_person:{annas}:0") == unknown
    assert await nele.forges(f"1:answer_person:{annas}:{request_id(town)}") == unknown
    carla = await town.coordinator("Carla")
    unknown = await carla.forges("1:answer_person:99999:0")
    assert await carla.forges(f"1:answer_person:{zoes}:{request_id(town)}") == unknown
    assert "Wat wil je aan Zoe schrijven?" in await carla.forges(f"1:answer_person:{zoes}:0")


async def test_who_is_no_coordinator_cannot_answer_in_their_name(town: Town) -> None:
    anna, zoe = await town.resident("Anna"), await town.resident("Zoe")
    with town.session() as session:
        annas = town.person(session, anna).id
    assert "schrijven?" not in await zoe.forges(f"1:answer_person:{annas}:0")


async def test_a_stranger_cannot_write_about_somebody_elses_question(town: Town) -> None:
    await town.coordinator("Carla")
    anna, zoe = await town.resident("Anna"), await town.resident("Zoe")
    await asks(anna)
    unknown = await zoe.forges("1:write_coordinator:99999")
    assert await zoe.forges(f"1:write_coordinator:{request_id(town)}") == unknown


async def test_somebody_who_cannot_be_reached_must_be_called(town: Town) -> None:
    carla, anna = await town.coordinator("Carla"), await town.resident("Anna")
    await anna.forges("1:write_coordinator:0")
    await anna.writes("Goeiedag")
    await carla.taps("Antwoord")
    await carla.does(anna.actor.blocks())
    assert "nu niet bereikbaar via Telegram" in await carla.writes("Dag Anna")


async def test_an_answer_that_nobody_can_get_any_more_ends_the_dialogue(town: Town) -> None:
    nele, anna = await town.coordinator("Nele", "Centrum"), await town.resident("Anna")
    await asks(anna)
    with town.session() as session:
        annas = town.person(session, anna).id
    await nele.forges(f"1:answer_person:{annas}:{request_id(town)}")
    with town.session() as session, session.begin():
        session.scalars(select(Request)).one().area = town.area(session, "Kerkhoek")
    assert "Dat vind ik niet meer terug." in await nele.writes("Dag Anna")
    assert "Dat vind ik niet meer terug." not in await nele.writes("hallo")
    assert "Dag Anna" not in await anna.reads()
