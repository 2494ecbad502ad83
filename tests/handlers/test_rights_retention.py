"""Retention by the clock: accounts that nobody has used for a year are not kept, and asked about before."""

from datetime import timedelta

from sqlalchemy import select

from models import Event, EventKind, Person
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


def away(town: Town, who: Neighbour, days: int) -> None:
    """They wrote so long ago."""
    with town.session() as session, session.begin():
        town.person(session, who).seen_at = town.clock.now() - timedelta(days=days)


def names(town: Town) -> list[str]:
    """Who is known."""
    with town.session() as session:
        return list(session.scalars(select(Person.first_name).order_by(Person.id)))


async def test_who_is_away_for_long_is_asked_once_and_erased_a_month_later(town: Town) -> None:
    rosa, lea = await town.resident("Rosa"), await town.resident("Lea")
    away(town, rosa, 336)
    away(town, lea, 330)
    await town.jump(days=2)
    assert "Wil je blijven?" in await rosa.last_text()
    assert await rosa.labels() == ["Ja, ik blijf", "Wis alles"]
    assert "blijven" not in await lea.reads()
    asked = len(await rosa.messages())
    await town.jump(days=25)
    assert len(await rosa.messages()) == asked
    assert names(town) == ["Rosa", "Lea"]
    await town.jump(days=6)
    assert "Alles over jou is gewist." in await rosa.last_text()
    assert names(town) == ["", "Lea"]
    with town.session() as session:
        erased = session.scalars(select(Event).where(Event.kind == EventKind.ERASED)).one()
        assert erased.by is None


async def test_who_says_that_they_stay_stays_for_another_year(town: Town) -> None:
    jef = await town.volunteer("Jef")
    away(town, jef, 336)
    await town.jump(days=2)
    assert "Fijn dat je blijft!" in await jef.taps("Ja, ik blijf")
    await town.jump(days=40)
    assert names(town) == ["Jef"]
    assert "gewist" not in await jef.reads()


async def test_any_word_is_an_answer_too_and_a_year_later_they_are_asked_again(town: Town) -> None:
    rosa = await town.resident("Rosa")
    away(town, rosa, 336)
    await town.jump(days=2)
    await rosa.writes("Dag")
    away(town, rosa, 336)
    with town.session() as session, session.begin():
        town.person(session, rosa).asked_to_stay_at = town.clock.now() - timedelta(days=360)
    before = len(await rosa.messages())
    await town.jump(days=2)
    assert "Wil je blijven?" in await rosa.last_text()
    assert len(await rosa.messages()) == before + 1


async def test_who_has_something_open_or_coordinates_is_not_asked(town: Town) -> None:
    rosa, jef, an = await town.resident("Rosa"), await town.volunteer("Jef"), await town.coordinator("An")
    await asks(rosa, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    for who in (rosa, jef, an):
        away(town, who, 400)
    await town.jump(days=2)
    for who in (rosa, jef, an):
        assert "Wil je blijven?" not in await who.reads()


async def test_who_blocked_the_bot_is_not_kept_either(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.does(rosa.actor.blocks())
    away(town, rosa, 400)
    await town.jump(days=33)
    assert names(town) == [""]
