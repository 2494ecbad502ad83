"""A kind no, that is true: for every reason."""

from handlers.everyone.refusals import SENTENCES
from models import Reason
from tests.handlers.test_coordinator_story import ask
from tests.support.town import Town


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


async def test_a_late_tap_shows_the_card_that_fits(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    question = await rosa.last()
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Sluit af")
    await an.taps("Het is gelukt")
    text = await rosa.forges(next(b["callback_data"] for b in question.buttons if "cancel" in b["callback_data"]))
    assert code in text
    assert "Stop vraag" not in await rosa.labels()
