"""Volunteering: the note, the wishes, the coordinator's word, and where it stands."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from bot.i18n import translator
from handlers.volunteer.note import PAGES, VERSION
from handlers.volunteer.wishes import WhatStep, WhenStep
from models import Event, EventKind, Volunteer
from models.calendar import Calendar
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def reads_the_note(who: Neighbour) -> None:
    """Through all pages."""
    for _ in PAGES[1:]:
        await who.taps("Lees verder")
    await who.taps("Ik heb het gelezen")


async def bart_has_read_the_note(town: Town) -> Neighbour:
    """Bart, who came before, stands at the first choice."""
    bart = await town.resident("Bart")
    await bart.writes("/vrijwilliger")
    await reads_the_note(bart)
    return bart


async def applies(who: Neighbour) -> None:
    """Groceries in the centre, in the week in the afternoon."""
    await who.writes("/vrijwilliger")
    await reads_the_note(who)
    for label in ("Boodschappen", "Klaar", "Centrum", "Klaar", "Ma-vr namiddag", "Klaar", "Liever niet", "Stuur door"):
        await who.taps(label)


async def test_the_information_note_comes_first_in_short_screens(town: Town) -> None:
    bart = await town.resident("Bart")
    first = await bart.writes("/vrijwilliger")
    assert "OCMW Lindebeek" in first
    pages = [first]
    for _ in PAGES[1:]:
        assert "Ik heb het gelezen" not in await bart.labels()
        pages.append(await bart.taps("Lees verder"))
    note = "\n".join(pages)
    for subject in ("openbaar bestuur", "verzekering", "Kosten", "Vertel dat aan niemand", "16 jaar"):
        assert subject in note
    assert all(len(page) < 300 for page in pages)
    assert "Wat doe je graag?" in await bart.taps("Ik heb het gelezen")


async def test_the_version_that_was_read_and_the_moment_are_kept(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    read_at = town.clock.now()
    await town.jump(minutes=50)
    for label in ("Boodschappen", "Klaar", "Centrum", "Klaar", "Ma-vr namiddag", "Klaar", "Liever niet", "Stuur door"):
        await bart.taps(label)
    with town.session() as session:
        volunteer = session.scalars(select(Volunteer)).one()
        assert (volunteer.note_version, volunteer.note_read_at) == (VERSION, read_at)
        assert volunteer.applied_at == town.clock.now()
        assert date.fromisoformat(VERSION).year >= 2026
        assert session.scalars(select(Event).where(Event.kind == EventKind.APPLIED)).one().by is volunteer.person


async def test_back_turns_the_pages_of_the_note_too(town: Town) -> None:
    bart = await town.resident("Bart")
    first = await bart.writes("/vrijwilliger")
    assert "Terug" not in await bart.labels()
    second = await bart.taps("Lees verder")
    await bart.taps("Lees verder")
    assert await bart.taps("Terug") == second
    assert await bart.taps("Terug") == first


async def test_a_forged_tap_does_not_skip_the_note(town: Town) -> None:
    bart = await town.resident("Bart")
    await bart.writes("/vrijwilliger")
    data = (await bart.last()).json["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert "Wie we zijn" in await bart.forges(data.rsplit(":", 1)[0] + ":read")


async def test_what_is_ticked_stands_in_words_too_and_can_be_unticked(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    assert "nog niets gekozen" in await bart.last_text()
    assert "Gekozen: Boodschappen." in await bart.taps("Boodschappen")
    assert "✓ Boodschappen" in await bart.labels()
    assert "Gekozen: Boodschappen, Tuin." in await bart.taps("Tuin")
    assert "Gekozen: Tuin." in await bart.taps("✓ Boodschappen")
    assert "nog niets gekozen" in await bart.taps("✓ Tuin")


async def test_done_without_a_choice_asks_kindly_once_more(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    assert "minstens één" in await bart.taps("Klaar")
    assert "Wat doe je graag?" in await bart.last_text()


async def test_back_returns_to_the_question_before_with_its_ticks(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    await bart.taps("Boodschappen")
    await bart.taps("Tuin")
    await bart.taps("Klaar")
    await bart.taps("Centrum")
    assert "Gekozen: Boodschappen, Tuin." in await bart.taps("Terug")


async def test_everything_can_be_chosen_at_once(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    await bart.taps("Boodschappen")
    await bart.taps("Klaar")
    assert "Centrum, Kerkhoek, Molenveld" in await bart.taps("Kies alles")


async def test_the_summary_lets_each_line_be_changed(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    for label in ("Boodschappen", "Klaar", "Centrum", "Klaar", "Ma-vr namiddag", "Klaar", "Liever niet"):
        await bart.taps(label)
    summary = await bart.last_text()
    assert "Wat: Boodschappen\nWijken: Centrum\nWanneer: Ma-vr namiddag\nTelefoon: geen nummer" in summary
    await bart.taps("Wijzig waar")
    await bart.taps("Kerkhoek")
    assert "Wijken: Centrum, Kerkhoek" in await bart.taps("Klaar")


async def test_until_a_coordinator_approves_no_request_is_shown(town: Town) -> None:
    carla = await town.coordinator("Carla")
    anna, bart = await town.resident("Anna"), await town.resident("Bart")
    await applies(bart)
    assert "Een coördinator bekijkt het" in await bart.last_text()
    await asks(anna)
    assert "hulp" not in (await bart.last_text()).lower().replace("/help", "")
    status = await bart.writes("/vrijwilliger")
    assert "Je aanvraag is bij de coördinator" in status
    assert "Boodschappen" in status
    assert "Bart" in await carla.reads()


async def test_the_coordinator_approves_and_the_next_request_arrives(town: Town) -> None:
    carla = await town.coordinator("Carla")
    anna, bart = await town.resident("Anna"), await town.resident("Bart")
    await applies(bart)
    await carla.taps("Goedkeuren")
    assert "Welkom!" in await bart.last_text()
    assert "Je bent vrijwilliger" in await bart.writes("/vrijwilliger")
    await asks(anna)
    assert "Iemand in de buurt vraagt hulp" in await bart.last_text()


async def test_who_is_declined_reads_a_kind_word_and_can_ask_why(town: Town) -> None:
    carla = await town.coordinator("Carla")
    bart = await town.resident("Bart")
    await applies(bart)
    await carla.taps("Niet goedkeuren")
    await carla.taps("Ja, niet goedkeuren")
    assert "Fijn dat je wou helpen" in await bart.last_text()
    assert "Fijn dat je wou helpen" in await bart.writes("/vrijwilliger")
    await bart.taps("Schrijf de coördinator")
    await bart.writes("Mag ik weten waarom?")
    assert "Mag ik weten waarom?" in await carla.last_text()


async def test_choices_can_be_changed_later_without_reading_the_note_again(town: Town) -> None:
    carla = await town.coordinator("Carla")
    anna, bart = await town.resident("Anna"), await town.resident("Bart")
    await applies(bart)
    await carla.taps("Goedkeuren")
    await bart.writes("/vrijwilliger")
    assert "Wat: Boodschappen" in await bart.taps("Wijzig keuzes")
    await bart.taps("Wijzig wat")
    await bart.taps("✓ Boodschappen")
    await bart.taps("Tuin")
    await bart.taps("Klaar")
    assert "Wat: Tuin" in await bart.taps("Bewaar mijn keuzes")
    before = await bart.reads()
    await asks(anna)
    assert await bart.reads() == before


async def test_who_read_an_older_note_reads_the_new_one_before_choosing_again(town: Town) -> None:
    vera = await town.volunteer("Vera")  # read the version "test"
    await vera.writes("/vrijwilliger")
    assert "Wie we zijn" in await vera.taps("Wijzig keuzes")
    await reads_the_note(vera)
    await vera.taps("Bewaar mijn keuzes")
    with town.session() as session:
        assert session.scalars(select(Volunteer)).one().note_version == VERSION


async def test_each_question_can_be_answered_in_ones_own_words(town: Town) -> None:
    bart = await town.resident("Bart")
    await bart.writes("/vrijwilliger")
    for words in ("verder", "ok", "gelezen", "suite", "lees verder"):
        await bart.writes(words)
    assert "Ik heb het gelezen" in await bart.labels()
    assert "Wat doe je graag?" in await bart.writes("gelezen")
    assert "minstens één" in await bart.writes("verder")
    said = await bart.writes("boodschappen doen en iemand naar de dokter brengen")
    assert "Gekozen: Boodschappen, Vervoer." in said
    assert "Gekozen: Boodschappen, Vervoer." in await bart.writes("geen papieren")
    assert "Gekozen: Boodschappen, Apotheek, Vervoer." in await bart.writes("2 en 3")
    assert "In welke wijken" in await bart.writes("dat is alles")
    assert "Gekozen: Centrum." in await bart.writes("in Zentrum")
    assert "Wanneer ben je" in await bart.writes("klaar")
    assert "nog niets gekozen" in await bart.writes("op dinsdag")
    assert "Gekozen: ma-vr avond, za-zo avond." in (await bart.writes("'s avonds")).replace("Ma", "ma").replace(
        "Za", "za"
    )
    await bart.writes("altijd")
    assert "Kies alles" not in await bart.labels()


@pytest.mark.parametrize(
    "words",
    [
        "alles buiten de tuin", "I don't drive", "tout sauf le jardin", "alles bis auf Garten",
        "everything but gardening", "ik ben bang van honden", "j'ai peur des chiens",
        "Ich habe Angst vor Hunden", "ik haat tuinieren",
        "papieren zijn te moeilijk", "aucun jardin", "Mijn dochter zei vroeger altijd dat ik goed kon tuinieren",
    ],
)  # fmt: skip
def test_what_they_would_rather_not_do_is_not_chosen(words: str) -> None:
    assert WhatStep().meant(a_turn(), words) is None


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("'s avonds", {"week-evening", "weekend-evening"}),
        ("na de middag", {"week-afternoon", "weekend-afternoon"}),
        ("voor de middag", {"week-morning", "weekend-morning"}),
        ("le soir", {"week-evening", "weekend-evening"}),
        ("unter der Woche abends", {"week-evening"}),
        ("in het weekend namiddag", {"weekend-afternoon"}),
        ("in de week", {"week-morning", "week-noon", "week-afternoon", "week-evening"}),
        ("maandag tot vrijdag voormiddag", {"week-morning"}),
        ("één keer per week", set()),
        ("ik werk in de week", set()),
        ("om de week", set()),
        ("volgende week", set()),
        ("di namiddag", set()),
        ("morgen", set()),
        ("tomorrow morning", set()),
    ],
)
def test_when_is_what_holds_every_week(words: str, parts: set[str]) -> None:
    language = {"le soir": "fr", "unter der Woche abends": "de", "tomorrow morning": "en"}.get(words, "nl")
    assert set(WhenStep().named(a_turn(language), words)) == parts


def a_turn(language: str = "nl") -> Any:
    """What these questions ask of a turn: who speaks, and when."""
    now = datetime(2026, 11, 30, 10, tzinfo=UTC)
    return SimpleNamespace(t=translator(language), now=now, calendar=Calendar())


async def test_the_note_is_not_read_by_who_has_had_enough(town: Town) -> None:
    bart = await town.resident("Bart")
    await bart.writes("/vrijwilliger")
    for words in ("genoeg", "c'est assez", "fertig", "klaar"):
        assert "Wie we zijn (1 van 6)" in await bart.writes(words)
    while "Lees verder" in await bart.labels():
        await bart.taps("Lees verder")
    await bart.writes("genoeg")
    assert "Ik heb het gelezen" in await bart.labels()
    assert "Wat doe je graag?" in await bart.writes("verder")


@pytest.mark.parametrize(
    ("number", "right"), [("nee", "ja"), ("non merci", "c'est juste"), ("ik heb geen telefoon", "stuur maar door")]
)
async def test_the_end_can_be_said_in_words_too(town: Town, number: str, right: str) -> None:
    bart = await bart_has_read_the_note(town)
    for words in ("tuin", "klaar", "overal", "klaar", "altijd", "klaar"):
        await bart.writes(words)
    assert "Klopt dit?" in await bart.writes(number)
    assert "Dank je, Bart!" in await bart.writes(right)


async def test_only_takes_away_what_was_chosen_before(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    await bart.writes("boodschappen en tuin")
    assert "Gekozen: Tuin." in await bart.writes("alleen tuin")


async def test_the_municipality_is_all_its_neighbourhoods(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    await bart.writes("tuin")
    await bart.writes("klaar")
    assert "Gekozen: Centrum, Kerkhoek, Molenveld." in await bart.writes("heel Lindebeek")


async def test_several_kinds_of_help_may_be_typed_at_once(town: Town) -> None:
    bart = await bart_has_read_the_note(town)
    assert "Gekozen: Boodschappen, Vervoer." in await bart.writes("vervoer en boodschappen")
    assert "Gekozen: Boodschappen, Vervoer, Tuin." in await bart.writes("boodschappen, tuin")
    assert "Gekozen: Boodschappen, Vervoer, Tuin." in await bart.writes("tuin en raketten")
