""" "Dates as people say them, typed at any "when"": the resolved date is always shown back."""

from datetime import UTC, datetime

import pytest

from tests.support.asking import asks
from tests.support.town import Neighbour, Town

# It is Monday 23 November 2026, ten o'clock. In each language: the words on the way, and to change the moment.
WORDS = {
    "nl": ("/vraag", "Boodschappen 🛒", "Mijn thuis", "Iets veranderen", "Wanneer"),
    "fr": ("/demande", "Courses 🛒", "Chez moi", "Changer une chose", "Quand"),
    "en": ("/ask", "Groceries 🛒", "My home", "Change something", "When"),
    "de": ("/anfrage", "Einkauf 🛒", "Bei mir zu Hause", "Etwas ändern", "Wann"),
}

# What is typed, one message after the other, and what the summary then says.
SAID = {
    "nl": [
        (["morgen om 14u"], "dinsdag 24 november om 14 uur"),
        (["overmorgen half drie"], "woensdag 25 november om 14.30 uur"),
        (["volgende week dinsdag 9u15"], "dinsdag 1 december om 9.15 uur"),
        (["tweede kerstdag in de namiddag"], "zaterdag 26 december, in de namiddag"),
        (["kan het donderdg om kwart voor drie?"], "donderdag 26 november om 14.45 uur"),
        (["binnen twee uur"], "maandag 23 november om 12 uur"),
        (["maakt niet uit wanneer"], "de dag maakt niet uit"),
        (["overmorgen", "in de voormiddag"], "woensdag 25 november, in de voormiddag"),
        (["vrijdag", "half drie"], "vrijdag 27 november om 14.30 uur"),
        (["demain à 14h"], "dinsdag 24 november om 14 uur"),
    ],
    "fr": [
        (["demain à 14h30"], "mardi 24 novembre à 14 h 30"),
        (["après-demain matin"], "mercredi 25 novembre, le matin"),
        (["le 25 à trois heures moins le quart"], "mercredi 25 novembre à 14 h 45"),
        (["jeudi", "vers 15h"], "jeudi 26 novembre à 15 h"),
        (["peu importe"], "peu importe le jour"),
        (["morgen om half drie"], "mardi 24 novembre à 14 h 30"),
    ],
    "en": [
        (["tomorrow at half past two"], "Tuesday 24 November at 14:30"),
        (["next week Friday at 10 am"], "Friday 4 December at 10 o'clock"),
        (["Thursday", "at three"], "Thursday 26 November at 15 o'clock"),
        (["whenever suits you"], "the day does not matter"),
        (["übermorgen früh"], "Wednesday 25 November, in the morning"),
    ],
    "de": [
        (["übermorgen um halb drei"], "Mittwoch, 25. November um 14:30 Uhr"),
        (["morgen früh"], "Dienstag, 24. November, am Vormittag"),
        (["Donnerstag", "viertel vor drei"], "Donnerstag, 26. November um 14:45 Uhr"),
        (["egal wann"], "der Tag ist egal"),
        (["tomorrow at 2pm"], "Dienstag, 24. November um 14 Uhr"),
    ],
}


async def reaches_the_question(town: Town, language: str = "nl") -> Neighbour:
    """Somebody who came before, at the question on which day."""
    anna = await town.resident("Anna", language=language)
    command, groceries, *_ = WORDS[language]
    await anna.writes(command)
    await anna.taps(groceries)
    await anna.writes("Melk")
    return anna


@pytest.mark.parametrize("language", WORDS)
async def test_a_moment_is_typed_in_words_and_stands_in_the_summary(town: Town, language: str):
    anna = await reaches_the_question(town, language)
    *_, home, change, when = WORDS[language]
    for turn, (typed, meant) in enumerate(SAID[language]):
        for text in typed:
            await anna.writes(text)
        summary = await (anna.last_text() if turn else anna.taps(home))
        assert f"{when}: {meant}\n" in summary.replace("\xa0:", ":"), typed
        await anna.taps(change)
        await anna.taps(when)


