""" "Asking": from a button, a command or a sentence to a request that is sent."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.asking import asks, code_in
from tests.support.town import Town


async def test_who_came_before_asks_with_six_taps_and_one_sentence(town: Town):
    anna = await town.resident("Anna")
    await town.volunteer("Wim")
    await anna.starts()
    taps = [
        "Ik zoek hulp",
        "Boodschappen 🛒",
        "melk en brood",
        "Morgen",
        "Namiddag 14–18",
        "Mijn thuis",
        "De eerste is goed",
    ]
    assert len(taps) == 6 + 1
    for label in taps:
        await (anna.writes(label) if label == "melk en brood" else anna.taps(label))
    card = await anna.last_text()
    assert code_in(card)
    assert "Dank je, je vraag is verstuurd." in card
    assert "Wat: melk en brood\nWanneer: dinsdag 24 november, in de namiddag\nWaar: Dorpsstraat 12 (Centrum)" in card
    assert "Ik vraag het nu aan vrijwilligers" in card
    assert "Kan er niemand, dan zoekt een coördinator mee." in card
    assert await anna.labels() == ["Iets veranderen", "Stop vraag", "Bekijk mijn vragen"]


async def test_a_newcomer_is_asked_for_the_home_once_and_only_then(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.taps("Ik zoek hulp")
    await anna.taps("Huisdier 🐕")
    await anna.writes("De hond uitlaten")
    await anna.taps("Maakt niet uit")
    assert "Waar heb je hulp nodig?" in await anna.last_text()
    assert "Ik ben verhuisd" not in await anna.labels()
    assert await anna.taps("Mijn thuis") == "In welke wijk woon je?"
    assert "straat en huisnummer" in await anna.taps("Kerkhoek")
    assert "Het huisnummer ontbreekt." in await anna.writes("Kerkstraat")
    assert "deurbel" in await anna.writes("Kerkstraat 5")
    assert "Mag ik je adres bewaren" in await anna.writes("Familie Peeters")
    summary = await anna.taps("Ja, bewaar het")
    assert "Waar: Kerkstraat 5 (Kerkhoek)\nNaam op de bel: Familie Peeters\nTelefoon: geen nummer" in summary
    await anna.taps("De eerste is goed")

    await asks(anna)
    assert "Waar: Kerkstraat 5 (Kerkhoek)\nNaam op de bel: Familie Peeters" in await anna.last_text()


async def test_an_address_typed_where_the_neighbourhood_is_asked_is_kept(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.taps("Ik zoek hulp")
    await anna.taps("Huisdier 🐕")
    await anna.writes("De hond uitlaten")
    await anna.taps("Maakt niet uit")
    await anna.taps("Mijn thuis")
    assert "Tik op je wijk" in await anna.writes("bij ons")
    assert "In welke wijk ligt Dorpsstraat 12?" in await anna.writes("Dorpsstraat 12")
    assert "deurbel" in await anna.taps("Kerkhoek")
    await anna.taps("Terug")
    await anna.taps("Terug")
    assert await anna.taps("Mijn thuis") == "In welke wijk woon je?"
    assert "deurbel" in await anna.writes("molenveldstraat 5")
    await anna.writes("Familie Peeters")
    assert "Waar: Molenveldstraat 5 (Molenveld)" in await anna.taps("Ja, bewaar het")


async def test_the_number_of_a_neighbourhood_is_still_understood(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.writes("/vraag de hond uitlaten")
    await anna.taps("Maakt niet uit")
    await anna.taps("Mijn thuis")
    assert "straat en huisnummer" in await anna.writes("2")


async def test_an_address_that_may_not_be_kept_is_asked_again(town: Town):
    anna = await town.resident("Anna", home=False)
    await anna.writes("/vraag")
    await anna.taps("Tuin 🌿")
    await anna.writes("Gras maaien")
    await anna.taps("Maakt niet uit")
    await anna.taps("Mijn thuis")
    await anna.writes("Kerkstraat 5")
    await anna.taps("Er staat geen naam")
    summary = await anna.taps("Nee, liever niet")
    assert "Kerkstraat 5" in summary
    assert "Naam op de bel" not in summary
    await anna.taps("De eerste is goed")

    await anna.writes("/vraag")
    await anna.taps("Tuin 🌿")
    await anna.writes("Gras maaien")
    await anna.taps("Maakt niet uit")
    assert "straat en huisnummer" in await anna.taps("Mijn thuis")


async def test_a_street_that_is_misspelled_is_asked_about(town: Town):
    anna = await town.resident("Anna", home=False)
    await anna.writes("/vraag gras maaien")
    await anna.taps("Maakt niet uit")
    await anna.taps("Mijn thuis")
    assert await anna.writes("centrumstrat 5 bus 2") == "Bedoel je Centrumstraat 5 bus 2?"
    assert "Bedoel je Centrumstraat 9?" in await anna.writes("Centrumstraad 9")
    await anna.taps("Ja, dat is het")
    await anna.taps("Terug")
    await anna.taps("Nee, zoals ik typte")
    await anna.writes("Anna")
    assert "Waar: Centrumstraad 9 (Centrum)" in await anna.taps("Ja, bewaar het")


async def test_who_has_moved_gives_the_new_home(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Papieren 📄")
    await anna.writes("Een brief lezen")
    await anna.taps("Maakt niet uit")
    assert "Jouw thuis is: Dorpsstraat 12." in await anna.last_text()
    await anna.taps("Ik ben verhuisd")
    await anna.taps("Molenveld")
    await anna.writes("Molenweg 3")
    await anna.writes("Anna")
    await anna.taps("Ja, bewaar het")
    assert "Waar: Molenweg 3 (Molenveld)" in await anna.taps("De eerste is goed")
    await asks(anna)
    assert "Waar: Molenweg 3 (Molenveld)" in await anna.last_text()


async def test_a_sentence_alone_begins_a_question_and_becomes_its_text(town: Town):
    anna = await town.resident("Anna")
    asked = await anna.writes("Kan iemand mijn lamp vervangen?")
    assert "Ik begrijp: Klusje in huis.\n\nOp welke dag" in asked
    await anna.taps("Maakt niet uit")
    assert "Wat: Kan iemand mijn lamp vervangen?" in await anna.taps("Mijn thuis")


async def test_words_behind_the_command_are_the_text(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk en brood halen")
    await anna.taps("Maakt niet uit")
    assert "Wat: melk en brood halen" in await anna.taps("Mijn thuis")


async def test_a_voice_message_or_a_photo_is_as_good_as_a_sentence(town: Town):
    anna = await town.resident("Anna")
    assert "Waarvoor zoek je hulp?" in await anna.does(anna.actor.sends_voice())
    await anna.taps("Vervoer 🚗")
    await anna.taps("Maakt niet uit")
    assert "Wat: je spraakbericht" in await anna.taps("Mijn thuis")
    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    assert "Wat: De kapotte kraan, je foto" in await anna.does(anna.actor.sends_photo("De kapotte kraan"))


async def test_a_photo_after_the_words_belongs_to_them(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand deze vervangen?")
    await anna.does(anna.actor.sends_photo())
    await anna.taps("Klusje in huis 🔧")
    await anna.taps("Maakt niet uit")
    assert "Wat: Kan iemand deze vervangen? (je foto)" in await anna.taps("Mijn thuis")


async def test_a_question_mark_before_the_photo_stays_one(town: Town):
    anna = await town.resident("Anna")
    await anna.does(anna.actor.sends_photo("Wie maakt deze kraan?"))
    await anna.taps("Maakt niet uit")
    assert "Wat: Wie maakt deze kraan? (je foto)\n" in await anna.taps("Mijn thuis")


async def test_a_neighbourhood_that_is_the_place_is_said_once(town: Town):
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await anna.writes("/vraag gras maaien")
    await anna.taps("Maakt niet uit")
    await anna.taps("Een andere plek")
    assert "Waar: kerkhoek\n" in await anna.writes("kerkhoek")
    await anna.taps("De eerste is goed")
    await bart.taps("Ik help")
    assert "Waar: kerkhoek\n" in await bart.reads()


@pytest.mark.parametrize(("kind", "word"), [("photo", "Ik heb je foto."), ("voice", "Ik heb je spraakbericht.")])
async def test_what_was_received_is_confirmed(town: Town, kind: str, word: str):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Klusje in huis 🔧")
    answer = await anna.does(anna.actor.sends_photo() if kind == "photo" else anna.actor.sends_voice())
    assert answer.startswith(word)
    assert "Op welke dag" in answer
    assert word not in await anna.taps("Morgen")


async def test_a_voice_message_where_none_can_be_heard_loses_nothing(town: Town):
    anna = await town.resident("Anna")
    await anna.does(anna.actor.sends_voice())
    await anna.taps("Vervoer 🚗")
    refused = await anna.does(anna.actor.sends_voice())
    assert refused.startswith("Een spraakbericht kan hier niet. Wat je al zei, blijft bewaard.")
    await anna.taps("Maakt niet uit")
    assert "Wat: je spraakbericht" in await anna.taps("Mijn thuis")


async def test_who_writes_too_much_keeps_what_fits_or_shortens_it(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Iets anders 💬")
    long = "Ik zoek iemand die helpt. " + "En nog iets. " * 90
    shown = await anna.writes(long)
    assert "Dat is wat lang." in shown
    assert "Ik zoek iemand die helpt. En nog iets." in shown
    assert len(shown) < 1150
    await anna.taps("Dit is genoeg")
    assert "Op welke dag" in await anna.last_text()
    await anna.taps("Terug")
    await anna.writes("Kort en goed")
    await anna.taps("Maakt niet uit")
    assert "Wat: Kort en goed\n" in await anna.taps("Mijn thuis")


async def test_what_is_over_today_is_not_offered(town: Town):
    anna = await town.resident("Anna")
    await town.jump(to=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))  # 17.30 here
    await anna.writes("/vraag")
    await anna.taps("Apotheek 💊")
    await anna.writes("Een pakje ophalen")
    assert "Welk moment past jou vandaag?" in await anna.taps("Vandaag")
    labels = await anna.labels()
    assert labels[:4] == ["Namiddag 14–18", "Avond 18–21", "Maakt niet uit", "Kies een uur"]
    await anna.taps("Kies een uur")
    assert (await anna.labels())[:3] == ["18 uur", "19 uur", "20 uur"]
    assert "voorbij" in await anna.writes("17u")


@pytest.mark.parametrize("typed", ["14u30", "14:30", "14.30"])
async def test_an_hour_can_be_typed(town: Town, typed: str):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Apotheek 💊")
    await anna.writes("Een pakje ophalen")
    await anna.taps("Morgen")
    assert "tussen 7 en 21" in await anna.writes("22u")
    await anna.writes(typed)
    assert "Wanneer: dinsdag 24 november om 14.30 uur" in await anna.taps("Mijn thuis")


async def test_another_day_is_chosen_on_a_small_calendar_or_typed(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Aardappelen")
    await anna.taps("Andere dag")
    offered = await anna.labels()
    assert offered[0] == "woensdag 25 nov", "today and tomorrow stood there already"
    assert "Vandaag of morgen" in offered
    await anna.taps("Week later")
    await anna.taps("donderdag 3 dec")
    await anna.taps("Kies een uur")
    await anna.taps("15 uur")
    assert "Wanneer: donderdag 3 december om 15 uur" in await anna.taps("Mijn thuis")
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    await anna.writes("24/12")
    assert "Wanneer: donderdag 24 december, in de avond" in await anna.taps("Avond 18–21")


async def test_back_leaves_the_calendar_at_once_and_then_the_question(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Brood")
    near = await anna.labels()
    await anna.taps("Andere dag")
    for _ in range(3):
        await anna.taps("Week later")
    await anna.taps("Terug")
    assert await anna.labels() == near
    assert "Wat heb je precies nodig?" in await anna.taps("Terug")


async def test_each_line_of_the_summary_can_be_changed(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    for label in ("Boodschappen 🛒", "Melk", "Morgen", "Voormiddag 8–12", "Mijn thuis"):
        await (anna.writes(label) if label == "Melk" else anna.taps(label))

    await anna.taps("Iets veranderen")
    await anna.taps("Soort hulp")
    assert "Hulp: Apotheek 💊" in await anna.taps("Apotheek 💊")

    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    assert "Wat: Kaas\n" in await anna.writes("Kaas")

    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    assert "Wanneer: de dag maakt niet uit" in await anna.taps("Maakt niet uit")

    await anna.taps("Iets veranderen")
    await anna.taps("Waar")
    assert "Waar is het?" in await anna.taps("Een andere plek")
    assert "In welke wijk is dat?" in await anna.writes("Bij de bakker")
    assert "Waar: Bij de bakker (Molenveld)" in await anna.taps("Molenveld")

    await anna.taps("Iets veranderen")
    await anna.taps("Telefoon")
    assert "Dat nummer klopt niet." in await anna.writes("12")
    assert "Telefoon: 0470 12 34 56" in await anna.writes("0470 12 34 56")

    await anna.taps("Iets veranderen")
    assert "Dit is jouw vraag" in await anna.taps("Terug")
    await anna.taps("Iets veranderen")
    assert "Dit is jouw vraag" in await anna.taps("Niets veranderen")
    card = await anna.taps("Eerst weten wie")
    assert "Wat: Kaas\nWanneer: de dag maakt niet uit\nWaar: Bij de bakker (Molenveld)\nTelefoon: 0470 12 34 56" in card


async def test_a_shared_contact_gives_the_number_and_it_can_be_taken_back(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk")
    for label in ("Maakt niet uit", "Mijn thuis", "Iets veranderen", "Telefoon"):
        await anna.taps(label)
    assert "Telefoon: 0470 12 34 56" in await anna.does(anna.actor.sends_contact("+32470123456"))
    await anna.taps("Iets veranderen")
    await anna.taps("Telefoon")
    assert "Telefoon: geen nummer" in await anna.taps("Ik deel geen nummer")


async def test_a_place_on_the_map_is_shared_with_one_large_button(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag wandelen")
    await anna.taps("Maakt niet uit")
    await anna.taps("Een plek op de kaart")
    assert "Toon waar ik ben" in await anna.actor.labels()
    assert "Welke plek is dat?" in await anna.does(anna.actor.sends_location(50.79, 4.9))
    assert "Toon waar ik ben" not in await anna.actor.labels()
    assert await anna.taps("Sla dit over") == "In welke wijk is dat?"
    assert "Waar: de plek op de kaart (Kerkhoek)" in await anna.taps("Kerkhoek")
    await anna.taps("Iets veranderen")
    await anna.taps("Waar")
    await anna.does(anna.actor.sends_location(50.79, 4.9))
    await anna.writes("Bij de kerk")
    assert "Waar: Bij de kerk (Centrum)" in await anna.taps("Centrum")


async def test_who_cannot_share_a_place_types_where_it_is(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag wandelen")
    await anna.taps("Maakt niet uit")
    await anna.taps("Een plek op de kaart")
    assert await anna.writes("Aan het station") == "In welke wijk is dat?"
    assert "Waar: Aan het station (Centrum)" in await anna.taps("Centrum")


async def test_back_and_stop_are_there_at_every_step(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    assert (await anna.labels())[-2:] == ["Terug", "Stoppen"]
    await anna.writes("Melk")
    assert (await anna.labels())[-2:] == ["Terug", "Stoppen"]
    assert "Wat heb je precies nodig?" in await anna.taps("Terug")
    assert "Waarvoor zoek je hulp?" in await anna.taps("Terug")
    assert "Gestopt" in await anna.taps("Stoppen")


async def test_a_half_written_request_survives_a_restart_and_two_hours_of_silence(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    await town.restart()
    await town.jump(hours=2)
    assert "Je was al bezig met een vraag." in await anna.writes("/vraag")
    assert "Op welke dag" in await anna.taps("Verder")
    await anna.taps("Maakt niet uit")
    assert "Wat: Melk\n" in await anna.taps("Mijn thuis")


async def test_who_is_busy_may_begin_again(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("/vraag")
    assert "Waarvoor zoek je hulp?" in await anna.taps("Opnieuw")


async def test_a_moment_that_passed_while_writing_is_asked_again(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    for label in ("Boodschappen 🛒", "Melk", "Vandaag", "Middag 12–14", "Mijn thuis"):
        await (anna.writes(label) if label == "Melk" else anna.taps(label))
    await town.jump(hours=5)
    assert "Dat moment is nu voorbij." in await anna.taps("De eerste is goed")
    await anna.taps("Morgen")
    await anna.taps("Middag 12–14")
    assert "je vraag is verstuurd" in await anna.taps("De eerste is goed")


async def test_a_day_that_passed_before_its_hour_was_chosen_is_chosen_again(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    await anna.taps("Vandaag")
    await town.jump(hours=24)
    assert "voorbij" in await anna.taps("Avond 18–21")
    await anna.taps("Andere dag")
    assert "Op welke dag" in await anna.last_text()


async def test_two_requests_have_two_codes(town: Town):
    anna = await town.resident("Anna")
    assert await asks(anna) != await asks(anna)


async def test_invented_answers_change_nothing(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    token = next(
        button["callback_data"] for button in (await anna.last()).buttons if button["text"].startswith("Boodschappen")
    ).split(":")[2]
    await anna.forges(f"1:form:{token}:category:gold")
    assert "Waarvoor zoek je hulp?" in await anna.last_text()
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    await anna.taps("Maakt niet uit")
    await anna.forges(f"1:form:{token}:place:moon")
    assert "Waar heb je hulp nodig?" in await anna.last_text()
    await anna.taps("Mijn thuis")
    await anna.forges(f"1:form:{token}:who:everybody")
    assert "Dit is jouw vraag" in await anna.last_text()


async def test_a_double_tap_on_the_last_button_does_not_take_the_card_away(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk")
    for label in ("Maakt niet uit", "Mijn thuis"):
        await anna.taps(label)
    data = next(
        button["callback_data"] for button in (await anna.last()).buttons if button["text"] == "De eerste is goed"
    )
    code = code_in(await anna.taps("De eerste is goed"))
    await anna.forges(data)
    assert code in await anna.last_text()


async def test_a_sentence_instead_of_a_category_is_kept_as_what_is_needed(town: Town):
    rosa = await town.resident("Rosa")
    await rosa.starts()
    await rosa.taps("Ik zoek hulp")
    assert "Ik begrijp: Klusje in huis.\n\nOp welke dag wil je hulp?" in await rosa.writes("Mijn lamp is stuk")
    await rosa.taps("Morgen")
    await rosa.taps("Namiddag 14–18")
    assert "Wat: Mijn lamp is stuk" in await rosa.taps("Mijn thuis")


async def test_a_category_may_be_typed_as_its_number(town: Town):
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    assert "Wat heb je precies nodig?" in await rosa.writes("2")


async def test_another_day_begins_where_tomorrow_ends(town: Town):
    rosa = await town.resident("Rosa")
    await town.jump(to=town.clock.now() + timedelta(days=6))  # a Sunday: this week has no day left
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.writes("Brood")
    await rosa.taps("Andere dag")
    assert any("1 dec" in label for label in await rosa.labels())


@pytest.mark.parametrize("words", ["bij mij thuis", "Thuis", "chez moi", "bei mir zu Hause", "gewoon thuis"])
async def test_at_home_may_be_said_in_words(town: Town, words: str):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand morgen namiddag mijn brood halen?")
    assert "Waar: Dorpsstraat 12 (Centrum)" in await anna.writes(words)


async def test_at_home_in_another_street_is_a_move(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand morgen namiddag mijn brood halen?")
    assert "In welke wijk ligt Lindelaan 3?" in await anna.writes("bij mij thuis in de Lindelaan 3")
    await anna.taps("Centrum")
    await anna.writes("Peeters")
    assert "Waar: Lindelaan 3 (Centrum)" in await anna.taps("Ja, bewaar het")


async def test_the_home_of_somebody_else_is_not_ones_own(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand morgen namiddag mijn brood halen?")
    await anna.writes("bij haar thuis")
    assert "Waar: bij haar thuis (Centrum)" in await anna.taps("Centrum")


@pytest.mark.parametrize(("words", "kept"), [("ja", True), ("Ja hoor!", True), ("oui", True), ("nee, bedankt", False)])
async def test_yes_or_no_is_enough_where_one_button_begins_so(town: Town, words: str, *, kept: bool):
    anna = await town.resident("Anna", home=False)
    await anna.writes("Kan iemand morgen namiddag mijn brood halen?")
    for words_before in ("bij mij thuis", "Lindelaan 3", "Peeters"):
        if "In welke wijk" in await anna.last_text():
            await anna.taps("Centrum")
        await anna.writes(words_before)
    assert "Mag ik je adres bewaren" in await anna.last_text()
    assert "Waar: Lindelaan 3 (Centrum)" in await anna.writes(words)
    with town.session() as session:
        await anna.taps("De eerste is goed")
        assert (town.person(session, anna).street == "Lindelaan 3") is kept


@pytest.mark.parametrize("typed", ["oui merci", "016 22.33.44"])
async def test_what_is_no_place_is_asked_again(town: Town, typed: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.writes("Melk")
    await rosa.taps("Maakt niet uit")
    assert "Typ waar het is" in await rosa.writes(typed)


@pytest.mark.parametrize("typed", ["annuler", "arrêtez", "annuleren"])
async def test_other_words_stop_too(town: Town, typed: str) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    assert "Gestopt" in await rosa.writes(typed)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("le premier, merci", "je vraag is verstuurd"),
        ("zuerst wissen, wer", "je vraag is verstuurd"),
        ("de eerste die kan", "je vraag is verstuurd"),
        ("ik wil iets veranderen", "Wat wil je veranderen?"),
        ("goed", "Tik op een van de knoppen hieronder."),
        ("niet de eerste", "Tik op een van de knoppen hieronder."),
        ("ik woon op de eerste verdieping", "Tik op een van de knoppen hieronder."),
        ("het maakt niet uit wie", "Tik op een van de knoppen hieronder."),
    ],
)
async def test_the_last_question_is_answered_in_words(town: Town, words: str, read: str):
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand morgenvoormiddag brood halen?")
    await anna.taps("Mijn thuis")
    assert read in await anna.writes(words)


async def test_who_first_wants_to_know_who_is_asked_in_words_too(town: Town):
    anna, jef = await town.resident("Anna"), await town.volunteer("Jef")
    await anna.writes("Kan iemand morgenvoormiddag brood halen?")
    await anna.taps("Mijn thuis")
    await anna.writes("Ik wil eerst weten wie")
    await jef.taps("Ik help")
    assert "Is dat goed?" in await anna.last_text()
