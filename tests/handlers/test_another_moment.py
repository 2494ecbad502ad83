"""Who writes the other side that another hour suits finds the button that fixes it, above the one to pass it on."""

import pytest
from sqlalchemy import select

from models import Event
from models.event import TAKEN_BACK
from tests.handlers.test_call_list import NOBODY
from tests.handlers.test_resident_helping import proposes
from tests.support.asking import asks
from tests.support.phoning import asks_for_who_calls
from tests.support.town import Neighbour, Town


async def proposed(town: Town) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await proposes(jef, "14 uur")
    assert "Past dat voor jou?" in await rosa.last_text()
    return rosa, jef


async def agreed(town: Town) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await proposed(town)
    await rosa.taps("Dat past")
    await jef.writes("/start")
    await rosa.writes("/start")
    return rosa, jef


@pytest.mark.parametrize("words", ["liever 16 uur", "Nee, om 16u past mij beter", "plutôt à 16h", "om vier uur?"])
async def test_a_resident_names_another_hour(town: Town, words: str) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes(words)
    assert (await rosa.labels())[:2] == ["Kies 16 uur", "Stuur het naar Jef"]
    card = await rosa.taps("Kies 16 uur")
    assert "Naar Jef gestuurd." in card
    assert "om 16 uur" in card
    assert words in await jef.reads()
    assert "Rosa koos een ander moment. Kan je dan niet, geef de taak dan terug." in await jef.last_text()
    assert "om 16 uur" in await jef.last_text()


async def test_the_list_of_questions_says_which_hour_waits_for_an_answer(town: Town) -> None:
    rosa, jef = await proposed(town)
    assert "om 14 uur. Past dat voor jou?" in await rosa.writes("/mijnvragen")
    await rosa.taps("Dat past")
    assert "Jef helpt je" in await rosa.writes("/mijnvragen")
    await jef.taps("Stel een ander uur voor")
    await jef.taps("16 uur")
    assert "om 16 uur. Past dat voor jou?" in await rosa.writes("/mijnvragen")


