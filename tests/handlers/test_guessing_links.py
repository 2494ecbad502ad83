"""Guessing links that work once leads nowhere, is soon not even looked up, and is reported."""

import pytest
from sqlalchemy import event, func, select

from models import Coordinator, Event, EventKind, Invitation, Relink
from models.person import Person
from models.wrong_link import MOST, REPORTED, WITHIN
from tests.support.town import Neighbour, Town

REPORT = "Iemand opende meerdere links die niet werken."
WORTHLESS = {
    "c-": "Deze uitnodiging werkt niet meer. Vraag een nieuwe link.",
    "n-": "Deze link werkt niet meer. Vraag een nieuwe link.",
}


def wrong(kind: str, n: int) -> str:
    """A link that looks like one of ours."""
    return f"c-geraden{n}" if kind == "c-" else f"n-abcd-efgh-jkmn-{'abcdefghjk'[n] * 4}"


def right(town: Town, kind: str, who: str) -> str:
    """One that would work, once."""
    with town.session() as session, session.begin():
        expires = town.clock.now() + 2 * REPORTED
        if kind == "c-":
            session.add(Invitation(secret="waar", area=town.area(session, "Lindebeek"), expires_at=expires))
            return "c-waar"
        lost = next(each for each in session.scalars(select(Person)) if each.first_name == who)
        session.add(Relink(secret="n-2222-3333-4444-5555", person=lost, expires_at=expires))
        return "n-2222-3333-4444-5555"


async def guess(town: Town, who: Neighbour, kind: str, count: int = MOST) -> None:
    for n in range(count):
        assert WORTHLESS[kind] in await who.starts(wrong(kind, n))


@pytest.mark.parametrize("kind", WORTHLESS)
async def test_who_guessed_too_often_is_not_let_in_even_by_the_right_link_for_an_hour(town: Town, kind: str) -> None:
    await town.resident("Lost")
    mal = await town.somebody("Mal")
    await guess(town, mal, kind)
    link = right(town, kind, "Lost")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(town.app.turns.engine, "before_cursor_execute", note)
    assert WORTHLESS[kind] in await mal.starts(link)
    event.remove(town.app.turns.engine, "before_cursor_execute", note)
    assert not [each for each in asked if "FROM invitation" in each or "FROM relink" in each], "not even looked up"
    await town.jump(seconds=WITHIN.total_seconds() + 1)
    assert WORTHLESS[kind] not in await mal.starts(link)


async def test_it_is_reported_once_a_day_to_the_coordinators_at_the_top_without_a_name(town: Town) -> None:
    cor, far = await town.coordinator("Cor"), await town.coordinator("Far", "Molenveld")
    mal = await town.somebody("Malvolio")
    await guess(town, mal, "c-", MOST - 1)
    assert REPORT not in await cor.reads()
    await guess(town, mal, "c-")
    await town.jump(hours=2)
    await guess(town, mal, "c-")
    assert (await cor.reads()).count(REPORT) == 1
    assert REPORT not in await far.reads()
    assert "Malvolio" not in await cor.reads()
    assert "geraden" not in await cor.reads()
    await town.jump(seconds=REPORTED.total_seconds())
    await guess(town, mal, "c-")
    assert (await cor.reads()).count(REPORT) == 2


async def test_who_taps_the_same_old_link_again_and_again_guesses_nothing(town: Town) -> None:
    cor, an = await town.coordinator("Cor"), await town.somebody("An")
    for _ in range(2 * MOST):
        await an.starts("c-oud")
    assert REPORT not in await cor.reads()
    await an.starts(right(town, "c-", ""))
    with town.session() as session:
        assert session.scalars(select(Coordinator.person_id)).all()[-1] == town.person(session, an).id


async def test_a_poster_is_no_guess(town: Town) -> None:
    an = await town.somebody("An")
    for n in range(2 * MOST):
        await an.starts(f"wijk-{n}")
    with town.session() as session:
        tried = select(func.count()).where(Event.kind == EventKind.TRIED_LINK)
        assert session.scalar(tried) == 0


async def test_the_report_is_read_in_another_language_by_who_coordinates_still(town: Town) -> None:
    cor, mal = await town.coordinator("Cor"), await town.somebody("Mal")
    await guess(town, mal, "n-")
    other = next(label for label in (await cor.last()).labels if " · " in label)
    await cor.taps(other)
    assert "Quelqu’un a ouvert" in await cor.taps("Français") or "Quelqu'un a ouvert" in await cor.last_text()


async def test_who_goes_on_guessing_is_reported_again_each_day(town: Town) -> None:
    cor, mal = await town.coordinator("Cor"), await town.somebody("Mal")
    for hours in range(0, 52, 4):  # at no moment was nobody guessing for a day
        await guess(town, mal, "c-")
        assert (await cor.reads()).count(REPORT) == 1 + hours // 24
        await town.jump(hours=4)
