"""The right to see and to correct: /mijngegevens to read and as a file, and /verbeter."""

import json
from typing import Any

import pytest

from models import DeadUpdate, Event, EventKind, Letter, Person
from models.personal import all_about
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def file_of(town: Town, who: Neighbour) -> dict[str, Any]:
    """What stands in the newest file that they were sent."""
    sent = [each.json["document"] for each in await who.messages() if "document" in each.json]
    assert sent[-1]["file_name"] == "mijn-gegevens.json"
    found: dict[str, Any] = json.loads(town.sim.world.store.content(sent[-1]["file_id"]) or b"")
    return found


async def files_in_sight(who: Neighbour) -> int:
    """How many files stand in the chat."""
    return sum("document" in each.json for each in await who.messages())


async def test_a_resident_reads_all_that_is_kept(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks(rosa)
    await jef.taps("Ik help")
    text = await rosa.writes("/mijngegevens")
    for line in (
        "Voornaam: Rosa",
        "Telefoon: niet bewaard",
        "Adres: Dorpsstraat 12",
        "Naam op de bel: Familie Rosa",
        "Wijk: Centrum",
        "Hier sinds: maandag 23 november",
        "Laatst gezien: maandag 23 november",
        f"• {code}: Boodschappen, dinsdag 24 november, in de namiddag, Melk en brood",
    ):
        assert line in text.splitlines(), line
    assert "Jef" not in text
    assert await rosa.labels() == ["Stuur als bestand", "Verbeter iets", "Wis alles"]
    assert "Dan wis ik meteen" in await rosa.taps("Wis alles")


async def test_a_volunteer_and_a_coordinator_read_what_they_chose_and_do(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef", categories=["garden", "groceries"])
    await asks(rosa)
    await jef.taps("Ik help")
    text = await jef.writes("/mijngegevens")
    assert "Wat: Boodschappen, Tuin" in text
    assert "Je nam 1 taak aan." in text
    assert "Rosa" not in text
    assert "Melk" not in text
    an = await town.coordinator("An")
    assert "Coördinator van: Lindebeek" in await an.writes("/mijngegevens")


async def test_the_file_holds_everything_and_nobody_else(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("/mijngegevens")
    assert "Dit bewaar ik over jou" in (await rosa.taps("Stuur als bestand"), await rosa.reads())[1]
    found = await file_of(town, rosa)
    assert (found["first_name"], found["telegram_id"]) == ("Rosa", str(rosa.id))
    assert (found["address"], found["name_on_the_bell"], found["neighbourhood"]) == (
        "Dorpsstraat 12",
        "Familie Rosa",
        "Centrum",
    )
    assert [(each["code"], each["text"], each["state"]) for each in found["questions"]] == [
        (code, "Melk en brood", "taken")
    ]
    assert [each["what"] for each in found["history"]][-1] == "sent"
    assert "Jef" not in json.dumps(found)
    await jef.writes("/mijngegevens")
    await jef.taps("Stuur als bestand")
    theirs = await file_of(town, jef)
    assert [each["code"] for each in theirs["tasks"]] == [code]
    assert "Rosa" not in json.dumps(theirs)
    assert "Dorpsstraat" not in json.dumps(theirs)


async def test_each_sealed_fact_about_a_person_is_in_the_file(town: Town) -> None:
    rosa = await town.resident("Rosa")
    with town.session() as session:
        person = town.person(session, rosa)
        person.phone, person.street, person.bell = "+32470123456", "Dorpsstraat 12", "Familie Rosa"
        said = json.dumps(all_about(session, person), ensure_ascii=False)
        for name, column in Person.__table__.columns.items():
            if type(column.type).__name__ == "Sealed":
                assert str(getattr(person, name)) in said, name


async def test_a_coordinator_reads_what_they_did_for_somebody_and_that_they_chose_a_pin(town: Town) -> None:
    rosa, an = await town.resident("Rosa"), await town.coordinator("An")
    with town.session() as session, session.begin():
        rosas, ans = town.person(session, rosa), town.person(session, an)
        session.add(Event(kind=EventKind.CANCELLED, by=rosas, via=ans, at=town.clock.now()))
        session.flush()
        theirs, hers = all_about(session, ans), all_about(session, rosas)
    assert [(each["what"], each["by_you"]) for each in theirs["history"]][-1] == ("cancelled", True)
    assert [(each["what"], each["by_you"]) for each in hers["history"]][-1] == ("cancelled", True)
    assert (theirs["has_a_pin"], hers["has_a_pin"]) == (True, False)


async def test_the_file_leaves_the_chat_within_two_days_and_is_kept_nowhere(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/mijngegevens")
    await rosa.taps("Stuur als bestand")
    await rosa.taps("Stuur als bestand")
    assert await files_in_sight(rosa) == 2
    with town.session() as session:
        assert [each.body for each in session.query(Letter).where(Letter.method == "sendDocument")] == [None, None]
    await town.jump(hours=39)
    assert await files_in_sight(rosa) == 2
    await town.jump(hours=8)
    assert await files_in_sight(rosa) == 0


async def test_a_dialogue_in_progress_is_kept_and_shown_too(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    assert "Je begon iets dat nog niet verstuurd is." in await rosa.writes("/mijngegevens")
    await rosa.taps("Stuur als bestand")
    assert (await file_of(town, rosa))["begun_and_not_sent"]["answers"]["category"] == "groceries"


async def test_the_number_is_corrected_and_taken_away(town: Town) -> None:
    rosa = await town.resident("Rosa")
    assert "Je naam komt uit Telegram." in await rosa.writes("/verbeter")
    await rosa.taps("Wijzig mijn nummer")
    assert "Dat nummer klopt niet." in await rosa.writes("12")
    changed = await rosa.writes("0470 12 34 56")
    assert "Goed, het is veranderd." in changed
    assert "Telefoon: 0470 12 34 56" in changed
    await rosa.taps("Wijzig mijn nummer")
    assert "Telefoon: niet bewaard" in await rosa.taps("Bewaar geen nummer")


async def test_the_home_is_corrected_and_taken_away(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/verbeter")
    assert "In welke wijk woon je?" in await rosa.taps("Wijzig mijn thuis")
    assert "straat" in await rosa.taps("Kerkhoek")
    await rosa.writes("Kerkhoekstraat 5")
    changed = await rosa.writes("Peeters")
    for line in ("Adres: Kerkhoekstraat 5", "Naam op de bel: Peeters", "Wijk: Kerkhoek"):
        assert line in changed
    await rosa.taps("Wijzig mijn thuis")
    await rosa.taps("Molenveld")
    changed = await rosa.taps("Bewaar geen adres")
    assert "Adres: niet bewaard" in changed
    assert "Wijk: Molenveld" in changed
    assert "Naam op de bel" not in changed


async def test_a_volunteer_changes_the_choices_from_here(town: Town) -> None:
    jef = await town.volunteer("Jef")
    await jef.writes("/verbeter")
    assert "Wie we zijn" in await jef.taps("Wijzig keuzes"), "the note that he read is not the present one"


async def test_a_line_that_is_not_there_is_refused_and_the_name_follows_telegram(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/verbeter")
    before = await rosa.forges("1:correct_line:first_name")
    assert "Welk" not in before
    with town.session() as session:
        assert session.query(DeadUpdate).count() == 0
        assert town.person(session, rosa).form is None


@pytest.mark.parametrize("said", ["/mesdonnees", "/mydata", "/meinedaten", "/corriger", "/correct", "/berichtigen"])
async def test_they_have_names_in_each_language(town: Town, said: str) -> None:
    rosa = await town.resident("Rosa")
    assert "Voornaam: Rosa" in await rosa.writes(said)


async def test_who_moves_reads_that_open_questions_keep_their_place(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    await rosa.writes("/verbeter")
    await rosa.taps("Wijzig mijn thuis")
    await rosa.taps("Kerkhoek")
    await rosa.writes("Kapelstraat 3")
    said = await rosa.taps("Er staat geen naam")
    assert "Je open vraag houdt haar oude plek." in said
    assert "Bekijk mijn vragen" in await rosa.labels()