async def test_it_can_still_be_passed_on_alone(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("liever 16 uur")
    await rosa.taps("Stuur het naar Jef")
    assert "liever 16 uur" in await jef.reads()
    assert "Past dat voor jou?" in await rosa.reads()
    assert (await rosa.labels())[0] == "Kies 16 uur", "and the button still stands there"


async def test_the_hour_that_was_proposed_is_a_yes(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("14 uur is prima voor mij")
    assert (await rosa.labels())[:2] == ["Dat past", "Stuur het naar Jef"]
    await rosa.taps("Dat past")
    assert "Dat uur past voor Rosa." in await jef.last_text()


async def test_an_hour_that_does_not_suit_is_not_taken_for_a_yes(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("Nee, 14 uur past mij echt niet")
    assert (await rosa.labels())[:2] == ["Ander uur", "Stuur het naar Jef"]
    await rosa.taps("Ander uur")
    assert "Dat uur past niet voor Rosa." in await jef.last_text()


@pytest.mark.parametrize(
    "words", ["Om 16 uur kan ik niet, dan komt de dokter", "De apotheek sluit om 18 uur, denk eraan"]
)
async def test_another_hour_that_is_only_told_moves_nothing(town: Town, words: str) -> None:
    rosa, _ = await proposed(town)
    await rosa.writes(words)
    assert not [label for label in await rosa.labels() if label.startswith("Kies")]


async def test_of_two_hours_the_one_that_does_not_stand_is_meant(town: Town) -> None:
    rosa, _ = await agreed(town)
    await rosa.writes("Ik kan niet om 14 uur, liever om 17 uur")
    assert (await rosa.labels())[0] == "Kies 17 uur"


async def test_a_helper_names_the_hour_instead_of_proposing_it(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.writes("Ik kom om 15u30")
    assert (await jef.labels())[:2] == ["Stel 15.30 uur voor", "Stuur het naar Rosa"]
    assert "Rosa moet nog ja zeggen" in await jef.taps("Stel 15.30 uur voor")
    assert "Jef kan " in await rosa.last_text()
    assert "om 15.30 uur" in await rosa.last_text()
    assert "Past dat voor jou?" in await rosa.last_text()


async def test_on_another_day_the_button_names_it(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("liever overmorgen om 10 uur")
    label = (await rosa.labels())[0]
    assert label.startswith("Kies ")
    assert label.endswith(" 10:00")
    assert "/" in label
    await rosa.taps(label)
    assert "om 10 uur" in await jef.last_text()


async def test_an_agreed_hour_stays_where_another_one_is_only_spoken_of(town: Town) -> None:
    rosa, _ = await agreed(town)
    await rosa.writes("Om 16 uur komt mijn zus ook")
    assert (await rosa.labels())[0] == "Stuur het naar Jef"


async def test_an_agreed_hour_can_be_moved_in_words(town: Town) -> None:
    rosa, jef = await agreed(town)
    await rosa.writes("Kan je toch liever om 16 uur komen?")
    await rosa.taps("Kies 16 uur")
    assert "om 16 uur" in await jef.last_text()


@pytest.mark.parametrize(
    "words", ["Ik wil graag een ander uur", "je voudrais changer l’heure", "Können wir den Termin verschieben?"]
)
async def test_who_names_no_hour_is_asked_which(town: Town, words: str) -> None:
    rosa, _ = await agreed(town)
    await rosa.writes(words)
    assert (await rosa.labels())[:2] == ["Kies een ander moment", "Stuur het naar Jef"]
    assert "Op welke dag" in await rosa.taps("Kies een ander moment")


async def test_after_another_hour_the_resident_may_choose_it(town: Town) -> None:
    rosa, jef = await proposed(town)
    card = await rosa.taps("Ander uur")
    assert "Goed. Ik vraag een ander uur." in card
    assert (await rosa.labels())[0] == "Kies een ander moment"
    await rosa.taps("Kies een ander moment")
    await rosa.writes("morgen om 17 uur")
    assert "om 17 uur" in await jef.last_text()
    assert "Kies een ander moment" not in await rosa.labels()


async def test_of_two_tasks_the_day_says_which_is_given_back(town: Town) -> None:
    rosa, anna, jef = await town.resident("Rosa"), await town.resident("Anna"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await asks(anna, day="Vandaag", part="Avond 18–21")
    await jef.taps("Ik help")
    await jef.writes("/start")
    await jef.writes("Ik kan morgen toch niet komen")
    assert (await jef.labels())[0] == "Ik kan niet meer"
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert "kan toch niet komen" in await rosa.last_text()
    assert "kan toch niet komen" not in await anna.reads()


async def test_an_old_button_moves_nothing_that_is_over(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("liever 16 uur")
    await rosa.taps("Stuur het naar Jef")
    sent = await rosa.last()
    await rosa.writes("/mijnvragen")
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    await rosa.taps("Kies 16 uur", sent)
    assert "om 16 uur" in await rosa.reads(), "it is looked for at that hour"


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [("fr", "plutôt 16h30", "Fixer 16 h 30"), ("de", "lieber um halb fünf", "16:30 Uhr nehmen")],
)
async def test_the_button_speaks_the_language_of_who_reads_it(
    town: Town, language: str, words: str, label: str
) -> None:
    rosa, jef = await proposed(town)
    await rosa.actor.speaks(language)
    await rosa.writes(words)
    assert (await rosa.labels())[0] == label
    await rosa.taps(label)
    assert "16.30 uur" in await jef.last_text()


async def test_a_helper_takes_back_another_hour_by_choosing_the_agreed_one(town: Town) -> None:
    rosa, jef = await agreed(town)
    await jef.writes("/taken")
    await jef.taps((await jef.labels())[0])
    await jef.taps("Stel een ander uur voor")
    await jef.taps("16 uur")
    assert "Past dat voor jou?" in await rosa.last_text()
    await jef.taps("Stel een ander uur voor")
    card = await jef.taps("14 uur")
    assert "Goed. Het blijft zoals afgesproken." in card
    assert "16 uur" not in card
    read = await rosa.last_text()
    assert "Jef komt toch op het afgesproken uur." in read
    assert "Past dat voor jou?" not in read
    before = len(await jef.messages())
    await rosa.forges("1:confirm_time:1:20261124:1600")
    assert "om 14 uur" in await rosa.last_text()
    assert len(await jef.messages()) == before, "an old yes changes nothing"
    an = await town.coordinator("An")
    history = await an.forges("1:case_history:1")
    assert "Jef komt toch op het afgesproken uur" in history
    assert "Jef kan niet op dat uur" not in history
    with town.session() as session:
        event = session.scalars(select(Event.id).where(Event.detail == TAKEN_BACK)).one()
    assert "vient finalement" in await rosa.forges(f"1:say_in:fr:request:1:{event}")
    await jef.forges("1:give_back:1")
    assert "vient finalement" not in await rosa.forges(f"1:say_in:fr:request:1:{event}"), "nobody says that any more"


async def test_the_agreed_hour_named_in_words_takes_it_back_or_keeps_it(town: Town) -> None:
    rosa, jef = await agreed(town)
    await jef.forges("1:propose:1:at2026-11-24.1600")
    assert "Past dat voor jou?" in await rosa.last_text()
    await jef.writes("Ik kom toch om 14 uur")
    assert (await jef.labels())[0] == "Hou het op 14 uur"
    assert "Goed. Het blijft zoals afgesproken." in await jef.taps("Hou het op 14 uur")
    await jef.forges("1:propose:1:at2026-11-24.1700")
    await rosa.writes("liever 14 uur")
    assert (await rosa.labels())[0] == "Nee, laat het zo"


async def test_the_agreed_hour_is_not_proposed_again_where_the_other_one_was_taken_meanwhile(town: Town) -> None:
    rosa, jef = await agreed(town)
    await jef.forges("1:propose:1:at2026-11-24.1600")
    await jef.writes("Ik kom toch om 14 uur")
    await rosa.taps("Dat past")
    await jef.taps("Hou het op 14 uur")
    assert "Past dat voor jou?" not in await rosa.last_text()
    await jef.forges("1:keep_hour:1:at2026-11-24.1400")
    assert "om 16 uur" in await jef.last_text()
    await rosa.writes("/mijnvragen")
    assert "om 16 uur" in await rosa.last_text()


async def test_a_helper_who_can_only_later_finds_the_button(town: Town) -> None:
    _, jef = await agreed(town)
    await jef.writes("ik kan pas om 15 uur")
    assert (await jef.labels())[0] == "Stel 15 uur voor"


@pytest.mark.parametrize("words", ["ja", "dat past", "ja dat past", "oui, ça me va"])
async def test_the_hour_in_the_list_is_answered_there(town: Town, words: str) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("/mijnvragen")
    assert (await rosa.labels())[:2] == ["Dat past", "Ander uur"]
    await rosa.writes(words)
    assert "Dat uur past voor Rosa." in await jef.last_text()


async def test_a_yes_to_a_card_sends_no_older_words(town: Town) -> None:
    rosa, jef = await proposed(town)
    await rosa.writes("hebt u een auto")
    assert "Is dit voor Jef?" in await rosa.last_text()
    await rosa.writes("/mijnvragen")
    await rosa.taps((await rosa.labels())[2])
    assert "Past dat voor jou?" in await rosa.last_text()
    await rosa.writes("ja")
    assert "auto" not in await jef.reads()
    assert "Dat uur past voor Rosa." in await jef.reads()
    await rosa.writes("/privacy")
    await rosa.writes("ja")
    assert "auto" not in await jef.reads(), "the question is asked once more first"
    assert "Is dit voor Jef?" in await rosa.last_text()
    await rosa.writes("ja")
    assert "hebt u een auto" in await jef.reads()


async def test_who_was_called_about_another_hour_is_called_again_and_nobody_else(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await jef.forges("1:propose:1:at2026-11-24.1400")
    await an.writes("/bellen")
    await an.taps("Dat past")
    assert NOBODY in await an.writes("/bellen")
    for called in (False, True):
        await jef.forges("1:propose:1:at2026-11-24.1600")
        if called:
            await an.writes("/bellen")
            await an.taps("Antwoord komt later")
        await jef.forges("1:propose:1:at2026-11-24.1400")
        if not called:
            assert NOBODY in await an.writes("/bellen"), "she heard nothing of another hour"
    assert "Jef laat weten: “Ik kom toch op het afgesproken uur.”" in await an.writes("/bellen")


async def test_choosing_the_agreed_hour_tells_nobody_anything(town: Town) -> None:
    rosa, jef = await agreed(town)
    before = len(await rosa.messages())
    await jef.writes("/taken")
    await jef.taps((await jef.labels())[0])
    await jef.taps("Stel een ander uur voor")
    assert "Goed. Het blijft zoals afgesproken." in await jef.taps("14 uur")
    assert len(await rosa.messages()) == before