async def test_the_hour_may_be_typed_before_the_day(town: Town):
    anna = await reaches_the_question(town)
    assert await anna.writes("rond 15u") == "Wanneer: 15 uur\nOp welke dag wil je hulp?"
    await anna.taps("Morgen")
    assert "Wanneer: dinsdag 24 november om 15 uur" in await anna.taps("Mijn thuis")


async def test_the_part_may_be_typed_before_the_day(town: Town):
    anna = await reaches_the_question(town)
    assert await anna.writes("in de namiddag") == "Wanneer: in de namiddag\nOp welke dag wil je hulp?"
    await anna.writes("donderdag")
    assert "Wanneer: donderdag 26 november, in de namiddag" in await anna.taps("Mijn thuis")


async def test_an_hour_typed_before_the_day_must_still_come_that_day(town: Town):
    anna = await reaches_the_question(town)
    await anna.writes("9u")
    assert "Dat uur is voorbij. Kies een later uur." in await anna.taps("Vandaag")
    assert "Dat uur is voorbij. Kies een later uur." in await anna.writes("vandaag")
    await anna.taps("Morgen")
    assert "Wanneer: dinsdag 24 november om 9 uur" in await anna.taps("Mijn thuis")


@pytest.mark.parametrize(
    ("language", "typed", "question", "buttons", "summary"),
    [
        ("nl", "volgende donderdag om 10u", "Welk moment bedoel je?", ["do 26/11 10 uur", "do 3/12 10 uur"],
         "Wanneer: donderdag 3 december om 10 uur"),
        ("fr", "jeudi prochain à 10h", "Quel moment voulez-vous dire\xa0?", ["jeu. 26/11 10 h", "jeu. 3/12 10 h"],
         "Quand: jeudi 3 décembre à 10 h"),
        ("en", "Wednesday half ten", "Which moment do you mean?", ["Wed 25/11 9:30", "Wed 25/11 10:30"],
         "When: Wednesday 25 November at 10:30"),
        ("de", "nächsten Donnerstag um 10", "Welchen Zeitpunkt meinen Sie?", ["Do. 26/11 10 Uhr", "Do. 3/12 10 Uhr"],
         "Wann: Donnerstag, 3. Dezember um 10 Uhr"),
    ],
)  # fmt: skip
async def test_what_can_mean_two_moments_is_asked(
    town: Town, language: str, typed: str, question: str, buttons: list[str], summary: str
):
    anna = await reaches_the_question(town, language)
    assert await anna.writes(typed) == question
    assert (await anna.labels())[:2] == buttons
    await anna.taps(buttons[1])
    assert summary in (await anna.taps(WORDS[language][2])).replace("\xa0:", ":")


async def test_a_week_or_a_weekend_shows_its_days(town: Town):
    anna = await reaches_the_question(town)
    await anna.writes("dit weekend")
    assert (await anna.labels())[:3] == ["zaterdag 28 nov", "zondag 29 nov", "Een ander moment"]
    await anna.writes("volgende week")
    assert (await anna.labels())[0] == "maandag 30 nov"
    assert (await anna.labels())[6] == "zondag 6 dec"
    assert "Welk moment past jou dinsdag 1 december?" in await anna.taps("dinsdag 1 dec")


async def test_neither_of_the_two_was_meant(town: Town):
    anna = await reaches_the_question(town)
    near = await anna.labels()
    await anna.writes("volgende donderdag")
    assert await anna.taps("Een ander moment") == "Op welke dag wil je hulp?"
    assert await anna.labels() == near
    await anna.writes("volgende donderdag")
    assert await anna.taps("Terug") == "Op welke dag wil je hulp?"
    await anna.writes("volgende donderdag")
    await anna.writes("toch liever morgen om 9u")
    assert "Wanneer: dinsdag 24 november om 9 uur" in await anna.taps("Mijn thuis")


async def test_which_of_the_two_may_be_typed_as_well(town: Town):
    anna = await reaches_the_question(town)
    await anna.writes("volgende donderdag")
    assert "donderdag 3 december?" in await anna.writes("donderdag 3 dec")
    await anna.writes("10u")
    await anna.taps("Mijn thuis")
    for typed in ("3/12", "2"):
        await anna.taps("Iets veranderen")
        await anna.taps("Wanneer")
        await anna.writes("volgende donderdag om 10u")
        await anna.writes(typed)
        assert "Wanneer: donderdag 3 december om 10 uur" in await anna.last_text()
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    await anna.writes("morgen om 14 of 15u")
    await anna.writes("15u")
    assert "Wanneer: dinsdag 24 november om 15 uur" in await anna.last_text()


