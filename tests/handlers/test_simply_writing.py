""" "Simply writing": a sentence fills what it says, is shown as understood, and only the rest is asked."""

import pytest

from bot.i18n import translator
from handlers.resident.what import without_code
from handlers.words import category_emoji, category_name
from models import Category
from models.sentence import understand
from tests.handlers.test_edges_messages import edits
from tests.models.test_sentence import LANGUAGES, outcome, sentences
from tests.support.asking import code_in
from tests.support.town import Town  # its first day is Monday 23 November 2026, nine in the morning

BREAD = "Kan iemand morgen namiddag mijn brood halen bij de bakker?"


async def test_from_a_sentence_it_takes_two_taps_to_send(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes(BREAD)
    assert asked.startswith("Ik begrijp: Boodschappen, morgennamiddag.\n\n")
    assert "Waar heb je hulp nodig?" in asked
    summary = await anna.taps("Mijn thuis")
    assert f"Wat: {BREAD}\nWanneer: dinsdag 24 november, in de namiddag\n" in summary
    assert "Ik begrijp" not in summary
    assert code_in(await anna.taps("De eerste is goed"))


@pytest.mark.parametrize(
    ("language", "sentence", "asked", "home", "summary"),
    [
        ("fr", "Quelqu'un peut promener mon chien demain à 14h ?", "J'ai compris\u00a0: Animal, demain à 14 h.",
         "Chez moi", "mardi 24 novembre à 14 h"),
        ("en", "Could somebody drive me to the dentist tomorrow at 10?",
         "I understand: Transport, tomorrow at 10 o'clock.", "My home", "When: Tuesday 24 November at 10 o'clock"),
        ("de", "Kann jemand morgen um 14 Uhr meinen Rasen mähen?", "Ich verstehe: Garten, morgen um 14 Uhr.",
         "Bei mir zu Hause", "Wann: Dienstag, 24. November um 14 Uhr"),
    ],
)  # fmt: skip
async def test_each_language_is_understood(
    town: Town, language: str, sentence: str, asked: str, home: str, summary: str
):
    who = await town.resident("Maria", language=language)
    assert asked in await who.writes(sentence)
    text = await who.taps(home)
    assert sentence in text
    assert summary in text


async def test_who_chose_the_kind_of_help_is_not_asked_for_a_moment_that_their_words_name(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    asked = await anna.writes("Melk en brood, morgen graag om 14 uur")
    assert asked.startswith("Ik begrijp: morgen om 14 uur.\n\n")
    assert "Waar heb je hulp nodig?" in asked
    assert "Op welke dag wil je hulp?" in await anna.taps("Moment veranderen")
    await anna.taps("Maakt niet uit")
    assert "Wanneer: de dag maakt niet uit" in await anna.taps("Mijn thuis")


async def test_who_chose_the_kind_of_help_keeps_it_whatever_their_words_are_like(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Gezelschap 🚶")
    assert await anna.writes("Mijn gras moet gemaaid worden") == "Op welke dag wil je hulp?"
    await anna.taps("Maakt niet uit")
    assert "Hulp: Gezelschap" in await anna.taps("Mijn thuis")


async def test_a_sentence_in_another_language_than_the_app_is_understood(town: Town):
    fatima = await town.resident("Fatima", language="fr")
    assert "J'ai compris\u00a0: Papiers." in await fatima.writes("Wie kan mij helpen met een brief van de gemeente?")


async def test_only_what_is_missing_is_asked(town: Town):
    anna = await town.resident("Anna")
    assert "Ik begrijp: Tuin.\n\nOp welke dag" in await anna.writes("Mijn gras moet gemaaid worden")
    assert "Welk moment past jou morgen?" in await anna.taps("Morgen")
    assert "Ik begrijp" not in await anna.last_text()

    rosa = await town.resident("Rosa")
    asked = await rosa.writes("Wie laat vrijdag mijn hond uit?")
    assert asked.startswith("Ik begrijp: Huisdier, vrijdag 27 november.\n\nWelk moment past jou")
    await rosa.taps("Voormiddag 8–12")
    assert "Wanneer: vrijdag 27 november, in de voormiddag" in await rosa.taps("Mijn thuis")


async def test_a_part_of_the_day_is_kept_while_the_day_is_asked(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Ik heb in de namiddag melk en brood nodig")
    assert "Ik begrijp: Boodschappen.\n\nWanneer: in de namiddag\nOp welke dag" in asked
    assert "Waar heb je hulp nodig?" in await anna.taps("Morgen")
    assert "Wanneer: dinsdag 24 november, in de namiddag" in await anna.taps("Mijn thuis")


async def test_the_day_that_does_not_matter_is_not_asked(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Kan iemand mijn lamp vervangen, eender wanneer?")
    assert "Ik begrijp: Klusje in huis, de dag maakt niet uit." in asked
    assert "Waar heb je hulp nodig?" in asked


async def test_a_kind_of_help_that_was_misunderstood_is_changed_with_one_tap(town: Town):
    anna = await town.resident("Anna")
    await anna.writes(BREAD)
    assert (await anna.labels())[-3:] == ["Hulp veranderen", "Moment veranderen", "Stoppen"]
    asked = await anna.taps("Hulp veranderen")
    assert "Ik begrijp: morgennamiddag." in asked
    assert "Waarvoor zoek je hulp?" in asked
    await anna.taps("Gezelschap 🚶")
    summary = await anna.taps("Mijn thuis")
    assert "Hulp: Gezelschap 🚶" in summary
    assert f"Wat: {BREAD}\nWanneer: dinsdag 24 november, in de namiddag" in summary


async def test_a_moment_that_was_misunderstood_is_changed_with_one_tap(town: Town):
    anna = await town.resident("Anna")
    await anna.writes(BREAD)
    assert "Ik begrijp: Boodschappen.\n\nOp welke dag" in await anna.taps("Moment veranderen")
    assert (await anna.labels())[-3:] == ["Hulp veranderen", "Terug", "Stoppen"]
    assert "Ik begrijp: Boodschappen, morgennamiddag." in await anna.taps("Terug")
    await anna.taps("Moment veranderen")
    await anna.taps("Maakt niet uit")
    assert "Wanneer: de dag maakt niet uit" in await anna.taps("Mijn thuis")


async def test_both_can_be_changed_and_every_line_of_the_summary_too(town: Town):
    anna = await town.resident("Anna")
    await anna.writes(BREAD)
    await anna.taps("Hulp veranderen")
    assert "Ik begrijp" not in await anna.taps("Moment veranderen")
    await anna.taps("Apotheek 💊")
    await anna.taps("Maakt niet uit")
    await anna.taps("Mijn thuis")
    await anna.taps("Iets veranderen")
    await anna.taps("Soort hulp")
    assert "Hulp: Boodschappen 🛒" in await anna.taps("Boodschappen 🛒")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_wrong_kind_is_shown_without_a_way_back(town: Town, language: str):
    t = translator(language)
    wrong = [
        each.text for each in sentences(language) if outcome(each.kind, understand(each.text, language)) == "wrong"
    ]
    misled = {
        "nl": "Maak mij eens klaar voor de hond",
        "fr": "Mon chat me manque",
        "en": "Hot dog stand",
        "de": "Kater",
    }
    for text in [*wrong, misled[language]]:
        who = await town.resident("Maria", language=language)
        heard = understand(text, language)
        assert heard.sure, text
        assert category_name(t, heard.sure) in await who.writes(text)
        await who.taps(t("Change the help"))
        assert (
            len(set(await who.labels()) & {f"{category_name(t, each)} {category_emoji(each)}" for each in Category})
            == 10
        )


async def test_who_is_not_sure_offers_the_likely_kinds_first(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Ik kreeg nieuwe druppels voor mijn oor, maar ik mag niet rijden")
    assert "Welke past het best?" in asked
    labels = await anna.labels()
    assert set(labels[:2]) == {"Apotheek 💊", "Vervoer 🚗"}
    assert len(labels) == 10 + 1
    assert "Op welke dag" in await anna.writes(str(labels.index("Apotheek 💊") + 1))
    await anna.taps("Maakt niet uit")
    assert "Hulp: Apotheek 💊" in await anna.taps("Mijn thuis")


async def test_who_understands_nothing_offers_all_kinds_and_keeps_the_words(town: Town):
    anna = await town.resident("Anna")
    assert "Waarvoor zoek je hulp?" in await anna.writes("Kan iemand mij met iets helpen?")
    assert len(await anna.labels()) == 10 + 1
    await anna.taps("Iets anders 💬")
    await anna.taps("Maakt niet uit")
    assert "Wat: Kan iemand mij met iets helpen?" in await anna.taps("Mijn thuis")


async def test_a_moment_that_is_over_or_cannot_be_is_asked(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Kan iemand op 22/11/2026 mijn brood halen?")
    assert asked.startswith("Ik begrijp: Boodschappen.\n\nHet moment dat je schreef, is voorbij.\n\nOp welke dag")
    rosa = await town.resident("Rosa")
    asked = await rosa.writes("Wie brengt mij op 31 november naar de dokter?")
    assert asked.startswith("Ik begrijp: Vervoer.\n\nHet moment dat je schreef, bestaat niet.")
    await rosa.taps("Morgen")
    assert "schreef" not in await rosa.last_text()


@pytest.mark.parametrize(
    "story", ["De rookmelder piept heel de nacht", "Mijn vogel stierf vorige week", "Ik zit heel de dag alleen"]
)
async def test_a_time_that_only_belongs_to_the_story_is_no_moment(town: Town, story: str):
    anna = await town.resident("Anna")
    asked = await anna.writes(story)
    assert asked.startswith("Ik begrijp: ")
    assert asked.endswith(".\n\nOp welke dag wil je hulp?")


async def test_a_moment_that_can_be_two_is_asked(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Wie doet mijn boodschappen volgende dinsdag?")
    assert asked.startswith("Ik begrijp: Boodschappen.\n\nWelk moment bedoel je?")
    await anna.taps("dinsdag 1 dec")
    await anna.taps("Namiddag 14–18")
    assert "Wanneer: dinsdag 1 december, in de namiddag" in await anna.taps("Mijn thuis")


async def test_an_hour_at_night_is_asked_again(town: Town):
    anna = await town.resident("Anna")
    assert "Welk moment past jou morgen?" in await anna.writes(
        "Wie voert mij morgen om 5 uur 's ochtends naar de luchthaven?"
    )


async def test_a_sentence_after_the_button_is_understood_too(town: Town):
    anna = await town.resident("Anna")
    await anna.starts()
    await anna.taps("Ik zoek hulp")
    assert "Ik begrijp: Boodschappen, morgennamiddag." in await anna.writes(BREAD)
    assert "Waarvoor zoek je hulp?" in await anna.taps("Terug")


async def test_the_words_with_a_photo_are_understood(town: Town):
    anna = await town.resident("Anna")
    assert "Ik begrijp: Klusje in huis." in await anna.does(anna.actor.sends_photo("Deze kraan lekt"))


async def test_a_sentence_for_somebody_else_shows_what_was_understood_and_asks_for_whom(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Wie doet er morgen boodschappen voor mijn moeder?")
    assert "Ik begrijp: Boodschappen, morgen." in asked
    assert "Wat is de voornaam" in asked


async def test_while_a_dialogue_is_open_words_answer_it(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Tuin 🌿")
    await anna.writes("Kan iemand morgen mijn brood halen?")
    await anna.taps("Maakt niet uit")
    summary = await anna.taps("Mijn thuis")
    assert (
        "Hulp: Tuin 🌿\nWat: Kan iemand morgen mijn brood halen?\nWanneer: dinsdag 24 november, de hele dag\n"
        in summary
    )


async def test_what_was_understood_survives_a_restart(town: Town):
    anna = await town.resident("Anna")
    await anna.writes(BREAD)
    await town.restart()
    await town.jump(hours=2)
    await anna.starts()
    assert "Ik begrijp: Boodschappen, morgennamiddag." in await anna.taps("Ga verder")
    await anna.taps("Mijn thuis")
    assert "je vraag is verstuurd" in await anna.taps("De eerste is goed")


async def test_a_sentence_that_is_changed_is_understood_anew(town: Town):
    anna = await town.resident("Anna")
    await anna.writes(BREAD)
    await edits(anna, BREAD, "Kan iemand overmorgen mijn gras maaien?")
    assert "Ik begrijp: Tuin, woensdag 25 november." in await anna.last_text()


async def test_words_of_need_come_first(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn brood halen? Ik krijg geen adem meer")
    assert "Bel nu 112." in await anna.reads()
    assert "Ik begrijp" not in await anna.reads()
    assert "Ik begrijp: Boodschappen." in await anna.taps("Ga verder met mijn vraag")


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Dank u wel voor gisteren, het was heel lief", "Graag gedaan."),
        ("Dag, hoe gaat het vandaag met u?", "Dag Anna"),
        ("Hoe werkt dit eigenlijk, is dat gratis?", "Dit kan je doen"),
    ],
)
async def test_small_talk_is_no_request(town: Town, sentence: str, answer: str):
    anna = await town.resident("Anna")
    assert answer in await anna.writes(sentence)
    assert "Waarvoor zoek je hulp?" not in await anna.reads()


async def test_what_neighbours_may_not_do_goes_to_the_coordinator_with_one_tap(town: Town):
    an, anna = await town.coordinator("An"), await town.resident("Anna")
    asked = await anna.writes("Wie kan de wonde aan mijn been verzorgen?")
    assert "Buren helpen niet met verzorging" in asked
    assert await anna.labels() == ["Schrijf de coördinator", "Vraag de buren", "Stoppen"]
    await anna.taps("Schrijf de coördinator")
    assert "Wie kan de wonde aan mijn been verzorgen?" in await an.last_text()
    await anna.writes("hallo")
    assert "Je begon aan een vraag" not in await anna.last_text()


async def test_who_was_misunderstood_asks_the_neighbours_all_the_same(town: Town):
    anna = await town.resident("Anna")
    assert "Buren helpen niet" in await anna.writes("Wie haalt er morgen brood? Mijn bankkaart neem ik mee")
    assert "Ik begrijp: Boodschappen, morgen." in await anna.taps("Vraag de buren")


async def test_a_volunteer_and_a_coordinator_ask_by_writing_too(town: Town):
    wim, an = await town.volunteer("Wim"), await town.coordinator("An")
    understood = "Ik begrijp: Boodschappen, morgennamiddag."
    assert understood in await wim.writes(BREAD)
    asked = await an.writes(BREAD)
    assert asked.startswith("Wat wil je hiermee doen?")
    assert BREAD in asked
    assert understood in await an.taps("Stel een nieuwe vraag")


@pytest.mark.parametrize(
    ("language", "sentence", "asked"),
    [
        ("nl", "Kan iemand morgen om 19 uur een lamp vervangen?", "Ik begrijp: Klusje in huis, morgen om 19 uur."),
        ("fr", "Demain à 19 h une ampoule à changer", "J'ai compris\u00a0: Petits travaux, demain à 19 h."),
        ("de", "Kann jemand morgen um 10 Uhr zwei Brote mitbringen?", "Ich verstehe: Einkauf, morgen um 10 Uhr."),
    ],
)
async def test_what_is_counted_does_not_change_the_hour(town: Town, language: str, sentence: str, asked: str):
    anna = await town.resident("Anna", language=language)
    assert asked in await anna.writes(sentence)


@pytest.mark.parametrize(
    "words",
    [
        "kan iemand met mijn bankkaart morgen geld afhalen, code is 1234",
        "Mijn bankkaart ligt klaar, pincode: 1234, wie haalt geld af?",
        "retirer de l'argent avec ma carte bancaire, le code est le 1234",
        "mit meiner Bankkarte Geld abheben, Geheimzahl 1234",
    ],
)
async def test_the_code_of_a_bank_card_is_read_by_nobody(town: Town, words: str) -> None:
    rosa, an = await town.resident("Rosa"), await town.coordinator("An")
    assert "Geef je code aan niemand. Ik liet ze weg." in await rosa.writes(words)
    await rosa.taps("Schrijf de coördinator")
    read = await an.last_text()
    assert "…" in read
    assert "1234" not in read


async def test_nor_where_it_is_typed_as_what_is_needed(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.writes("Neem mijn bankkaart mee, de code is 1234")
    await rosa.taps("Maakt niet uit")
    assert "Neem mijn bankkaart mee, de code is …" in await rosa.taps("Mijn thuis")


@pytest.mark.parametrize(
    "words",
    [
        "Mijn pincode is 1234, haal 50 euro af",
        "Neem mijn kaart mee, de code is 1234",
        "de code van de kaart van mijn man is 1234",
        "1234 is de code van mijn bankkaart",
        "neem mijn visakaart, code 1234",
        "betaalkaart, pin 1234",
        "Can you take my bank card, the code is 1234",
        "Prenez ma carte, le code est 1234",
        "avec ma carte bleue, code 1234",
        "Meine Geheimzahl ist 1234",
        "Meine PIN ist 1234",
        "mon code secret est le 1234",
    ],
)
def test_a_code_that_names_itself_or_stands_beside_a_card_is_left_out(words: str) -> None:
    assert "1234" not in without_code(words)


@pytest.mark.parametrize(
    "words",
    [
        "de code van de poort is 1234",
        "pindakaas 1000 gram en 2 broden",
        "met mijn kaart, postcode 3320",
        "le code postal est 1370, prenez la carte",
    ],
)
def test_the_code_of_a_gate_is_needed(words: str) -> None:
    assert without_code(words) == words
