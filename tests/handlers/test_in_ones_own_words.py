"""Answers as people give them, where the buttons would have done: heard as long as they are sure, asked again else."""

import pytest

from handlers.everyone.smalltalk import wants_to_stop
from models.helped import Relation
from models.whom import named_in
from tests.support.asking import asks
from tests.support.town import Town


async def begins_for_mother(town: Town):
    els = await town.resident("Els")
    await els.writes("Kan iemand morgen namiddag boodschappen doen voor mijn moeder?")
    assert "voornaam" in await els.last_text()
    return els


@pytest.mark.parametrize("words", ["Ik ben haar dochter", "die Tochter", "je suis sa fille"])
async def test_who_says_what_they_are_need_not_tap_it(town: Town, words: str) -> None:
    els = await begins_for_mother(town)
    await els.writes("Maria")
    await els.writes(words)
    assert "Vindt Maria het goed" in await els.last_text()
    said = await els.writes("ja, ze is akkoord")
    assert "Met wie spreekt de vrijwilliger?" in said


@pytest.mark.parametrize(
    "words", ["Het is mijn moeder", "c'est ma mère", "je suis sa petite-fille", "Ich bin Frau Müller"]
)
async def test_what_the_other_is_to_them_is_no_answer(town: Town, words: str) -> None:
    els = await begins_for_mother(town)
    await els.writes("Maria")
    assert "Wie ben jij voor Maria?" in await els.writes(words)


@pytest.mark.parametrize(
    ("words", "name", "relation"),
    [
        ("Meine Mutter heißt Gertrud", "Gertrud", None),
        ("Elle s'appelle Rose", "Rose", None),
        ("mijn buurvrouw heet Mia", "Mia", Relation.NEIGHBOUR),
    ],
)
def test_a_name_is_not_the_whole_sentence(words: str, name: str, relation: Relation | None) -> None:
    assert named_in(words) == (relation, name)


@pytest.mark.parametrize(
    "words",
    ["je veux arrêter d'être bénévole", "Ik wil stoppen als vrijwilliger", "ich will nicht mehr helfen"],
)
async def test_who_helps_finds_the_way_out_in_words(town: Town, words: str) -> None:
    jef = await town.volunteer("Jef")
    await jef.writes(words)
    assert {"Neem pauze", "Stop met helpen"} & {*await jef.labels()}


@pytest.mark.parametrize(
    "words",
    [
        "Ik kan Rosa niet meer helpen",
        "Mijn buurvrouw gaat stoppen met helpen, ik zoek iemand voor mijn boodschappen",
        "Er is geen vrijwilliger meer voor mij",
    ],
)
def test_who_speaks_of_somebody_else_or_of_one_task_goes_on_helping(words: str) -> None:
    assert not wants_to_stop(words)


async def test_stop_leads_a_volunteer_to_a_break(town: Town) -> None:
    jef = await town.volunteer("Jef")
    await jef.writes("/stop")
    await jef.taps("Neem pauze")
    assert "Stop met helpen" in await jef.labels()


async def test_who_says_twice_that_they_want_to_help_is_asked_what_with(town: Town) -> None:
    mia = await town.somebody("Mia")
    await mia.starts()
    await mia.writes("ik wil graag mensen helpen")
    again = await mia.writes("ik wil graag andere mensen helpen")
    assert "Hoe fijn" not in again


