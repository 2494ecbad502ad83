"""The number of a volunteer: asked once, free to leave out, for coordinators who call, and for nobody else."""

import pytest
from sqlalchemy import select

from models import Volunteer
from tests.handlers.test_coordinator_story import ask
from tests.handlers.test_volunteer_joining import reads_the_note
from tests.support.town import Neighbour, Town

NUMBER = "0470 12 34 56"


async def chooses(who: Neighbour) -> None:
    """Up to the question about the number."""
    await who.writes("/vrijwilliger")
    await reads_the_note(who)
    for label in ("Boodschappen", "Klaar", "Centrum", "Klaar", "Kies alles", "Klaar"):
        await who.taps(label)


async def joins(town: Town, name: str, number: str = NUMBER) -> Neighbour:
    """Somebody who applies with a number."""
    who = await town.resident(name)
    await chooses(who)
    await who.writes(number)
    await who.taps("Stuur door")
    return who


@pytest.mark.parametrize("typed", ["0470 12 34 56", "0470/12.34.56", "+32 470 12 34 56", "0032470123456"])
async def test_a_number_is_typed_as_people_write_it(town: Town, typed: str) -> None:
    bart = await town.resident("Bart")
    await chooses(bart)
    assert "Op welk nummer kan de coördinator je bellen?" in await bart.last_text()
    assert f"Telefoon: {NUMBER}" in await bart.writes(typed)


async def test_the_own_contact_is_as_good_but_not_that_of_somebody_else(town: Town) -> None:
    bart = await town.resident("Bart")
    await chooses(bart)
    other = await bart.does(bart.actor.sends_contact("+32470999999", first_name="Mia", user_id=99))
    assert "Dat is het nummer van iemand anders." in other
    assert "Op welk nummer" in other
    assert f"Telefoon: {NUMBER}" in await bart.does(bart.actor.sends_contact("+32470123456"))


async def test_what_is_no_number_is_asked_again_and_nobody_has_to_give_one(town: Town) -> None:
    bart = await town.resident("Bart")
    await chooses(bart)
    assert "Dat nummer klopt niet." in await bart.writes("0470 12")
    assert "Telefoon: geen nummer" in await bart.taps("Liever niet")


async def test_it_can_be_changed_and_taken_back_later(town: Town) -> None:
    carla = await town.coordinator("Carla")
    bart = await joins(town, "Bart")
    assert f"Telefoon: {NUMBER}" in await bart.writes("/vrijwilliger")
    await bart.taps("Wijzig keuzes")
    await bart.taps("Wijzig nummer")
    assert "Telefoon: 016 76 12 34" in await bart.writes("016 76 12 34")
    assert "Telefoon: 016 76 12 34" in await bart.taps("Bewaar mijn keuzes")
    await bart.taps("Wijzig keuzes")
    await bart.taps("Wijzig nummer")
    await bart.taps("Liever niet")
    assert "Telefoon: geen nummer" in await bart.taps("Bewaar mijn keuzes")
    await carla.writes("/vrijwilligers")
    assert "Telefoon: geen nummer" in await carla.taps("Bekijk Bart (nieuw)")


async def test_coordinators_see_it_where_they_call_and_in_no_list(town: Town) -> None:
    an = await town.coordinator("An")
    rosa, bart = await town.resident("Rosa"), await joins(town, "Bart")
    assert f"Telefoon: {NUMBER}" in await an.last_text()
    await an.taps("Goedkeuren")
    assert NUMBER not in await an.writes("/vrijwilligers")
    assert f"Telefoon: {NUMBER}" in await an.taps("Bekijk Bart")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    listed = await an.taps("Kies iemand")
    assert "tik op een naam, dan zie je het nummer" in listed
    assert NUMBER not in listed
    assert f"Telefoon: {NUMBER}" in await an.taps("Bart (past)")
    await an.taps("Ja, kies Bart")
    assert f"Telefoon van Bart: {NUMBER}" in await an.last_text()
    await town.settled(await bart.actor.blocks())
    assert f"Telefoon van Bart: {NUMBER}" in await an.last_text()


async def test_an_alert_that_nobody_was_found_leads_to_whom_one_can_call(town: Town) -> None:
    an = await town.coordinator("An")
    rosa, bart = await town.resident("Rosa"), await joins(town, "Bart")
    await an.taps("Goedkeuren")
    await ask(rosa)
    await bart.taps("Deze keer niet")
    assert "Kan jij iemand bellen?" in await an.last_text()
    await an.taps("Kies iemand")
    assert f"Telefoon: {NUMBER}" in await an.taps("Bart (zei neen)")


async def test_a_number_that_a_coordinator_looked_up_leaves_the_chat_with_the_question(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Jef")
    with town.session() as session, session.begin():
        session.scalars(select(Volunteer)).one().person.phone = "+32470123456"
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    assert NUMBER in await an.taps("Jef (past)")
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    assert NUMBER not in await an.reads()
    assert "Afgesloten" in await an.reads()


async def test_a_resident_never_reads_the_number_of_a_volunteer(town: Town) -> None:
    an = await town.coordinator("An")
    rosa, bart = await town.resident("Rosa"), await joins(town, "Bart")
    await an.taps("Goedkeuren")
    await ask(rosa, know=True)
    await bart.taps("Ik help")
    await rosa.taps("Goed")
    await town.jump(days=3)
    await rosa.writes("/mijnvragen")
    assert NUMBER not in await rosa.reads()
    await rosa.writes("/privacy")
    assert "nummer van een vrijwilliger" in await rosa.taps("Lees meer")


async def test_the_number_to_call_in_an_alert_leaves_the_chat_with_the_end(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await rosa.taps("Iets veranderen")
    await rosa.taps("Telefoon")
    await rosa.writes(NUMBER)
    await jef.taps("Ik help")
    await town.jump(days=5)
    assert (
        f"Kan je Rosa bellen?\nWanneer: dinsdag 24 november, in de namiddag\nWijk: Centrum\nTelefoon van Rosa: {NUMBER}"
        in (await an.last_text())
    )
    await rosa.taps("Ja, gelukt")
    await jef.taps("Ja, gelukt")
    assert NUMBER not in await an.reads()


@pytest.mark.parametrize("asked", [True, False])
async def test_whom_one_cannot_call_one_can_write_to(town: Town, *, asked: bool) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef = await town.volunteer("Jef", categories=("groceries",) if asked else ("garden",))
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    shown = await an.taps("Jef (past)" if asked else "Jef")
    assert "Jef gaf geen telefoonnummer. Je kan eerst schrijven." in shown.replace("\n", " ")
    assert "Zei Jef ja tegen jou?" in shown
    assert "Wat wil je aan Jef schrijven?" in await an.taps("Schrijf naar Jef")
    assert "Je bericht is verstuurd." in await an.writes("Kan je morgen bij Rosa langs?")
    assert "Kan je morgen bij Rosa langs?" in await jef.last_text()
    await jef.taps("Antwoord")
    await jef.writes("Ja, graag")
    assert "Ja, graag" in await an.last_text()


async def test_whom_one_can_call_one_calls(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await joins(town, "Bart")
    await an.taps("Goedkeuren")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    assert "geen telefoonnummer" not in await an.taps("Bart (past)")
    assert "Schrijf naar Bart" not in await an.labels()
