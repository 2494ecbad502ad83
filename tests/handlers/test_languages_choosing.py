""" "Languages": `/taal` changes the language of a dialogue, and nothing is remembered unless that is set."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.town import Neighbour, Town, open_town

OWN_NAMES = ["Nederlands", "Français", "Deutsch", "English"]


@pytest.fixture
async def remembering(tmp_path: Path) -> AsyncIterator[Town]:
    """A town where languages are remembered."""
    async with open_town(tmp_path, language_memory="remember") as town:
        yield town


def remembered(town: Town, who: Neighbour) -> str | None:
    with town.session() as session:
        return town.person(session, who).language


@pytest.mark.parametrize("command", ["/taal", "/langue", "/language", "/sprache"])
async def test_every_language_is_offered_under_its_own_name(town: Town, command: str) -> None:
    anna = await town.resident("Anna")
    assert await anna.writes(command) == "In welke taal zal ik je schrijven?"
    assert await anna.labels() == OWN_NAMES


async def test_a_language_that_is_tapped_holds_for_the_dialogue_and_ends_with_it(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.writes("/taal")
    assert "Pour quoi cherchez-vous de l'aide" in await anna.taps("Français")
    assert "Courses 🛒" in await anna.labels()
    await anna.taps("Courses 🛒")
    assert "Quel jour voulez-vous de l'aide" in await anna.writes("Du lait et du pain")
    await anna.taps("Peu importe")
    await anna.taps("Chez moi")
    assert "Merci, votre demande est envoyée." in await anna.taps("Le premier va bien")
    assert remembered(town, anna) is None
    assert "Dag Anna, hier sta je nu." in await anna.writes("/start")


async def test_a_language_that_is_tapped_survives_a_restart_and_goes_when_the_dialogue_is_stopped(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.writes("/taal")
    await anna.taps("Deutsch")
    await town.restart()
    assert "Was brauchen Sie genau?" in await anna.taps("Einkauf 🛒")
    assert "Abgebrochen. Nichts wurde gesendet." in await anna.writes("/stop")
    assert remembered(town, anna) is None
    assert "Waarvoor zoek je hulp?" in await anna.writes("/vraag")


async def test_a_language_that_is_tapped_goes_when_the_dialogue_expires(town: Town) -> None:
    anna, bert = await town.resident("Anna"), await town.resident("Bert")
    for who in (anna, bert):
        await who.writes("/vraag")
        await who.writes("/taal")
        await who.taps("Français")
        assert remembered(town, who) == "fr"
    await town.jump(days=3, minutes=1)
    assert remembered(town, anna) is None
    assert remembered(town, bert) is None


async def test_a_language_goes_as_well_when_somebody_writes_before_the_expired_dialogue_is_cleared_away(
    town: Town,
) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.writes("/taal")
    await anna.taps("Français")
    await town.clock.set(town.clock.now() + timedelta(days=3, minutes=1))
    with town.session() as session:
        assert town.person(session, anna).language == "fr"
    await anna.writes("/help")
    assert remembered(town, anna) is None
    assert "Dit kan je doen" in await anna.writes("/help")


async def test_outside_of_a_dialogue_the_screen_is_shown_once_and_nothing_is_stored(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/taal")
    text = await anna.taps("Français")
    assert "J'écris maintenant dans cette langue." in text
    assert "réglages de Telegram" in text
    assert "Bonjour Anna." in text
    assert remembered(town, anna) is None
    assert "Dag Anna." in await anna.writes("/start")


async def test_the_language_of_the_app_is_not_kept(town: Town) -> None:
    marie = await town.resident("Marie", language="fr")
    assert "Bonjour Marie." in await marie.writes("/start")
    assert remembered(town, marie) is None
    await marie.actor.speaks("de")
    assert "Guten Tag Marie." in await marie.writes("/start")


async def test_where_languages_are_remembered_the_one_of_the_app_is_until_another_is_tapped(remembering: Town) -> None:
    marie = await remembering.resident("Marie", language="fr")
    assert remembered(remembering, marie) == "fr"
    await marie.writes("/langue")
    assert "Guten Tag Marie." in await marie.taps("Deutsch")
    assert remembered(remembering, marie) == "de"
    assert "Guten Tag Marie." in await marie.writes("/start")


async def test_where_languages_are_remembered_the_bot_begins_in_them(remembering: Town) -> None:
    marie, wim = await remembering.resident("Marie", language="fr"), await remembering.volunteer("Wim")
    await marie.writes("/demande")
    await marie.taps("Courses 🛒")
    await marie.writes("Du pain")
    await marie.taps("Peu importe")
    await marie.taps("Chez moi")
    await marie.taps("Le premier va bien")
    await wim.taps("Ik help")
    assert "Wim vient vous aider." in await marie.last_text()


async def test_a_forged_language_is_refused_kindly(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/taal")
    assert "Dat vind ik niet meer terug." in await anna.forges("1:language:xx")
    assert remembered(town, anna) is None


@pytest.mark.parametrize(
    ("language", "command", "name"), [("fr", "/vieprivee", "CPAS Lindebeek"), ("de", "/datenschutz", "ÖSHZ Lindebeek")]
)
async def test_the_organisation_is_called_as_in_that_language(
    tmp_path: Path, language: str, command: str, name: str
) -> None:
    async with open_town(tmp_path, organisation_fr="CPAS Lindebeek", organisation_de="ÖSHZ Lindebeek") as town:
        anna = await town.somebody("Anna", language)
        assert f"({name})" in await anna.starts()
        assert f"({name})" in await anna.writes(command)
        await anna.forges("1:privacy_more")
        assert f"({name})" in await anna.last_text()
        assert "OCMW" not in await anna.reads()
