"""A coordinator's `/namens`: a question for somebody without Telegram, and all that a resident can do."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from models import Area, AreaKind, Call, Coordinator, Event, EventKind, Person, Request
from tests.support.phoning import asks_for_who_calls
from tests.support.town import Neighbour, Town


async def test_a_coordinator_asks_for_somebody_without_telegram(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    assert "Voor wie vraag je het?" in await an.writes("/namens")
    assert "Op welk nummer kan je Maria bellen?" in await an.writes("Maria")
    assert "Dat nummer klopt niet." in await an.writes("12")
    assert "Waar heeft Maria hulp nodig?" in await an.writes("+32 (0)470 12.34.56")
    await an.taps("Thuis bij Maria")
    await an.taps("Centrum")
    await an.writes("Lindelaan 3")
    assert "Waarmee heeft Maria hulp nodig?" in await an.writes("Maes")
    await an.taps("Boodschappen 🛒")
    assert "Op welke dag is er hulp nodig?" in await an.writes("Melk en brood")
    await an.taps("Morgen")
    asked = await an.taps("Namiddag 14–18")
    assert "Wie komt helpen, mag Maria bellen. Vindt Maria dat goed?" in asked
    summary = await an.taps("Ja, geef het door")
    assert "Voor: Maria" in summary
    assert "Waar: Lindelaan 3 (Centrum)" in summary
    assert "Telefoon: 0470 12 34 56" in summary
    assert "wil Maria eerst weten wie?" in summary
    case = await an.taps("De eerste is goed")
    assert "De vraag van Maria is verstuurd." in case
    assert "Maria stelde deze vraag (telefonisch, genoteerd door An)" in case
    assert "Maria" not in await jef.reads()
    task = await jef.taps("Ik help")
    assert "Voor: Maria" in task
    assert "Lindelaan 3" in task
    assert "Telefoon: 0470 12 34 56" in task
    assert "Stuur een bericht" in await jef.labels(), "a coordinator tells her by telephone"
    with town.session() as session:
        maria = session.scalars(select(Person).where(Person.telegram_key.is_(None))).one()
        assert (maria.first_name, maria.phone, maria.street) == ("Maria", "+32470123456", "Lindelaan 3")
        entered = session.scalars(select(Event).where(Event.kind == EventKind.ENTERED)).one()
        assert (entered.by, entered.person) == (town.person(session, an), maria)


@pytest.mark.parametrize("typed", ["0470123456", "0470/12.34.56", "0032 470 12 34 56", "+32470123456", "016 20 30 40"])
async def test_the_number_may_be_typed_in_any_belgian_way(town: Town, typed: str) -> None:
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria")
    assert "Waar heeft Maria hulp nodig?" in await an.writes(typed)


async def test_a_number_that_maria_keeps_for_the_office_is_not_given(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, shared=False)
    assert "0470" not in await jef.taps("Ik help")
    assert "0470 12 34 56" in await an.forges("1:case:1"), "the coordinator still calls her"


async def test_somebody_who_asked_before_is_found_by_name_by_number_and_by_tapping(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an)
    await an.writes("/namens")
    assert "Maria, Lindelaan 3" in await an.labels()
    assert "Is het een van deze mensen?" in await an.writes("0470/12 34 56")
    assert "Maria, Lindelaan 3" in await an.labels()
    assert "Is het een van deze mensen?" in await an.writes("mar")
    shown = await an.taps("Maria, Lindelaan 3")
    assert "Maria woont hier: Lindelaan 3." in shown, "name and number are known"
    assert "Waarmee heeft Maria hulp nodig?" in await an.taps("Thuis bij Maria")
    await an.taps("Tuin 🌿")
    await an.writes("Gras maaien")
    await an.taps("Morgen")
    await an.taps("Namiddag 14–18")
    await an.taps("Ja, geef het door")
    await an.taps("De eerste is goed")
    with town.session() as session:
        assert len(session.scalars(select(Person).where(Person.telegram_key.is_(None))).all()) == 1
        assert len(session.scalars(select(Request)).all()) == 2


async def test_another_person_of_that_name_is_somebody_new(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an)
    await an.writes("/namens")
    await an.writes("Maria")
    assert "Op welk nummer kan je Maria bellen?" in await an.taps("Iemand nieuw")


async def test_the_coordinator_of_another_area_knows_nobody_here(town: Town) -> None:
    an, el = await town.coordinator("An"), await town.coordinator("El", "Kerkhoek")
    await asks_for_who_calls(an)
    await el.writes("/namens")
    assert "Maria, Lindelaan 3" not in await el.labels()
    assert "Op welk nummer" in await el.writes("Maria"), "for El she is somebody new"
    await el.writes("016 20 30 40")
    await el.taps("Thuis bij Maria")
    assert "In welke straat" in await el.last_text(), "El asks in Kerkhoek only"
    for data in ("act_for:1", "report_for:1:done", "cancel:1:yes", "change:1", "again:1", "request:1", "agree:1:1"):
        answer = await el.forges(f"1:{data}")
        assert "Dat vind ik niet meer terug." in answer, data
        assert "Lindelaan" not in answer


async def test_no_resident_can_ask_for_others_that_way(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await asks_for_who_calls(an)
    assert "Voor wie vraag je het?" not in await rosa.writes("/namens")
    for data in ("behalf", "act_for:1", "calls", "report_for:1:done", "cancel:1:yes", "change:1"):
        await rosa.forges(f"1:{data}")
    assert "Maria" not in await rosa.reads()
    with town.session() as session:
        assert session.scalars(select(Request)).one().outcome is None


async def test_who_coordinates_no_longer_sends_nothing(town: Town) -> None:
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria")
    with town.session() as session, session.begin():
        session.delete(session.scalars(select(Coordinator)).one())
    await an.writes("0470 12 34 56")
    with town.session() as session:
        assert session.scalars(select(Person).where(Person.telegram_key.is_(None))).all() == []


async def test_a_coordinator_changes_cancels_and_asks_again_as_maria_would(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.forges("1:case:1")
    assert "Bel Maria (0470 12 34 56)" in await an.taps("Namens Maria")
    await an.taps("Iets veranderen")
    await an.taps("Wanneer")
    await an.taps("Morgen")
    card = await an.taps("Voormiddag 8–12")
    assert "Maria wijzigde de vraag (telefonisch, genoteerd door An)" in card
    assert "Maria koos een ander moment." in await jef.last_text()
    await an.forges("1:act_for:1")
    await an.taps("Stop vraag")
    card = await an.taps("Ja, stop")
    assert "Maria stopte de vraag (telefonisch, genoteerd door An)" in card
    assert "Lindelaan" not in await jef.reads()
    await an.taps("Nog eens vragen")
    assert "Op welke dag is er hulp nodig?" in await an.last_text()
    await an.taps("Morgen")
    await an.taps("Namiddag 14–18")
    summary = await an.taps("Ja, geef het door")
    assert "Voor: Maria" in summary
    assert "Lindelaan 3 (Centrum)" in summary


async def test_a_coordinator_reports_how_it_went_and_a_second_tap_says_nothing_new(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.forges("1:act_for:1")
    assert not {"Niemand kwam", "Ja, gelukt"} & set(await an.labels()), "the moment is not there yet"
    assert "Spreek een uur af" in await an.labels()
    await town.jump(days=1, hours=5)
    assert "Is het gelukt met Jef?" in await an.forges("1:act_for:1")
    message = await an.last()
    card = await an.taps("Ja, gelukt")
    assert "Maria zegt: Het is gelukt (telefonisch, genoteerd door An)" in card
    await an.forges("1:report_for:1:done", message)
    with town.session() as session:
        assert len(session.scalars(select(Event).where(Event.kind == EventKind.REPORTED)).all()) == 1
    assert "Het is gedaan" in await jef.taps("Ja, gelukt")


async def test_an_hour_is_agreed_with_maria_on_the_phone(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    acting = await an.forges("1:act_for:1")
    assert "Wat wil Maria veranderen?" in acting
    assert "Op welke dag is er hulp nodig?" in await an.taps("Spreek een uur af")
    assert "dinsdag 24 november om 15 uur" in await an.writes("morgen om 15u")
    assert "dinsdag 24 november om 15 uur" in await jef.last_text()
    await an.forges("1:act_for:1")
    assert "Spreek een uur af" not in await an.labels()


async def test_without_a_day_an_hour_is_agreed_first_and_how_it_went_is_asked_only_later(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    acting = await an.forges("1:act_for:1")
    assert "Is het gelukt" not in acting
    assert {"Spreek een uur af", "Ja, gelukt"} <= set(await an.labels()), "it may be done already"
    assert "Op welke dag is er hulp nodig?" in await an.taps("Spreek een uur af")
    await an.writes("morgen om 15u")
    assert "dinsdag 24 november om 15 uur" in await jef.last_text()


async def test_what_has_no_day_and_should_be_done_by_now_is_asked_about(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    await town.jump(days=10)
    assert "Is het gelukt met Jef?" in await an.forges("1:act_for:1")
    assert "Ja, gelukt" in await an.labels()


async def test_what_belongs_to_maria_is_sealed_and_forgotten_with_the_request(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an)
    with town.session() as session:
        raw = session.execute(text("select first_name, phone, street from person where telegram_key is null")).one()
        assert all(b"Maria" not in each and b"470" not in each and b"Lindelaan" not in each for each in raw)
    await an.forges("1:cancel:1")
    await an.taps("Ja, stop")
    await town.jump(days=31)
    with town.session() as session:
        request = session.scalars(select(Request)).one()
        assert (request.phone, request.address, request.bell) == (None, None, None)
    assert "Lindelaan" not in await an.forges("1:case:1")


async def test_who_is_busy_with_one_loses_nothing_by_beginning_another(town: Town) -> None:
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria")
    assert "Wil je daarmee verdergaan?" in await an.writes("/namens")
    assert "Op welk nummer kan je Maria bellen?" in await an.taps("Verder")
    await an.writes("/namens")
    assert "Voor wie vraag je het?" in await an.taps("Opnieuw")


async def test_what_the_helper_writes_to_who_has_no_telegram_is_passed_on_by_a_coordinator(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, name="Maria")
    await jef.taps("Ik help")
    asked = await jef.taps("Stuur een bericht")
    assert "Maria heeft geen Telegram, dus belt de coördinator Maria." in asked
    said = await jef.writes("Ik kom een kwartier later")
    assert said == "Een coördinator belt Maria en geeft het door."
    assert await an.last_text() == "2 telefoontjes wachten, naar mensen zonder Telegram."
    assert "Ik kom een kwartier later" not in await an.reads(), "it stands on the call list alone"
    assert "Jef komt helpen." in await an.writes("/bellen")
    await an.taps("Gebeld")
    assert "Bel Maria (0470 12 34 56): Jef laat weten: “Ik kom een kwartier later”" in await an.last_text()
    await an.taps("Niet bereikt")
    assert "Ik kom een kwartier later" in await an.writes("/bellen"), "it waits until it was told"
    assert "Je hoeft nu niemand te bellen." in await an.taps("Gebeld")
    with town.session() as session:
        assert session.scalars(select(Call.words).where(Call.words.is_not(None))).all() == []
    await jef.forges("1:give_back:1")
    assert "belt Maria" not in await jef.reads(), "who it was leaves with the task"


async def test_the_answer_on_the_phone_is_passed_on_to_who_wrote(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, name="Maria")
    await jef.taps("Ik help")
    await an.writes("/bellen")
    await an.taps("Gebeld")
    assert "Schrijf naar Jef" not in await an.labels(), "nobody wrote that"
    await jef.taps("Stuur een bericht")
    await jef.writes("Past 15 uur ook?")
    await an.taps("Bekijk bellijst")
    assert "Een antwoord voor Jef kan je hieronder schrijven." in await an.taps("Gebeld")
    await an.taps("Schrijf naar Jef")
    await an.writes("Ja, dat past.")
    assert "Ja, dat past." in await jef.last_text()
    history = await an.forges("1:case_history:1")
    assert "Jef schreef naar Maria, via de coördinator" in history
    assert "Jef schreef naar de coördinator" not in history


async def test_a_message_for_who_has_no_telegram_waits_also_when_somebody_else_comes(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.writes("/bellen")
    await an.taps("Gebeld")
    before = len(await an.messages())
    for words in ("Ik ben ziek", "De sleutel ligt bij de buren"):
        await jef.forges("1:write:1")
        await jef.writes(words)
    assert len(await an.messages()) == before + 2, "what somebody wrote does not wait with other calls"
    await jef.forges("1:give_back:1")
    assert "Telefoontje 1 van 3" in await an.writes("/bellen"), "two messages, and that Jef does not come"
    await jef.writes("/wissen")
    await jef.taps("Ja, wis alles")
    assert "Telefoontje 1 van 1" in await an.writes("/bellen"), "what an erased person wrote is not told"
    with town.session() as session:
        assert session.scalars(select(Call.words).where(Call.words.is_not(None))).all() == []


async def test_nothing_is_passed_on_for_who_does_not_help_any_more(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, name="Maria")
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await an.forges("1:put_back:1")
    await an.taps("Ja, zoek iemand anders")
    await jef.writes("Tot straks")
    assert "Tot straks" not in await an.reads()
    with town.session() as session:
        assert session.scalars(select(Event).where(Event.kind == EventKind.WROTE)).all() == []


async def test_where_no_coordinator_is_there_the_helper_knows_that_it_is_not_passed_on(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    with town.session() as session, session.begin():
        session.delete(session.scalars(select(Coordinator)).one())
    assert "Ik kan je bericht nu niet bezorgen." in await jef.taps("Stuur een bericht")


async def test_who_has_not_asked_for_a_year_is_forgotten(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an, name="Maria")
    await an.forges("1:cancel:1:yes")
    await asks_for_who_calls(an, name="Omer", number="016 20 30 40", day="Maakt niet uit", part=None)
    with town.session() as session, session.begin():
        for person in session.scalars(select(Person).where(Person.telegram_key.is_(None))):
            person.seen_at -= timedelta(days=365)
    await town.jump(hours=25)
    await an.writes("/namens")
    assert [label for label in await an.labels() if label != "Stoppen"] == ["Omer, Lindelaan 3"], "his is still open"
    with town.session() as session:
        raw = session.execute(
            text("select phone, street, bell from person where telegram_key is null order by id")
        ).all()
        assert list(raw[0]) == [None, None, None]
        assert session.scalars(select(Event).where(Event.kind == EventKind.ERASED)).one().by is None
        assert session.get_one(Request, 1).text == ""
    assert "Maria" not in await an.forges("1:case_history:1")


async def test_who_lost_that_area_meanwhile_sends_nothing_in_it(town: Town) -> None:
    an = await town.coordinator("An", "Centrum")
    with town.session() as session, session.begin():
        person = town.person(session, an)
        session.add(Coordinator(person=person, area=town.area(session, "Kerkhoek"), since=town.clock.now()))
    await an.writes("/namens")
    await an.writes("Maria")
    await an.writes("0470 12 34 56")
    await an.taps("Thuis bij Maria")
    assert "Molenveld" not in await an.labels(), "she does not coordinate there"
    await an.taps("Centrum")
    await an.writes("Lindelaan 3")
    await an.writes("Maes")
    await an.taps("Boodschappen 🛒")
    await an.writes("Melk")
    await an.taps("Morgen")
    await an.taps("Namiddag 14–18")
    await an.taps("Ja, geef het door")
    with town.session() as session, session.begin():
        centre = town.area(session, "Centrum")
        session.delete(session.scalars(select(Coordinator).where(Coordinator.area == centre)).one())
    assert "Dat vind ik niet meer terug." in await an.taps("De eerste is goed")
    with town.session() as session:
        assert session.scalars(select(Request)).all() == []
        assert session.scalars(select(Person).where(Person.telegram_key.is_(None))).all() == []


async def test_a_municipality_without_neighbourhoods_has_nobody_to_ask_for_yet(town: Town) -> None:
    with town.session() as session, session.begin():
        session.add(Area(kind=AreaKind.MUNICIPALITY, name="Heide", slug="heide"))
    an = await town.coordinator("An", "Heide")
    assert "Je hebt nog geen wijk" in await an.writes("/namens")
    assert "Voor wie vraag je het?" not in await an.forges("1:behalf")


async def test_who_loses_the_last_neighbourhood_meanwhile_is_told_and_not_left_in_the_dialogue(town: Town) -> None:
    with town.session() as session, session.begin():
        session.add(Area(kind=AreaKind.MUNICIPALITY, name="Heide", slug="heide"))
    an = await town.coordinator("An", "Centrum")
    with town.session() as session, session.begin():
        person = town.person(session, an)
        session.add(Coordinator(person=person, area=town.area(session, "Heide"), since=town.clock.now()))
    await an.writes("/namens")
    await an.writes("Maria")
    await an.writes("0470 12 34 56")
    with town.session() as session, session.begin():
        centre = town.area(session, "Centrum")
        session.delete(session.scalars(select(Coordinator).where(Coordinator.area == centre)).one())
    await an.taps("Thuis bij Maria")
    said = await an.writes("Lindelaan 3")
    assert "Dat vind ik niet meer terug." in said
    assert "Maria" not in said


async def asked_where(town: Town) -> Neighbour:
    """A coordinator who is asked where Maria, who is new, needs help."""
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria")
    assert "Waar heeft Maria hulp nodig?" in await an.writes("0470 12 34 56")
    return an


@pytest.mark.parametrize(
    "words",
    [
        "bij haar thuis in de Lindelaan 3",
        "Bij haar thuis, Lindelaan 3",
        "bij haar Lindelaan 3",
        "Bij Maria thuis in de Lindelaan 3",
        "chez Maria, Lindelaan 3",
        "thuis, in de Lindelaan 3",
        "gewoon thuis op de Lindelaan 3.",
        "chez elle, Lindelaan 3",
        "à la maison, Lindelaan 3",
        "bei ihr zu Hause, Lindelaan 3",
        "at her home, Lindelaan 3",
    ],
)
async def test_where_may_be_a_whole_sentence(town: Town, words: str) -> None:
    an = await asked_where(town)
    assert "In welke wijk ligt Lindelaan 3?" in await an.writes(words)
    assert "Welke naam staat er op de bel bij Maria?" in await an.taps("Centrum")
    assert "Waarmee heeft Maria hulp nodig?" in await an.writes("Maes")


@pytest.mark.parametrize("words", ["bij haar thuis", "Thuis", "chez elle", "bei ihr zu Hause", "at home"])
async def test_at_home_may_be_said_in_words(town: Town, words: str) -> None:
    an = await asked_where(town)
    await an.writes(words)
    assert "In welke straat" in await an.taps("Centrum")


@pytest.mark.parametrize(
    "words", ["chez le docteur Maes", "bij haar zus in de Dreef 3", "Bij de kerk", "bij mij thuis"]
)
async def test_another_place_keeps_its_words(town: Town, words: str) -> None:
    an = await asked_where(town)
    await an.writes(words)
    assert "Waarmee heeft Maria hulp nodig?" in await an.taps("Centrum")


async def test_what_it_is_may_be_a_whole_sentence_too(town: Town) -> None:
    an = await asked_where(town)
    await an.writes("bij haar thuis in de Lindelaan 3")
    await an.taps("Centrum")
    await an.writes("Maes")
    shown = await an.writes("ze heeft iemand nodig om boodschappen te doen morgen om 14 uur")
    assert "Wie komt helpen, mag Maria bellen." in shown, "kind of help, what and when are known"
    summary = await an.taps("Ja, geef het door")
    assert "Boodschappen" in summary
    assert "Wanneer: dinsdag 24 november om 14 uur" in summary
    assert "Waar: Lindelaan 3 (Centrum)" in summary
