"""Helping: `/taken`, and proposing an hour that the resident confirms."""

import pytest

from models import Category, Moment, Place, Request, State
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def test_the_empty_list_says_what_will_come(town: Town) -> None:
    bart = await town.volunteer("Bart")
    text = await bart.writes("/taken")
    assert "Je hebt nu geen taken" in text
    assert "dan krijg je hier een bericht" in text
    assert "Je bent vrijwilliger" in await bart.taps("Bekijk mijn keuzes")


async def test_the_list_shows_each_task_without_names_and_opens_one(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    text = await bart.writes("/taken")
    assert "Je hebt 1 taak" in text
    assert "1. Boodschappen, dinsdag 24 november" in text
    assert "Er is nog geen uur afgesproken" in text
    assert "Anna" not in text
    assert "Dorpsstraat 12" in await bart.taps("Toon taak 1")


async def test_who_waits_for_the_resident_sees_that_in_the_list(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, know=True)
    await bart.taps("Ik help")
    assert "De bewoner moet nog ja zeggen" in await bart.writes("/taken")
    assert "Dorpsstraat 12" not in await bart.taps("Toon taak 1")


async def test_a_long_list_has_pages(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    for number in range(6):
        give_task(town, anna, bart, f"PG{number}")
    text = await bart.writes("/taken")
    assert "Je hebt 6 taken" in text
    assert "5. Boodschappen" in text
    assert "6. Boodschappen" not in text
    assert "6. Boodschappen" in await bart.taps("Volgende bladzijde")
    assert "1. Boodschappen" in await bart.taps("Vorige bladzijde")
    assert "6. Boodschappen" in await bart.forges("1:my_tasks:999"), "a page that is not there any more is the last one"


def give_task(town: Town, resident: Neighbour, helper: Neighbour, code: str) -> None:
    """A task that was taken weeks ago."""
    now = town.clock.now()
    with town.session() as session, session.begin():
        request = Request(
            code=code,
            resident=town.person(session, resident),
            area=town.area(session, "Centrum"),
            category=Category.GROCERIES,
            text="Melk en brood",
            place=Place.HOME,
            wants_to_know=False,
            state=State.OPEN,
            sent_at=now,
        )
        request.set_moment(Moment(), town.settings.calendar)
        session.add(request)
        volunteer = town.person(session, helper)
        request.ask(volunteer, now, "near")
        session.add(request.offer(volunteer, now))


async def test_without_a_fixed_hour_the_helper_proposes_one_and_the_resident_confirms(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    assert "Hoe laat kan je er zijn op dinsdag 24 november?" in await bart.taps("Stel een uur voor")
    assert "Dorpsstraat 12" in await bart.reads(), "the task stays in sight"
    assert (await bart.labels())[:4] == ["14 uur", "15 uur", "16 uur", "17 uur"], "the part of the day that was asked"
    assert "Je stelde voor: dinsdag 24 november om 15 uur. Anna moet nog ja zeggen." in await bart.taps("15 uur")
    assert "dinsdag 24 november om 15 uur" in await anna.last_text()
    await anna.taps("Dat past")
    card = await bart.last_text()
    assert "Wanneer: dinsdag 24 november om 15 uur" in card
    assert "Zeg het codewoord aan de deur" in card
    assert "Stel een uur voor" not in await bart.labels()


async def test_an_hour_that_does_not_suit_is_followed_by_another(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    await bart.taps("15 uur")
    await anna.taps("Ander uur")
    assert "Stel er een voor" in await bart.last_text()
    await bart.taps("Stel een uur voor")
    await bart.taps("Andere uren")
    assert "om 10 uur" in await bart.taps("10 uur")


async def test_another_day_is_chosen_on_a_small_calendar(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    assert "Op welke dag kan je komen?" in await bart.taps("Stel een uur voor")
    await bart.taps("Andere dag")
    assert "woensdag 25 nov" in await bart.labels()
    await bart.taps("Week later")
    assert "maandag 30 nov" in await bart.labels()
    assert "Week vroeger" in await bart.labels()
    assert "op donderdag 3 december?" in await bart.taps("donderdag 3 dec")
    await bart.taps("Andere dag")
    assert "op vrijdag 4 december?" in await bart.writes("4/12")
    assert "vrijdag 4 december om 14.30 uur" in await bart.writes("14u30")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("gisteren", "Dat moment is voorbij"),
        ("22/11/2026", "Dat moment is voorbij"),
        ("1/6/2027", "Dat is nog heel ver"),
        ("31/2", "Die dag of dat uur bestaat niet"),
    ],
)
async def test_a_day_that_cannot_be_is_asked_again_kindly(town: Town, typed: str, answer: str) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    again = await bart.writes(typed)
    assert answer in again
    assert "Op welke dag kan je komen?" in again


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("9u30", "Dat moment is voorbij"), ("22u", "tussen 7 en 21"), ("misschien", "Ik begrijp dat uur niet")],
)
async def test_an_hour_that_cannot_be_is_asked_again_kindly(town: Town, typed: str, answer: str) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    await bart.taps("Vandaag")  # it is ten o'clock
    assert answer in await bart.writes(typed)
    assert "11 uur" in await bart.labels()
    assert "10 uur" not in await bart.labels()


async def test_a_proposal_for_a_task_that_was_stopped_meanwhile_shows_the_truth(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    form = await bart.last()
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Deze hulp is niet meer nodig" in await bart.taps("15 uur", on=form)
    assert "Dorpsstraat 12" not in await bart.reads()


async def test_the_list_says_what_waits_for_an_answer(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    assert await bart.writes("/taken") == "Je taken\n\nEr wacht 1 vraag op je antwoord."
    await bart.writes("/start")
    assert "• Er wacht 1 vraag op je antwoord." in await bart.last_text()
    assert "Iemand in de buurt vraagt hulp" in await bart.taps("Bekijk de vraag")
    await bart.taps("Ik help")
    await asks(anna, part="Avond 18–21")
    text = await bart.writes("/taken")
    assert "1. Boodschappen" in text
    assert text.endswith("Er wacht 1 vraag op je antwoord.")
    await bart.taps("Bekijk de vraag")
    await bart.taps("Deze keer niet")
    assert "wacht" not in await bart.writes("/taken")
