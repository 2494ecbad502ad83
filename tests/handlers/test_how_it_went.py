"""Whoever is asked how it went may answer in words, in all our languages: they do what the buttons do."""

import pytest

from handlers.everyone.how_it_went import Said, told_in
from models.asked import Outcome, Side
from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town

DONE, PARTLY, NOBODY = Outcome.DONE, Outcome.PARTLY, Outcome.NOBODY_CAME
READ = {
    DONE: "dat het gelukt is",
    PARTLY: "een deel gelukt is",
    NOBODY: "dat er niemand kwam",
    Outcome.NOT_NEEDED: "niet meer nodig",
    Said.UNCLEAR: "Dat is jammer.",
}
WORDS = [
    *((words, DONE) for words in ("ja", "Ja hoor, alles prima", "JA!", "ja het is gelukt")),
    *((words, DONE) for words in ("Alles is goed gegaan, bedankt!",)),
    *((words, DONE) for words in ("heel goed, merci", "'t is gelukt", "hij is geweest", "ja 👍", "Ja, dank u wel")),
    *((words, DONE) for words in ("oui", "oui, tout s'est bien passé", "Oui merci, c’est fait", "très bien")),
    *((words, DONE) for words in ("yes", "yes, all good", "it went well, thank you", "Ja, alles gut")),
    *((words, DONE) for words in ("es hat geklappt", "Ja, alles ist gut gelaufen")),
    *((words, PARTLY) for words in ("een beetje", "ja, een beetje", "niet alles", "deels gelukt")),
    *((words, PARTLY) for words in ("nee, niet helemaal",)),
    *((words, PARTLY) for words in ("un peu", "en partie", "a little bit", "partly", "ein bisschen", "nur teilweise")),
    *((words, NOBODY) for words in ("er is niemand gekomen", "Nee, er is niemand gekomen", "niemand", "hij kwam niet")),
    *((words, NOBODY) for words in ("personne n'est venu", "nobody came")),
    *((words, NOBODY) for words in ("es ist niemand gekommen", "Nein, niemand war da")),
    *((words, Outcome.NOT_NEEDED) for words in ("niet meer nodig", "het was niet nodig", "nee hoor, niet meer nodig")),
    *((words, Outcome.NOT_NEEDED) for words in ("plus besoin", "not needed any more", "nicht mehr nötig")),
    *((words, Said.UNCLEAR) for words in ("nee", "non merci", "nein", "het is niet gelukt")),
    ("ja, er is niemand gekomen", Said.UNCLEAR),
]  # fmt: skip


async def over(town: Town) -> tuple[Neighbour, Neighbour, Neighbour]:
    """The moment has passed, and both were asked."""
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-24 16:30"))
    return an, rosa, jef


@pytest.mark.parametrize(("words", "meant"), WORDS)
def test_words_tell_how_it_went(words: str, meant: Outcome | Said) -> None:
    assert told_in(words, Side.RESIDENT) is meant


@pytest.mark.parametrize(("words", "meant"), {meant: (words, meant) for words, meant in WORDS}.values())
async def test_the_resident_answers_in_words(town: Town, words: str, meant: Outcome | Said) -> None:
    _, rosa, _ = await over(town)
    assert READ[meant] in await rosa.writes(words)


async def test_nobody_came_in_words_reaches_a_coordinator(town: Town) -> None:
    an, rosa, _ = await over(town)
    await rosa.writes("er is niemand gekomen")
    assert await told(an, "Er is gemeld dat er niemand kwam.") == ["2026-11-24 16:30"]


async def test_the_list_does_not_say_that_somebody_helps_who_did_not_come(town: Town) -> None:
    _, rosa, _ = await over(town)
    assert "Jef helpt je" in await rosa.writes("/mijnvragen")
    await rosa.taps("Niemand kwam")
    listed = await rosa.writes("/mijnvragen")
    assert "Jef helpt je" not in listed
    assert "Niemand kwam" in listed


async def test_the_helper_answers_in_words_too(town: Town) -> None:
    _, _, jef = await over(town)
    assert READ[Said.UNCLEAR] in await jef.writes("er was niemand"), "the resident, or the helper?"
    assert "Dat kan gebeuren." in await jef.writes("Sorry, ik kon niet gaan")


async def test_after_no_the_question_stands_there_once_more(town: Town) -> None:
    _, rosa, _ = await over(town)
    await rosa.writes("nee")
    assert "Is het gelukt met Jef?" in await rosa.last_text()
    assert READ[PARTLY] in await rosa.writes("een beetje")