async def test_a_reading_that_is_over_when_it_is_tapped_is_asked_anew(town: Town):
    anna = await reaches_the_question(town)
    await anna.writes("vandaag om 14 of 15u")
    await town.jump(to=datetime(2026, 11, 23, 13, 30, tzinfo=UTC))  # 14.30 here
    assert "Dat uur is voorbij." in await anna.taps("ma 23/11 14 uur")
    await anna.taps("ma 23/11 15 uur")
    assert "Wanneer: maandag 23 november om 15 uur" in await anna.taps("Mijn thuis")


async def test_an_invented_reading_is_no_moment(town: Town):
    anna = await reaches_the_question(town)
    token = (await anna.last()).buttons[0]["callback_data"].split(":")[2]
    for forged in (
        "at2026-11-24.9999",
        "at2026-13-01.",
        "at.",
        "at",
        "at2020-01-01.1400",
        "at2026-11-24.0300",
        "atx.any",
    ):
        await anna.forges(f"1:form:{token}:day:{forged}")
        assert "Op welke dag wil je hulp?" in await anna.last_text()


async def test_what_is_not_a_moment_is_asked_again_with_the_same_buttons(town: Town):
    anna = await reaches_the_question(town)
    labels = await anna.labels()
    answers = {
        "blauw": "Ik begrijp niet wanneer dat is. "
        "Tik op een knop, of typ bijvoorbeeld: morgen om 14.30 uur, of vrijdag.",
        "elke dinsdag": "Ik begrijp niet wanneer dat is.",
        "niet morgen": "Ik begrijp niet wanneer dat is.",
        "🙂": "Ik begrijp niet wanneer dat is.",
        "morgen " * 100: "Ik begrijp niet wanneer dat is.",
        "gisteren": "Dat moment is voorbij. Kies een later moment.",
        "vandaag om 9u30": "Dat moment is voorbij. Kies een later moment.",
        "31 november": "Die dag of dat uur bestaat niet. Typ het anders, of tik op een knop.",
        "morgen om 25:00": "Die dag of dat uur bestaat niet.",
        "morgen om 23u": "Kies een uur tussen 7 en 21.",
        "1 maart": "Dat is nog heel ver.",
    }
    for typed, answer in answers.items():
        again = await anna.writes(typed)
        assert again.startswith(answer), typed
        assert again.endswith("Op welke dag wil je hulp?")
        assert await anna.labels() == labels
    await anna.writes("morgen om 14u")
    assert "Wat: Melk\nWanneer: dinsdag 24 november om 14 uur" in await anna.taps("Mijn thuis")


@pytest.mark.parametrize(
    ("language", "answer", "examples"),
    [
        ("fr", "Je ne comprends pas quand c'est.", ["demain à 14 h 30", "vendredi"]),
        ("en", "I do not understand when that is.", ["tomorrow at 14:30", "Friday"]),
        ("de", "Ich verstehe nicht, wann das ist.", ["morgen um 14:30", "Freitag"]),
    ],
)
async def test_who_is_not_understood_reads_two_examples_that_are(
    town: Town, language: str, answer: str, examples: list[str]
):
    anna = await reaches_the_question(town, language)
    for example in examples:
        again = await anna.writes("blablabla")
        assert answer in again
        assert example in again
        assert answer not in await anna.writes(example)
        await anna.taps((await anna.labels())[-2])  # back


async def test_at_the_question_for_the_hour_another_day_may_be_typed(town: Town):
    anna = await reaches_the_question(town)
    await anna.taps("Morgen")
    await anna.taps("Kies een uur")
    assert (
        "Ik begrijp dat uur niet. Tik op een knop, of typ bijvoorbeeld: 14.30 uur, of half drie."
        in await anna.writes("blauw")
    )
    await anna.writes("toch liever vrijdag om half drie")
    assert "Wanneer: vrijdag 27 november om 14.30 uur" in await anna.taps("Mijn thuis")


