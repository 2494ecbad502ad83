"""Helping and Reminding: nobody yet → a wider ring → a coordinator → an honest message → the truth."""

import pytest
from sqlalchemy import select

from models import Area, Coordinator
from tests.support.telling import asks_at, told, wall
from tests.support.town import Town

FREE = "Kan jij helpen?"
HONEST = "We hebben nog niemand gevonden. De coördinator weet het en zoekt mee. Kan iemand anders je helpen?"
NOBODY = "Voor Rosa is nog niemand gevonden."


async def test_a_wider_ring_then_a_coordinator_then_an_honest_message_then_the_truth(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, far = await town.volunteer("Jef"), await town.volunteer("Farah", areas=("Molenveld",))
    await asks_at(rosa, "27/11", "14:00")
    assert await told(jef, "Ik help") == await told(far, "Iemand in de buurt") == []
    assert await told(jef, "Iemand in de buurt vraagt hulp") == ["2026-11-23 10:00"]
    await town.jump(wall("2026-11-27 13:55"))
    near = await told(jef, "Iemand in de buurt vraagt hulp")
    wider = await told(far, "Dichterbij vonden we nog niemand.")
    alerts = await told(an, NOBODY)
    honest = await told(rosa, HONEST)
    assert near == wider, "once more, when it was asked further away; the first card made way"
    assert [len(each) for each in (wider, alerts, honest)] == [1, 1, 1]
    assert "2026-11-23 10:00" < wider[0] < alerts[0] < honest[0] < "2026-11-27 14:00"
    assert alerts[0] <= "2026-11-26 14:00", "at the latest 24 hours before"
    assert await rosa.labels() == ["Kies een ander moment", "Schrijf de coördinator", "Stop deze vraag"]
    await town.jump(hours=1)
    assert "We vonden niet op tijd iemand. Dat spijt ons." in await rosa.last_text()
    assert "Nog eens vragen" in await rosa.labels()
    assert "Voor Rosa is niemand op tijd gevonden." in await an.last_text()
    for volunteer in (jef, far):
        assert "Deze vraag is afgelopen." in await volunteer.last_text()
        assert await volunteer.labels() == []


@pytest.mark.parametrize(
    ("category", "alert", "honest", "truth"),
    [
        ("Apotheek 💊", "2026-11-23 20:30", "2026-11-23 20:31", "2026-11-24 10:00"),
        ("Boodschappen 🛒", "2026-11-24 10:00", "2026-11-24 20:30", "2026-11-25 10:00"),
        ("Tuin 🌿", "2026-11-28 10:00", "2026-12-02 20:30", "2026-12-03 10:00"),
    ],
)
async def test_without_a_day_the_kind_of_help_says_by_when(
    town: Town, category: str, alert: str, honest: str, truth: str
) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Jef")
    await rosa.writes("/vraag")
    await rosa.taps(category)
    await rosa.writes("Iets kleins")
    await rosa.taps("Maakt niet uit")
    await rosa.taps("Mijn thuis")
    await rosa.taps("De eerste is goed")
    before = len(await rosa.messages())
    await town.jump(wall(honest))
    assert await told(an, NOBODY) == [alert]
    assert len(await rosa.messages()) == before + (1 if alert[:13] == honest[:13] else 2), "not twice within the hour"
    await town.jump(days=14)
    assert await told(an, "Voor Rosa is niemand op tijd gevonden.") == [truth]
    assert await told(rosa, HONEST) == [honest]
    assert await told(rosa, "We vonden niet op tijd iemand.") == [truth]


async def test_where_nobody_fits_a_coordinator_hears_it_at_once_and_only_once(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Gerda", categories=["garden"])
    await asks_at(rosa, "27/11", "14:00")
    assert "We vonden nog niemand" not in await rosa.last_text(), "nobody was asked"
    assert "Hiervoor is er nu geen vrijwilliger. Een coördinator zoekt nu mee." in await rosa.last_text()
    assert await told(an, NOBODY) == ["2026-11-23 10:00"]
    await town.jump(wall("2026-11-27 13:55"))
    assert await told(an, NOBODY) == ["2026-11-23 10:00"]


async def test_when_the_last_one_says_no_it_is_asked_further_away_at_once(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, far = await town.volunteer("Jef"), await town.volunteer("Farah", areas=("Molenveld",))
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Deze keer niet")
    assert "Dichterbij vonden we nog niemand." in await far.last_text()
    assert await told(an, NOBODY) == []
    before = await rosa.last()
    await far.taps("Deze keer niet")
    assert await told(an, NOBODY) == ["2026-11-23 10:00"]
    assert "Een coördinator zoekt nu mee." in await rosa.last_text()
    assert (await rosa.last()).id > before.id, "news is a message of its own: nobody sees an edit"


async def test_an_alert_is_taken_back_when_somebody_helps_after_all(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Deze keer niet")
    assert NOBODY in await an.last_text()
    await jef.taps("Ik help toch")
    assert NOBODY not in await an.reads()
    assert "Jef helpt." in await an.last_text()


async def test_an_alert_of_the_night_is_not_sent_when_it_is_settled_before_the_morning(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    before = len(await an.messages())
    await town.jump(hours=12)
    await jef.taps("Deze keer niet")
    await jef.taps("Ik help toch")
    await town.jump(hours=12)
    assert len(await an.messages()) == before


async def test_another_moment_calms_the_coordinator_until_nobody_is_found_for_that_one_either(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    await town.jump(wall("2026-11-27 08:00"))
    assert len(await told(an, NOBODY)) == 1
    await rosa.writes("/mijnvragen")
    for label in ("Iets veranderen", "Wanneer"):
        await rosa.taps(label)
    await rosa.writes("30/11")
    await rosa.writes("14:00")
    assert await told(an, NOBODY) == []
    assert "Er is nog geen vrijwilliger." in await an.last_text()
    before = len(await an.messages())
    await town.jump(wall("2026-11-30 12:00"))
    assert len(await an.messages()) == before + 1
    assert len(await told(an, NOBODY)) == 1


async def test_what_was_said_about_the_moment_before_needs_no_coordinator(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-27 17:00"))
    await rosa.taps("Niemand kwam")
    came = "Er is gemeld dat er niemand kwam."
    assert came in await an.last_text()
    await rosa.forges("1:change:1")
    await rosa.taps("Wanneer")
    await rosa.writes("30/11")
    await rosa.writes("14:00")
    assert came not in await an.last_text()
    assert "Jef helpt." in await an.last_text()


async def test_a_resident_who_does_not_answer_an_offer_is_asked_again_and_a_coordinator_hears_it(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", know=True)
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-27 13:55"))
    assert len(await told(an, "Rosa zegt niet of Jef mag komen.")) == 1
    assert len(await told(rosa, "Jef wil je graag helpen. Is dat goed?")) == 2
    assert await told(rosa, HONEST) == []
    assert "Goed" in await rosa.labels()
    before = len(await jef.messages())
    await town.jump(hours=1)
    assert len(await jef.messages()) == before + 1, "who waited for an answer is told"
    assert "Deze vraag is afgelopen." in await jef.last_text()
    assert "Dorpsstraat" not in await jef.reads()


async def test_without_a_coordinator_nearby_the_one_of_the_whole_area_hears_it(town: Town) -> None:
    local, above = await town.coordinator("Lo", area="Molenveld"), await town.coordinator("An")
    rosa = await town.resident("Rosa")
    await asks_at(rosa, "27/11", "14:00")
    assert NOBODY in await above.last_text()
    assert NOBODY not in await local.reads()


async def test_without_any_coordinator_the_log_of_the_operator_says_so(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    rosa = await town.resident("Rosa")
    await asks_at(rosa, "27/11", "14:00")
    printed = capsys.readouterr()
    assert "a request needs a coordinator, and its area has none" in printed.out + printed.err
    assert "Rosa" not in printed.out + printed.err


async def test_a_coordinator_who_leaves_is_followed_by_the_one_above(town: Town) -> None:
    near, above = await town.coordinator("Lo", area="Centrum"), await town.coordinator("An")
    rosa = await town.resident("Rosa")
    await asks_at(rosa, "27/11", "14:00")
    assert NOBODY in await near.last_text()
    assert NOBODY not in await above.reads()
    with town.session() as session, session.begin():
        here = session.scalars(select(Area).where(Area.name == "Centrum")).one()
        for row in session.scalars(select(Coordinator).where(Coordinator.area_id == here.id)):
            session.delete(row)
    await asks_at(rosa, "28/11", "14:00")
    assert NOBODY in await above.last_text()


@pytest.mark.parametrize("further", [True, False])
async def test_that_others_were_asked_is_written_down_only_where_somebody_was(town: Town, *, further: bool) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Jef")
    mia = await town.volunteer("Mia", areas=("Molenveld",)) if further else None
    await asks_at(rosa, "27/11", "14:00")
    await town.jump(wall("2026-11-26 20:00"))
    assert ("Ook vrijwilligers verderop zijn gevraagd" in await an.forges("1:case_history:1")) == further
    assert mia is None or FREE in await mia.reads()