@pytest.mark.parametrize(
    "words",
    [
        "ja maar de lamp is stuk",
        "Kan Jef volgende week ook komen?",
        "niet goed wakker",
        "Hij is er!",
        "er ist da",
        "alles prima?",
    ],
)
async def test_what_says_more_is_not_taken_for_an_answer(town: Town, words: str) -> None:
    _, rosa, _ = await over(town)
    read = await rosa.writes(words)
    assert "Is dit voor Jef" in read


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Jef is niet gekomen", NOBODY),
        ("er kwam niemand opdagen", NOBODY),
        ("er is niemand gekomen en ik heb de hele namiddag gewacht", Said.UNCLEAR),
        ("niet alles, de melk was op", Said.UNCLEAR),
        ("oui tout s'est bien passé, elle est très gentille", Said.HEARD),
    ],
)
async def test_what_is_told_with_more_words_leads_to_the_question(town: Town, words: str, read: Outcome | Said) -> None:
    _, rosa, _ = await over(town)
    said = await rosa.writes(words)
    assert READ.get(read, "Is het gelukt met Jef?") in said
    assert "Is dit voor Jef" not in said


async def test_that_nobody_came_is_heard_also_below_other_messages(town: Town) -> None:
    _, rosa, _ = await over(town)
    await rosa.writes("/privacy")
    assert READ[NOBODY] in await rosa.writes("Jef is niet gekomen")


async def test_ok_says_only_that_it_was_read(town: Town) -> None:
    _, rosa, _ = await over(town)
    assert "Is het gelukt met Jef?" in await rosa.writes("ok, bedankt")
    assert READ[DONE] in await rosa.writes("ja, top")


async def test_yes_is_no_answer_where_nothing_was_asked(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.starts()
    assert "Heb je nog iets nodig?" in await anna.writes("ja")


@pytest.mark.parametrize("words", ["Het is gedaan", "Klaar!", "c'est fait", "Ja, erledigt", "it's done, thanks"])
async def test_who_says_that_it_is_done_before_being_asked_is_asked(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await jef.writes("/start")
    assert "Is het gelukt" not in await jef.writes(words), "it is not done a day before"
    await town.jump(wall("2026-11-24 14:20"))
    await jef.writes("/start")
    assert "Is het gelukt met Rosa?" in await jef.writes(words)
    assert "Ik wacht nog op het antwoord van Rosa." in await jef.taps("Ja, gelukt")


async def test_of_two_helpers_the_one_who_should_have_come_by_now_is_meant(town: Town) -> None:
    rosa = await town.resident("Rosa")
    jef = await town.volunteer("Jef")
    await asks_at(rosa, "24/11", "14:00")
    await jef.taps("Ik help")
    mia = await town.volunteer("Mia")
    await asks_at(rosa, "26/11", "14:00")
    await mia.taps("Ik help")
    await town.jump(wall("2026-11-24 14:40"))
    await rosa.writes("/start")
    assert "Is het gelukt met Jef?" in await rosa.writes("c'est fait")


async def two_tasks(town: Town) -> Neighbour:
    """The first should be done by now, and is asked about; a reminder of the second stands below."""
    rosa = await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    for who, day in ((jef, "24/11"), (mia, "25/11")):
        await asks_at(rosa, day, "14:00")
        await who.taps("Ik help")
    await town.jump(wall("2026-11-24 18:30"))
    assert "Herinnering" in await rosa.last_text()
    return rosa


async def test_a_reminder_of_another_task_below_the_question_does_not_take_the_answer(town: Town) -> None:
    rosa = await two_tasks(town)
    assert "wacht nog op het antwoord van Jef" in await rosa.writes("oui, ça s'est très bien passé, merci")


@pytest.mark.parametrize("words", ["prima", "c'est bon", "sehr gut"])
async def test_what_is_said_to_the_reminder_reports_nothing(town: Town, words: str) -> None:
    rosa = await two_tasks(town)
    assert "wacht nog op het antwoord van Jef" not in await rosa.writes(words)


@pytest.mark.parametrize("words", ["gelukt", "c'est fait", "ja, is geregeld"])
async def test_an_offer_below_the_question_does_not_take_the_answer(town: Town, words: str) -> None:
    _, rosa, jef = await over(town)
    assert "Is het gelukt" in await jef.last_text()
    await asks_at(await town.resident("Mia"), "Morgen", "14:00")
    assert "Ik help" in await jef.labels()
    assert "Dank je wel voor je hulp!" in await jef.writes(words)
    assert "Het is gelukt." in await rosa.taps("Ja, gelukt")
