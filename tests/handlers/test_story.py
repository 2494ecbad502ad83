"""The story: the loop, alive: ask → help → remind → done, as three people live it."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.support.asking import code_in
from tests.support.telling import wall
from tests.support.town import Neighbour, Town, open_town

pytestmark = pytest.mark.both

Between = Callable[[], Awaitable[None]]


async def nothing_happens() -> None:
    """Between two steps."""


async def live_it(town: Town, between: Between = nothing_happens) -> dict[str, list[str]]:
    """From /start to done; returns what everybody reads in the end, with the code and the code word left out."""
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mieke = await town.volunteer("Jef"), await town.volunteer("Mieke")

    assert "Waarvoor zoek je hulp?" in await taps(rosa, "Ik zoek hulp")
    await between()
    await rosa.taps("Boodschappen 🛒")
    await between()
    await rosa.writes("Brood en melk halen bij de bakker")
    await rosa.taps("Morgen")
    await between()
    await rosa.taps("Namiddag 14–18")
    await rosa.taps("Mijn thuis")
    await between()
    code = code_in(await rosa.taps("De eerste is goed"))
    await between()
    assert "je vraag is verstuurd" in await rosa.last_text()
    for volunteer in (jef, mieke):
        assert "dinsdag 24 november, in de namiddag" in await volunteer.last_text()
        for secret in ("Rosa", "Dorpsstraat", "Brood en melk"):
            assert secret not in await volunteer.reads()

    await jef.taps("Ik help")
    await between()
    card = await jef.last_text()
    word = card.split("Codewoord: ")[1].split("\n")[0]
    for fact in ("Voor: Rosa", "Brood en melk halen bij de bakker", "Dorpsstraat 12 (Centrum)", "Familie Rosa"):
        assert fact in card
    assert "Jef komt je helpen." in await rosa.last_text()
    assert word in await rosa.last_text()
    assert "Er is al iemand gevonden" in await mieke.last_text()
    assert "Je staat op de reservelijst" in await mieke.taps("Zet mij op de reservelijst")
    await between()

    await jef.taps("Stel een uur voor")
    await between()
    await jef.taps("15 uur")
    await between()
    assert "Jef kan komen op dinsdag 24 november om 15 uur. Past dat voor jou?" in await rosa.last_text()
    await rosa.taps("Dat past")
    await between()
    assert "Dat uur past voor Rosa." in await jef.last_text()

    await town.jump(wall("2026-11-23 18:00"))
    await between()
    assert "Jef komt morgen om 15 uur." in await rosa.last_text()
    assert "Je helpt Rosa morgen om 15 uur." in await jef.last_text()
    await town.jump(wall("2026-11-24 13:00"))
    await between()
    assert "Jef komt vandaag om 15 uur." in await rosa.last_text()
    assert "Je helpt Rosa vandaag om 15 uur." in await jef.last_text()

    await town.jump(wall("2026-11-24 16:30"))
    await between()
    assert "Is het gelukt met Jef?" in await rosa.last_text()
    assert "Is het gelukt met Rosa?" in await jef.last_text()
    assert "Ik wacht nog op het antwoord van Jef." in await rosa.taps("Ja, gelukt")
    await between()
    assert "Dank je wel voor je hulp!" in await jef.taps("Ja, gelukt")
    await between()
    assert "Het is gelukt. Fijn!" in await rosa.last_text()
    assert "Deze vraag is afgelopen." in await mieke.last_text()
    await town.jump(wall("2026-11-28 12:00"))
    await between()
    assert "heeft je aandacht nodig" not in await an.reads()

    assert "Dorpsstraat" not in await jef.reads()
    assert "Familie Rosa" not in await jef.reads()
    assert await mieke.labels() == []
    return {
        who.name: [re.sub(f"{code}|(?<=: ){word}|(?<=“){word}", "…", message.text) for message in await who.messages()]
        for who in (an, rosa, jef, mieke)
    }


async def taps(who: Neighbour, label: str) -> str:
    """Begin with Start, as everybody does."""
    await who.starts()
    return await who.taps(label)


async def test_a_resident_is_helped_from_asking_to_done(town: Town) -> None:
    read = await live_it(town)
    assert len(read["An"]) == 1, "a coordinator hears nothing of what goes well"
    for name, messages in read.items():
        doubled = [text for text in messages if messages.count(text) > 1]
        assert not doubled, f"{name} reads the same twice"


async def test_started_again_at_every_step_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    """What everybody reads is what they would have read without."""
    read: list[dict[str, list[str]]] = []
    for folder in (tmp_path / "undisturbed", tmp_path / "restarted"):
        folder.mkdir()
        async with open_town(folder) as town:
            read.append(await live_it(town, town.restart if read else nothing_happens))
    assert read[0] == read[1]
