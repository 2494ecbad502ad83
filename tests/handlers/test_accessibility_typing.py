""" "Accessibility": every button can also be typed, by its label or its number, with the rights of a tap."""

import pytest

from tests.support.asking import asks, code_in
from tests.support.town import Neighbour, Town


async def types(who: Neighbour, *words: str) -> str:
    for each in words:
        await who.writes(each)
    return await who.last_text()


async def test_a_whole_request_is_asked_and_helped_with_without_one_tap(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await rosa.starts()
    card = await types(rosa, "ik zoek hulp", "boodschappen", "Melk en brood", "morgen", "Namiddag 14-18", "mijn thuis")
    assert "Dit is jouw vraag" in card
    assert code_in(await rosa.writes("eerst weten wie"))
    assert "Codewoord" not in await jef.writes("IK HELP!")
    assert "Codewoord" not in await jef.last_text()
    await rosa.writes("goed")
    assert "Codewoord" in await jef.last_text()
    assert "Kan je zeker niet komen?" in await jef.writes("ik kan niet meer")
    await jef.writes("nee, ik kom wel")
    assert "Codewoord" in await jef.last_text()


async def test_a_number_chooses_the_button_that_stands_there(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    labels = await jef.labels()
    assert "Codewoord" in await jef.writes(str(labels.index("Ik help") + 1))
    assert (await rosa.labels())[0] != "Ik help"
    await rosa.writes(f"{(await rosa.labels()).index('Iets veranderen') + 1}.")
    assert "Wat wil je veranderen?" in await rosa.last_text()


@pytest.mark.parametrize("typed", ["0", "99", "-1", "²", "1000000000000000000000"])
async def test_a_number_that_no_button_has_chooses_nothing(town: Town, typed: str) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    await rosa.writes(typed)
    assert "Vraag" not in (await rosa.last_text()).splitlines()[0]


@pytest.mark.parametrize("typed", ["ga verder", "Ga verder 🙂", "GÀ  VERDER!", "1"])
async def test_case_accents_and_pictures_do_not_matter(town: Town, typed: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    await anna.starts()
    assert "Ik begrijp: Tuin." in await anna.writes(typed)


async def test_where_a_number_is_an_answer_it_is_one(town: Town) -> None:
    anna = await town.resident("Anna", home=False)
    await types(anna, "/vraag", "Tuin", "Gras maaien", "morgen")
    assert "Waar heb je hulp nodig?" in await anna.writes("8"), "an hour, and not the eighth button"
    await types(anna, "mijn thuis", "Centrumstraat 5")
    assert "deurbel" in await anna.last_text()
    assert "Mag ik je adres bewaren" in await anna.writes("1")
    summary = await anna.writes("1")
    assert "om 8 uur" in summary
    assert "Naam op de bel: 1" in summary


async def test_a_number_that_cannot_be_the_answer_is_that_of_a_button(town: Town) -> None:
    anna = await town.resident("Anna", home=False)
    await types(anna, "/vraag", "Tuin", "Gras maaien", "morgen", "8u", "mijn thuis")
    labels = await anna.labels()
    await anna.writes(str(labels.index("Terug") + 1))
    assert "Waar heb je hulp nodig?" in await anna.last_text(), "2 is no street"


async def test_stop_and_back_are_words_everywhere(town: Town) -> None:
    anna = await town.resident("Anna")
    await types(anna, "/vraag", "Tuin", "terug")
    assert "Waarvoor zoek je hulp?" in await anna.last_text()
    await types(anna, "Tuin", "Stoppen")
    assert "Gestopt. Er is niets verstuurd." in await anna.last_text()


async def test_a_question_to_confirm_is_answered_by_typing(town: Town) -> None:
    anna = await town.resident("Anna")
    await types(anna, "/vraag", "Tuin", "Gras maaien", "morgen", "/stop")
    assert "Wil je echt stoppen?" in await anna.last_text()
    await anna.writes("1")
    assert "Welk moment past jou" in await anna.last_text()
    await types(anna, "/stop", "ja stop")
    assert "Gestopt. Er is niets verstuurd." in await anna.last_text()


@pytest.mark.parametrize(("typed", "then"), [("oui", "Je stopte"), ("ja graag", "Je stopte"), ("nee", "zoekt nu mee")])
async def test_yes_right_below_a_question_is_the_button_that_begins_so(town: Town, typed: str, then: str) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    await rosa.taps("Stop vraag")
    await rosa.writes(typed)
    await rosa.writes("/mijnvragen")
    assert then in await types(rosa, "1")


async def test_long_after_it_is_said_to_nothing(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    await rosa.taps("Stop vraag")
    await town.jump(minutes=45)
    await rosa.writes("ja")
    assert "Gestopt" not in await rosa.writes("/mijnvragen")


async def test_news_does_not_swallow_what_somebody_is_writing(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await asks(await town.resident("Lea"))
    assert "Ik help" in await jef.labels()
    assert "Je bericht is verstuurd." in await jef.writes("Ik help")
    assert "Ik help" in await rosa.last_text()


async def test_a_typed_button_is_for_who_may(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    with town.session() as session, session.begin():
        volunteer = town.person(session, jef).volunteer
        session.delete(volunteer)
    assert "Die knop werkt niet meer." in await jef.writes("Ik help")
    assert "Jef" not in await rosa.reads()


async def test_a_reply_means_the_message_that_it_replies_to(town: Town) -> None:
    jef = await town.volunteer("Jef")
    first = await asks(await town.resident("Rosa"), text="Een")
    offer = await jef.last()
    await asks(await town.resident("Lea"), text="Twee")
    await jef.does(jef.actor.writes("ik help", reply_to=offer))
    assert first in await jef.last_text()


async def test_buttons_that_were_taken_away_cannot_be_typed(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.starts()
    await anna.taps("Ik zoek hulp")
    await types(anna, "Stoppen")
    assert "Ik zoek hulp" in await anna.labels()
    assert "Ik begrijp: Tuin." in await anna.writes("Tuin"), "it begins a question of its own"


async def test_a_coordinator_may_type_too(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await asks(rosa)
    await an.starts()
    await an.writes("bekijk vragen")
    assert code in await an.last_text()