async def test_between_two_hours_one_is_chosen(town: Town):
    anna = await reaches_the_question(town)
    await anna.taps("Morgen")
    await anna.writes("tussen 14 en 16u")
    assert (await anna.labels())[:3] == ["di 24/11 14 uur", "di 24/11 15 uur", "di 24/11 16 uur"]
    await anna.taps("di 24/11 15 uur")
    assert "Wanneer: dinsdag 24 november om 15 uur" in await anna.taps("Mijn thuis")


async def test_the_moment_of_a_sent_request_is_changed_in_words(town: Town):
    anna = await town.resident("Anna")
    await asks(anna)
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    card = await anna.writes("overmorgen om kwart na tien")
    assert "Goed, het is veranderd." in card
    assert "Wanneer: woensdag 25 november om 10.15 uur" in card


@pytest.mark.parametrize(
    ("language", "propose", "typed", "shown"),
    [
        ("nl", "Stel een uur voor", "overmorgen om half drie", "woensdag 25 november om 14.30 uur"),
        ("fr", "Proposer une heure", "jeudi à 10h", "jeudi 26 novembre à 10 h"),
        ("en", "Propose an hour", "on Friday at quarter to three", "Friday 27 November at 14:45"),
        ("de", "Uhrzeit vorschlagen", "übermorgen früh um 9", "Mittwoch, 25. November um 9 Uhr"),
    ],
)
async def test_a_helper_proposes_day_and_hour_in_words(town: Town, language: str, propose: str, typed: str, shown: str):
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart", language=language)
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps((await bart.labels())[0])
    await bart.taps(propose)
    assert shown in await bart.writes(typed)


async def test_a_helper_who_types_a_part_of_the_day_chooses_from_its_hours(town: Town):
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    assert "Ik begrijp niet wanneer dat is." in await bart.writes("maakt niet uit")
    assert "Hoe laat kan je er zijn op woensdag 25 november?" in await bart.writes("overmorgen voormiddag")
    assert (await bart.labels())[:4] == ["8 uur", "9 uur", "10 uur", "11 uur"]
    await bart.writes("na de middag")
    assert (await bart.labels())[0] == "14 uur"
    await bart.taps("Andere uren")
    assert "woensdag 25 november om 9 uur" in await bart.taps("9 uur")


async def test_a_helper_may_type_the_hour_before_the_day(town: Town):
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, day="Maakt niet uit", part=None)
    await bart.taps("Ik help")
    await bart.taps("Stel een uur voor")
    assert await bart.writes("half drie") == "Wanneer: 14.30 uur\nOp welke dag kan je komen?"
    assert "woensdag 25 november om 14.30 uur" in await bart.writes("woensdag")


async def test_a_coordinator_types_when_somebody_who_phoned_needs_help(town: Town):
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria")
    await an.writes("0470 12 34 56")
    await an.taps("Thuis bij Maria")
    await an.taps("Centrum")
    for words in ("Lindelaan 3", "Maes"):
        await an.writes(words)
    await an.taps("Boodschappen 🛒")
    await an.writes("Melk")
    await an.writes("vrijdag tegen de middag")
    assert "Wanneer: vrijdag 27 november, rond de middag" in await an.taps("Ja, geef het door")


async def test_what_was_typed_survives_a_restart(town: Town):
    anna = await reaches_the_question(town)
    await anna.writes("volgende donderdag om 10u")
    await town.restart()
    await anna.taps("do 3/12 10 uur")
    assert "Wanneer: donderdag 3 december om 10 uur" in await anna.taps("Mijn thuis")


async def test_a_day_typed_in_summer_time_is_the_day_here(town: Town):
    await town.jump(to=datetime(2027, 3, 27, 22, 30, tzinfo=UTC))  # 23.30 here, the night in which clocks go forward
    anna = await reaches_the_question(town)
    await anna.writes("morgen om 14u")
    assert "Wanneer: zondag 28 maart om 14 uur" in await anna.taps("Mijn thuis")
