"""Anything else gets a gentle answer, and a dialogue is kept; emergency words get the fixed text at once."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from handlers.everyone.smalltalk import Small, small
from models import Event, EventKind
from tests.handlers.test_coordinator_story import ask
from tests.support.asking import asks
from tests.support.town import Neighbour, Town

QUESTION = "Kan iemand mij met iets helpen?"
Send = Callable[[Neighbour], Awaitable[int | None]]
SENT: dict[str, Send] = {
    "sticker": lambda who: who.actor.sends_sticker(),
    "poll": lambda who: who.actor.sends_poll("Wat?", ["dit", "dat"]),
    "contact": lambda who: who.actor.sends_contact("+32470000000"),
    "location": lambda who: who.actor.sends_location(50.79, 4.89),
    "document": lambda who: who.actor.sends_document("a.pdf"),
}


@pytest.mark.parametrize("kind", SENT)
async def test_anything_gets_a_gentle_answer_with_what_to_do_now(town: Town, kind: str) -> None:
    anna = await town.resident("Anna")
    text = await anna.does(SENT[kind](anna))
    assert text.strip()
    assert "mis" not in text.split()
    assert (await anna.labels())[0] == "Ik zoek hulp"
    assert await anna.writes("Is het al goed?") != text


@pytest.mark.parametrize("kind", [kind for kind in SENT if kind != "location"])
async def test_anything_in_a_dialogue_keeps_the_dialogue(town: Town, kind: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    await anna.does(SENT[kind](anna))
    assert "Tuin 🌿" in await anna.labels()
    await anna.taps("Tuin 🌿")
    assert "Tuin 🌿" not in await anna.labels()


@pytest.mark.parametrize("words", ["Hallo!", "dag", "Goeiemorgen 😊", "Bonjour", "Good morning", "Guten Tag"])
async def test_a_greeting_gets_a_greeting(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    assert "Dag Anna" in await anna.writes(words)


@pytest.mark.parametrize("words", ["Dank u wel!", "merci", "Thank you so much", "bedankt 🙏", "Tot ziens"])
async def test_thanks_get_a_kind_answer(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    assert "Graag gedaan." in await anna.writes(words)


async def test_a_sentence_becomes_the_text_of_a_question(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    assert "Tuin 🌿" in await anna.labels()
    assert "Je begon aan een vraag." in await anna.starts()


async def test_a_voice_message_and_a_photo_begin_a_question(town: Town) -> None:
    for send in ("sends_voice", "sends_photo"):
        anna = await town.resident("Anna")
        await anna.does(getattr(anna.actor, send)())
        assert "Tuin 🌿" in await anna.labels()


@pytest.mark.parametrize("words", ["…", "?!", "👍", "\u200b.", "x", "\ud83d\ude00", "\u202ex\u202c"])
async def test_odd_characters_break_nothing(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    text = await anna.writes(words)
    assert "Schrijf gewoon wat je nodig hebt." in text
    assert await anna.labels() == ["Ik zoek hulp", "Ik wil helpen"]


async def raw(town: Town, who: Neighbour, text: str) -> str:
    """A message as another client than the simulator's phone may send it."""
    sender = {"id": who.id, "is_bot": False, "first_name": who.name, "language_code": "nl"}
    chat = {"id": who.id, "type": "private", "first_name": who.name}
    message = {"message_id": 9_000, "date": int(town.clock.now().timestamp()), "chat": chat, "from": sender}
    await town.settled(await town.phones.raw({"message": {**message, "text": text}}))
    return await who.last_text()


async def test_nul_breaks_nothing(town: Town) -> None:
    anna = await town.resident("Anna")
    assert "Schrijf gewoon wat je nodig hebt." in await raw(town, anna, "\0\0")
    await raw(town, anna, "Kan iemand\0 mijn gras maaien?")
    assert "Ik begrijp: Tuin." in await anna.last_text()