@pytest.mark.parametrize("words", ["oui je veux bien", "ja das mach ich gern", "ik help"])
async def test_a_yes_to_an_offer_further_up_shows_it_again(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.writes("/hulp")
    assert "Tik op het antwoord dat past." in await jef.writes(words)
    assert (await jef.labels())[:2] == ["Ik help", "Deze keer niet"]
    assert "Jef" not in await rosa.reads()


@pytest.mark.parametrize("words", ["toch liever om 15 uur", "plutôt à 15h svp"])
async def test_another_moment_typed_where_the_place_is_asked_counts(town: Town, words: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen?")
    said = await rosa.writes(words)
    assert "Ik begrijp: " in said
    assert "om 15 uur" in said
    assert "om 15 uur" in await rosa.taps("Mijn thuis")


async def test_a_house_and_a_box_are_no_date(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen?")
    await rosa.taps("Ik ben verhuisd")
    await rosa.taps("Centrum")
    await rosa.writes("Dorpsstraat")
    assert "januari" not in await rosa.writes("12/1")


@pytest.mark.parametrize("words", ["wat kost dat?", "Können Sie mir sagen, was das kostet?"])
async def test_a_question_is_no_address(town: Town, words: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen?")
    assert "Typ waar het is" in await rosa.writes(words)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("a la maison", "Dorpsstraat 12 (Centrum)"),
        ("Molenweg 3, Molenveld", "Molenweg 3 (Molenveld)"),
        ("Molenweg 3A (Molenveld).", "Molenweg 3A (Molenveld)"),
    ],
)
async def test_where_is_heard_as_it_is_said(town: Town, typed: str, where: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen?")
    assert f"Waar: {where}" in await rosa.writes(typed)


async def test_the_name_of_a_neighbourhood_may_be_spelled_as_at_home(town: Town) -> None:
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.writes("Kan iemand morgen namiddag brood halen?")
    await anna.taps("Mijn thuis")
    assert "huisnummer" in await anna.writes("Zentrum")


async def test_what_they_go_on_telling_where_the_day_is_asked_goes_with_it(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.does(rosa.actor.sends_voice())
    if "Waarvoor zoek je hulp?" in await rosa.last_text():
        await rosa.taps("Klusje in huis 🔧")
    assert "Op welke dag" in await rosa.last_text()
    said = await rosa.writes("de lamp in de keuken vervangen")
    assert "Je schreef: de lamp in de keuken vervangen" in said
    assert "Op welke dag" in said
    assert "koud" not in await rosa.writes("als de lamp koud is")
    await rosa.taps("Maakt niet uit")
    summary = await rosa.taps("Mijn thuis")
    assert "de lamp in de keuken vervangen" in summary
    assert "je spraakbericht" in summary


async def test_what_was_told_later_stays_where_the_first_message_is_changed(town: Town) -> None:
    rosa = await town.resident("Rosa")
    first = "Kan iemand brood halen bij de bakker?"
    await rosa.writes(first)
    assert "twee flessen melk" in await rosa.writes("en ook twee flessen melk uit de winkel")
    for label in ("Maakt niet uit", "Mijn thuis", "De eerste is goed"):
        await rosa.taps(label)
    mine = next(each for each in await rosa.actor.chat() if each.outgoing and each.text == first)
    said = await rosa.does(rosa.actor.edits(mine, "Kan iemand wit brood halen bij de bakker?"))
    assert "Wat ik al doorgaf, blijft zoals het was." in said
    await rosa.writes("/mijnvragen")
    assert "twee flessen melk" in await rosa.taps((await rosa.labels())[0])


async def test_a_change_of_what_was_added_to_is_answered(town: Town) -> None:
    rosa = await town.resident("Rosa")
    first = "Kan iemand brood halen bij de bakker?"
    await rosa.writes(first)
    await rosa.writes("en ook twee flessen melk uit de winkel")
    mine = next(each for each in await rosa.actor.chat() if each.outgoing and each.text == first)
    said = await rosa.does(rosa.actor.edits(mine, "Kan iemand wit brood halen bij de bakker?"))
    assert "Je vraag blijft zoals ze was." in said
    assert "twee flessen melk" in said


async def test_what_becomes_too_long_is_shown_before_it_is_cut(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand brood halen bij de bakker?" + " Graag een grof brood, gesneden." * 25)
    assert "Op welke dag" in await rosa.last_text()
    said = await rosa.writes("en ook melk uit de winkel, " * 12)
    assert "Dat is wat lang. Dit deel past erin:" in said
    assert "Op welke dag" in await rosa.taps("Dit is genoeg")


@pytest.mark.parametrize(
    "words",
    [
        "Ik wil mijn adres veranderen",
        "Je veux changer mon adresse",
        "Ich will meine Adresse ändern",
        "Hoe verander ik mijn adres?",
        "ik zou mijn adres graag veranderen",
        "J'aimerais changer d'adresse",
        "I'd like to change my address",
        "change my phone number",
        "ik ben verhuisd",
        "mijn adres klopt niet meer",
        "j'ai déménagé",
        "ich bin umgezogen",
        "I have moved house",
    ],
)
async def test_what_is_kept_can_be_changed_by_saying_so(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    assert "Wat wil je verbeteren?" in await rosa.writes(words)


@pytest.mark.parametrize("words", ["Karel belt morgen terug", "Mia kan niet rijden", "Vrijdag ben ik niet op kantoor"])
async def test_a_coordinators_sentence_begins_no_question(town: Town, words: str) -> None:
    els = await town.coordinator("Els")
    assert await els.writes(words) == f"Wat wil je hiermee doen?\n\n{words}"


async def test_a_coordinator_who_speaks_of_their_work_asks_for_no_help(town: Town) -> None:
    els = await town.coordinator("Els")
    said = await els.writes("Karel is in orde")
    assert said == "Wat wil je hiermee doen?\n\nKarel is in orde"
    assert await els.labels() == ["Bekijk vragen", "Vrijwilligers", "Vraag namens", "Stel een nieuwe vraag"]
    assert "Waarvoor zoek je hulp?" in await els.taps("Stel een nieuwe vraag")
    for label in ("Iets anders 💬", "Maakt niet uit", "Een andere plek"):
        await els.taps(label)
    await els.writes("Kerkstraat 5")
    assert "Wat: Karel is in orde" in await els.taps("Centrum")


async def test_a_coordinator_who_asks_says_first_for_whom(town: Town) -> None:
    els = await town.coordinator("Els")
    await els.writes("Kan iemand morgen brood halen voor Maria?")
    assert "Vraag namens" in await els.labels()
    assert "Ik begrijp: Boodschappen, morgen" in await els.taps("Stel een nieuwe vraag")


@pytest.mark.parametrize("words", ["ik kan helpen", "je peux aider", "ik wil alleen maar in het weekend helpen"])
async def test_a_volunteer_who_offers_sees_where_they_stand(town: Town, words: str) -> None:
    jef = await town.volunteer("Jef")
    said = await jef.writes(words)
    assert "Je bent vrijwilliger." in said
    assert "Wijzig keuzes" in await jef.labels()


@pytest.mark.parametrize("words", ["ik wil dat Jef komt helpen", "ik kan niemand vinden om mij te helpen"])
async def test_who_needs_help_offers_none(town: Town, words: str) -> None:
    rosa = await town.resident("Rosa")
    assert "Wil je anderen helpen" not in await rosa.writes(words)


async def test_what_is_added_where_the_hour_or_the_place_is_asked_goes_with_it(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen brood halen?")
    assert "en boter" in await rosa.writes("en boter")
    assert "moment past" in (await rosa.last_text()).lower()
    await rosa.taps("Namiddag 14–18")
    said = await rosa.writes("en ook melk")
    assert "en ook melk" in said
    assert "Waar heb je hulp nodig?" in said
    summary = await rosa.taps("Mijn thuis")
    assert "en boter\nen ook melk" in summary
    assert "Waar: Dorpsstraat 12" in summary


@pytest.mark.parametrize("words", ["de Jef is niet gekomen", "Nee, Jef is niet gekomen"])
async def test_that_somebody_stayed_away_is_heard_with_their_name(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await town.jump(days=1, hours=9)
    assert "Is het gelukt" in await rosa.last_text()
    await rosa.writes(words)
    assert "niemand kwam" in (await rosa.last_text()).casefold()


async def test_what_is_added_to_the_summary_goes_with_it(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen bij de bakker?")
    await rosa.taps("Mijn thuis")
    summary = await rosa.writes("en ook boter")
    assert "brood halen bij de bakker?\nen ook boter\n" in summary
    assert "Dit is jouw vraag" in summary
    assert "Wanneer: dinsdag 24 november om 15 uur\n" in await rosa.writes("liever om 15 uur")
    assert "Tik op een van de knoppen" in await rosa.writes("een kilo")
    assert "en ook boter" in await rosa.taps("De eerste is goed")


@pytest.mark.parametrize("words", ["en ook eieren", "Ook nog een pak melk", "et aussi du lait", "und auch Milch"])
async def test_what_is_added_right_after_sending_goes_with_the_question(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    card = await rosa.writes(words)
    assert "Goed, het is veranderd." in card
    assert f"\n{words}\n" in card
    await jef.taps("Ik help")
    assert words in await jef.last_text()
    await rosa.writes("/mijnvragen")
    assert "Toon vraag 2" not in await rosa.labels()


@pytest.mark.parametrize(
    "words",
    ["en kan iemand mijn gras maaien?", "en wie komt er dan", "en bedankt hoor", "nog niemand", "ook het gras maaien"],
)
async def test_what_is_another_thing_is_not_added(town: Town, words: str) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    assert "het is veranderd" not in await rosa.writes(words)


async def test_what_would_be_too_long_is_not_added_in_part(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await asks(rosa)
    card = await rosa.writes("en ook " + "een groot pak volle melk, " * 40)
    assert "Dat is wat lang. Typ het korter, alsjeblieft." in card
    assert "volle melk" not in card


async def test_who_is_helped_by_somebody_tells_them_what_else_is_needed(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("en ook eieren")
    assert "Is dit voor Jef?" in await rosa.last_text()


@pytest.mark.parametrize(
    "words", ["Kan iemand overmorgen mijn gras maaien?", "Wie kan mij zaterdag naar de kapper brengen?",
              "Est-ce que quelqu'un peut faire mes courses ?", "Kann jemand meinen Hund ausführen?"],
)  # fmt: skip
async def test_what_is_asked_of_anybody_is_not_for_who_helps_already(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    assert "Ik begrijp:" in await rosa.writes(words)


@pytest.mark.parametrize("words", ["Kan er iemand anders komen?", "Kan iemand mij dat zeggen?"])
async def test_what_may_be_about_this_task_is_asked_first(town: Town, words: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    assert "Ik begrijp:" not in await rosa.writes(words)


@pytest.mark.parametrize("words", ["ik weet het niet", "dat weet ik nog niet", "je ne sais pas", "weiß ich nicht"])
async def test_who_does_not_know_where_is_asked_once_more(town: Town, words: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("Kan iemand morgen namiddag brood halen bij de bakker?")
    asked = await rosa.writes(words)
    assert "Waar heb je hulp nodig?" in asked
    assert "straat en nummer" in asked
    assert "Waar: Dorpsstraat 12" in await rosa.taps("Mijn thuis")


async def test_what_neighbours_may_not_do_is_said_also_where_the_kind_of_help_was_chosen(town: Town) -> None:
    rosa, an = await town.resident("Rosa"), await town.coordinator("An")
    await rosa.writes("/vraag")
    await rosa.taps("Iets anders 💬")
    asked = await rosa.writes("mijn insuline spuiten, code 1234")
    assert "Buren helpen niet met verzorging, medicatie, bankkaarten of geld." in asked
    assert "Op welke dag" in asked
    assert "Naar de coördinator gestuurd." in await rosa.taps("Schrijf de coördinator")
    assert "mijn insuline spuiten, code …" in await an.last_text()
    await rosa.writes("/start")
    assert "vraag begonnen" not in await rosa.last_text()


async def test_who_needs_it_from_neighbours_all_the_same_goes_on(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await town.coordinator("An")
    await rosa.writes("/vraag")
    await rosa.taps("Iets anders 💬")
    await rosa.writes("mijn insuline spuiten")
    assert "Buren helpen niet" not in await rosa.taps("Maakt niet uit")
    assert "Dit is jouw vraag" in await rosa.taps("Mijn thuis")
    said = await rosa.writes("en ook mijn wonde verzorgen")
    assert "Buren helpen niet met verzorging" in said
    assert "en ook mijn wonde verzorgen\n" in said
    assert "Buren helpen niet" not in await rosa.taps("De eerste is goed")


async def test_medicines_are_fetched_by_neighbours(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await town.coordinator("An")
    await rosa.writes("/vraag")
    await rosa.taps("Apotheek 💊")
    assert "Buren helpen niet" not in await rosa.writes("mijn medicijnen ophalen bij de apotheek")


async def test_what_neighbours_may_not_do_is_said_where_the_text_is_changed_too(town: Town) -> None:
    rosa, jef, an = await town.resident("Rosa"), await town.volunteer("Jef"), await town.coordinator("An")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Iets veranderen")
    await rosa.taps("Wat precies")
    card = await rosa.writes("mijn insuline spuiten, code 1234")
    assert "Goed, het is veranderd.\nBuren helpen niet met verzorging" in card
    assert "1234" not in await jef.last_text()
    await rosa.taps("Schrijf de coördinator")
    await rosa.writes("Wie kan dat doen?")
    assert "Wie kan dat doen?" in await an.last_text()
