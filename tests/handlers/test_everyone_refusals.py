"""A kind no, that is true: for every reason."""

from handlers.everyone.refusals import SENTENCES
from models import Coordinator, Reason
from tests.handlers.test_coordinator_story import ask
from tests.support.town import Town


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


async def test_a_late_tap_shows_the_card_that_fits(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    question = await rosa.last()
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Sluit af")
    await an.taps("Het is gelukt")
    text = await rosa.forges(next(b["callback_data"] for b in question.buttons if "cancel" in b["callback_data"]))
    assert code in text
    assert "Stop vraag" not in await rosa.labels()


async def test_what_is_too_early_shows_the_card_of_the_resident(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    early = next(
        button["callback_data"] for button in (await rosa.last()).buttons if "cancel" in button["callback_data"]
    )
    await jef.taps("Ik help")
    text = await rosa.forges(f"1:report:{early.split(':')[2]}:nobody_came")
    assert "Het afgesproken moment is er nog niet." in text
    assert f"Vraag {code}: Boodschappen" in text


async def test_what_is_too_late_shows_the_card_of_the_volunteer(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await ask(rosa)
    late = next(button["callback_data"] for button in (await mia.last()).buttons if button["text"] == "Ik help")
    await jef.taps("Ik help")
    await mia.forges(late)
    assert "Zet mij op de reservelijst" in await mia.labels()
    assert "Dorpsstraat" not in await mia.reads()


async def test_a_volunteer_cannot_help_with_their_own_question(town: Town) -> None:
    jef = await town.volunteer("Jef")
    with town.session() as session, session.begin():
        town.person(session, jef).street = "Kerkstraat 3"
    await ask(jef)
    request = (await jef.last()).buttons[0]["callback_data"].split(":")[2]
    assert "Dit is je eigen vraag." in await jef.forges(f"1:accept:{request}")


async def test_a_dialogue_about_what_is_not_theirs_any_more_is_over(town: Town) -> None:
    an, rosa = await town.coordinator("An", "Centrum"), await town.resident("Rosa")
    with town.session() as session, session.begin():
        other = Coordinator(
            person=town.person(session, an), area=town.area(session, "Kerkhoek"), since=town.clock.now()
        )
        session.add(other)
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Wijzig de tekst")
    with town.session() as session, session.begin():
        centre = town.area(session, "Centrum").id
        session.delete(next(each for each in town.person(session, an).coordinates if each.area_id == centre))
    said = await an.writes("Alleen brood")
    assert "Dat vind ik niet meer terug." in said
    assert "Typ hieronder de nieuwe tekst" not in said
    assert "Er staat nu geen vraag open." in await an.writes("/open")
    assert "Alleen brood" not in await rosa.reads()