async def test_too_long_a_text_is_shortened_and_asked_about(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("gras maaien " * 340)
    assert "gras maaien" in await anna.last_text()
    assert len(await anna.last_text()) < 1200


async def test_an_unknown_command_says_what_to_do(town: Town) -> None:
    anna = await town.resident("Anna")
    assert "Die opdracht ken ik niet." in await anna.writes("/bestaatniet nu")
    await anna.writes(QUESTION)
    assert "Die opdracht ken ik niet. Je was hier gebleven:" in await anna.writes("/bestaatniet")
    assert "Tuin 🌿" in await anna.labels()


async def test_a_command_of_coordinators_does_not_exist_for_others(town: Town) -> None:
    anna = await town.resident("Anna")
    unknown = await anna.writes("/bestaatniet")
    for command in ("/open", "/vrijwilligers", "/benevoles", "/open 1 2 3"):
        assert await anna.writes(command) == unknown


async def test_a_command_of_volunteers_says_how_to_become_one(town: Town) -> None:
    anna = await town.resident("Anna")
    assert "Dat is voor vrijwilligers." in await anna.writes("/taken")
    assert await anna.labels() == ["Ik wil helpen"]


async def test_an_old_button_shows_where_somebody_is(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    old = await anna.last()
    await anna.taps("Stoppen")
    assert "Die knop is te oud." in await anna.forges(old.buttons[0]["callback_data"])
    await anna.writes("Ik zoek iemand die mij iets toont")
    assert "Die knop is te oud. Hier sta je nu:" in await anna.forges("0:weg:1")
    assert "Tuin 🌿" in await anna.labels()


@pytest.mark.parametrize(
    "data", ["1:case:1", "1:assign_now:1:1", "1:close_with:1:done", "1:approve:1", "1:decline_now:1", "1:cases:0"]
)
async def test_a_forged_button_of_a_coordinator_does_nothing(town: Town, data: str) -> None:
    anna = await town.resident("Anna")
    assert "Die knop werkt niet meer." in await anna.forges(data)


@pytest.mark.parametrize(
    "data", ["1:request:999", "1:request:-1", "1:request:9" + "9" * 25, "1:request:x", "1:request:1:2:3", "1:drop"]
)
async def test_a_forged_button_finds_nothing(town: Town, data: str) -> None:
    anna = await town.resident("Anna")
    assert "Dat vind ik niet meer terug." in await anna.forges(data)


# ── help and stop ──


async def test_help_in_a_dialogue_explains_the_present_question(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    text = await anna.writes("/help")
    assert "Antwoord op de vraag hieronder" in text
    assert "Met Stoppen stop je: er wordt niets verstuurd." in text
    assert "Tuin 🌿" in await anna.labels()


@pytest.mark.parametrize("words", ["/help", "/hulp", "/aide", "/hilfe", "/HELP", "help", "Hoe werkt dit?"])
async def test_help_in_any_language_lists_what_can_be_done(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    text = await anna.writes(words)
    assert "Dit kan je doen" in text
    assert "/mijnvragen" in text
    assert "112" in text


async def test_privacy_says_who_reads_along(town: Town) -> None:
    anna = await town.resident("Anna")
    text = await anna.writes("/privacy")
    assert "Telegram kan technisch ook meelezen." in text
    assert "OCMW Lindebeek" in text
    assert len(text.splitlines()) < 8, "the rest is one tap further"
    assert (await anna.labels())[:2] == ["Lees meer", "Zie wat ik bewaar"]


async def test_privacy_says_one_tap_further_who_answers_for_it_and_how_long_it_stays(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/privacy")
    text = await anna.taps("Lees meer")
    for said in (
        "OCMW Lindebeek is verantwoordelijk: 016 12 34 56.",
        "Burenhulp is een openbare taak van OCMW Lindebeek.",
        "30 dagen na het einde",
        "een jaar niet komt",
        "Telegram kan technisch ook meelezen.",
    ):
        assert said in text, said
    assert "Lees meer" not in await anna.labels()


async def test_stop_asks_once_more_when_something_was_filled_in(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    await anna.taps("Tuin 🌿")
    await anna.taps("Morgen")
    question = await anna.last_text()
    assert "Wil je echt stoppen?" in await anna.taps("Stoppen")
    assert await anna.taps("Toch verdergaan") == question
    await anna.writes("/stop")
    assert "Gestopt. Er is niets verstuurd." in await anna.taps("Ja, stop")
    assert "Je hebt nu geen open vragen." in await anna.starts()


async def test_stop_stops_at_once_when_little_is_lost(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    assert "Gestopt. Er is niets verstuurd." in await anna.writes("/annuleer")
    assert await anna.labels() == ["Ik zoek hulp", "Ik wil helpen"]


async def test_stop_with_nothing_to_stop(town: Town) -> None:
    anna = await town.resident("Anna")
    for words in ("/stop", "stop"):
        assert "Er is nu niets om te stoppen." in await anna.writes(words)


CALLED_OFF = [
    *("mijn vraag annuleren", "ik wil mijn vraag stoppen", "annuler ma demande", "Je voudrais annuler ma demande"),
    *("cancel my request", "meine Anfrage stornieren", "ich möchte meine Anfrage zurückziehen"),
    "annuler ma demande, merci",
]
NOT_NEEDED = [
    *("het is niet meer nodig", "niet meer nodig", "'t hoeft niet meer", "ce n’est plus nécessaire", "plus besoin"),
    *("it's no longer needed", "not needed any more", "es ist nicht mehr nötig", "ich brauche keine Hilfe mehr"),
    *("Het is niet meer nodig, bedankt!", "ich brauche es nicht mehr, danke"),
]


@pytest.mark.parametrize("words", [*CALLED_OFF, *NOT_NEEDED])
def test_words_that_call_a_question_off(words: str) -> None:
    assert small(words) is (Small.STOP if words in CALLED_OFF else Small.NOT_NEEDED)


async def test_words_that_call_it_off_ask_what_to_stop(town: Town) -> None:
    rosa = await town.resident("Rosa")
    code = await ask(rosa)
    for words in ("annuler ma demande", "ce n’est plus nécessaire", "Het is niet meer nodig"):
        assert f"{code}: Boodschappen, dinsdag 24 november" in await rosa.writes(words)
    await rosa.taps(f"Stop vraag {code}")
    await rosa.taps("Ja, stop")
    assert "Er is nu niets om te stoppen." in await rosa.writes("het is niet meer nodig")


async def test_to_who_helps_they_may_be_for_the_helper_and_stopping_is_offered(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    assert "het is niet meer nodig" in await rosa.writes("het is niet meer nodig")
    assert (await rosa.labels())[0] == "Stop vraag"


async def test_stop_offers_what_could_be_stopped(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    text = await rosa.writes("/stop")
    assert f"{code}: Boodschappen, dinsdag 24 november" in text
    assert "Je hebt 1 open vraag." in await rosa.taps("Niets stoppen")
    await rosa.writes("/stop")
    await rosa.taps(f"Stop vraag {code}")
    await rosa.taps("Ja, stop")
    assert "Er is nu niets om te stoppen." in await rosa.writes("/stop")
    await ask(rosa)
    await jef.taps("Ik help")
    await jef.writes("/stop")
    assert "Bekijk mijn taken" in await jef.labels()
    assert "Je hebt 1 taak." in await jef.starts()


async def test_stop_lists_six_questions_and_the_way_to_the_others(town: Town) -> None:
    rosa = await town.resident("Rosa")
    for _ in range(7):
        await ask(rosa)
    await rosa.writes("/stop")
    labels = await rosa.labels()
    assert len([label for label in labels if label.startswith("Stop vraag")]) == 6
    assert "Bekijk mijn vragen" in labels


async def test_an_old_stop_button_stops_no_other_question(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    await anna.taps("Tuin 🌿")
    await anna.taps("Morgen")
    await anna.taps("Stoppen")
    old = next(button["callback_data"] for button in (await anna.last()).buttons if button["text"] == "Ja, stop")
    await anna.taps("Ja, stop")
    assert "Die knop is te oud." in await anna.forges("1:continue")
    await anna.writes(QUESTION)
    assert "Die knop is te oud." in await anna.forges(old)
    assert "Tuin 🌿" in await anna.labels()


async def test_help_speaks_of_back_only_where_there_is_one(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.taps("Ik zoek hulp")
    shown = await anna.writes("/hulp")
    assert "Met Stoppen stop je" in shown
    assert "Terug" not in shown
    await anna.taps("Vervoer 🚗")
    assert "Met Terug ga je" in await anna.writes("/hulp")


# ── emergency ──


async def test_an_emergency_gets_the_fixed_text_before_anything_else(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Ik krijg geen adem meer")
    *_, fixed, question = await anna.messages()
    assert "112" in fixed.text.splitlines()[0]
    assert "Een spraakbericht wordt niet meteen beluisterd." in fixed.text
    assert "Is er geen gevaar?" in question.text
    assert question.labels == ["Ga verder met mijn vraag", "Stoppen"]
    with town.session() as session:
        noted = session.scalars(select(Event).where(Event.kind == EventKind.EMERGENCY)).all()
        assert [event.by for event in noted] == [town.person(session, anna)]


async def test_after_an_emergency_that_was_none_the_words_count_as_just_written(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("De ambulance bracht mij thuis, kan iemand boodschappen doen?")
    assert "Ga verder met mijn vraag" in (await anna.writes("het is niet erg"), await anna.labels())[1]
    assert "Ik begrijp: Boodschappen." in await anna.taps("Ga verder met mijn vraag")
    assert "Wat heb je precies nodig" not in await anna.last_text()


CALM = "Goed. Bel 112 als je hulp nodig hebt."


@pytest.mark.parametrize("how", ["taps", "writes"])
async def test_who_stops_after_words_of_need_reads_a_calm_sentence(town: Town, how: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("ik ben gevallen en kan niet opstaan")
    assert await getattr(anna, how)("Stoppen") == CALM


@pytest.mark.parametrize("well", ["Loos alarm, sorry!", "vergissing", "fausse alerte", "Fehlalarm"])
async def test_who_says_that_it_was_nothing_reads_a_calm_sentence(town: Town, well: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("ik ben gevallen en kan niet opstaan")
    assert await anna.writes(well) == CALM


@pytest.mark.parametrize(
    "well", ["Tout va bien, merci", "Schon gut", "it's fine", "nee, alles ok", "Alles is goed met mij"]
)
async def test_who_says_that_all_is_well_may_still_go_on(town: Town, well: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Ik ben gevallen, wie kan morgen boodschappen doen?")
    said = await anna.writes(well)
    assert said.startswith(f"{CALM}\n\nIs er geen gevaar?")
    assert await anna.labels() == ["Ga verder met mijn vraag", "Stoppen"]
    assert "Ik begrijp: Boodschappen" in await anna.taps("Ga verder met mijn vraag")


@pytest.mark.parametrize(
    "said", ["Er is geen gevaar", "pas de danger", "Keine Gefahr", "no danger, thanks", "geen gevaar, ga door"]
)
async def test_who_types_that_there_is_no_danger_goes_on(town: Town, said: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("De ambulance bracht mij thuis, kan iemand boodschappen doen?")
    assert "Ik begrijp: Boodschappen." in await anna.writes(said)


async def test_who_writes_on_after_words_about_suicide_reads_first_who_listens_again(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("ik wil niet meer leven")
    before = len(await anna.messages())
    await anna.writes("het gaat niet meer")
    since = "\n".join(message.text for message in (await anna.messages())[before:] if not message.outgoing)
    assert since.index("1813") < since.index("112")


@pytest.mark.parametrize(
    "more", ["hij beweegt niet meer", "help mij", "kom snel", "alles goed met mij maar hij bloedt", "ja"]
)
async def test_who_goes_on_writing_in_need_sees_the_numbers_again(town: Town, more: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("mijn man is gevallen en bloedt")
    before = len(await anna.messages())
    await anna.writes(more)
    since = "\n".join(message.text for message in (await anna.messages())[before:] if not message.outgoing)
    assert "112" in since
    assert "Tik op een van de knoppen" not in since
    assert "Ga verder met mijn vraag" in await anna.labels()


async def test_an_emergency_in_a_dialogue_keeps_the_dialogue_below(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    await anna.taps("Tuin 🌿")
    question = await anna.last_text()
    await anna.writes("er is brand in huis")
    stopped = await anna.taps("Stoppen")
    assert stopped == f"{CALM} Wat je eerder begon, is er nog.", "nothing is asked of who was in need"
    assert await anna.taps("Ga verder met mijn vraag") == question


async def test_who_stops_once_more_after_an_emergency_stops_what_waits(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(QUESTION)
    await anna.writes("er is brand in huis")
    await anna.taps("Stoppen")
    assert await anna.writes("ja stop maar") == "Gestopt. Er is niets verstuurd."
    assert "Er is nu niets om te stoppen." in await anna.writes("ja stop maar")


async def test_an_emergency_in_a_dialogue_may_be_the_answer(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.taps("Ik zoek hulp")
    await anna.taps("Vervoer 🚗")
    await anna.writes("Meerijden naar de dokter na mijn hartinfarct")
    before = len(await anna.messages())
    await anna.taps("Ga verder met mijn vraag")
    assert len(await anna.messages()) == before
    assert "Morgen" in await anna.labels()


async def test_an_emergency_that_could_not_be_answered_at_once_is_answered_in_the_turn(town: Town) -> None:
    anna = await town.resident("Anna")
    await town.phones.fault("error", method="sendMessage", error_code=502, times=1)
    await anna.writes("bel een ambulance")
    assert "1733" in (await anna.messages())[-2].text
    assert "Is er geen gevaar?" in await anna.last_text()
    await anna.taps("Stoppen")
    assert "1733" in await anna.reads(), "the numbers stay when the question below them is answered"


# ── blocked ──


async def test_blocking_and_coming_back_is_noted(town: Town) -> None:
    anna = await town.resident("Anna")
    await town.settled(await anna.actor.blocks())
    with town.session() as session:
        assert town.person(session, anna).unreachable_since is not None
    await town.settled(await anna.actor.unblocks())
    with town.session() as session:
        assert town.person(session, anna).unreachable_since is None
        kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
        assert kinds[-2:] == [EventKind.UNREACHABLE, EventKind.REACHABLE]


async def test_a_changed_message_with_words_of_need_leaves_nothing_to_go_on_with(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("hallo")
    mine = [message for message in await anna.actor.chat() if message.outgoing][-1]
    assert "112" in await anna.does(anna.actor.edits(mine, "er is een gaslek"))
    assert "Verder met mijn vraag" not in await anna.labels()
    await anna.writes("/vraag")
    assert "Apotheek 💊" in await anna.labels()


@pytest.mark.parametrize("words", ["Ik versta het niet", "hulp", "je ne comprends pas", "Das ist zu schwierig"])
async def test_who_does_not_understand_a_question_reads_how_to_answer_it(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Tuin 🌿")
    said = await anna.writes(words)
    assert "Antwoord op de vraag hieronder" in said
    assert "Wat heb je precies nodig?" in said
    await anna.writes("Gras maaien")
    await anna.taps("Maakt niet uit")
    assert "Wat: Gras maaien" in await anna.taps("Mijn thuis")


async def test_words_for_who_helps_are_passed_on_also_where_they_ask_for_help(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await jef.writes("Ik versta het niet")
    assert "Ik versta het niet" in await rosa.last_text()
