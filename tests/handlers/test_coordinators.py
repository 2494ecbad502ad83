"""Who coordinates: inviting, stopping, the last one who cannot go; what they did, and erasing for somebody."""

import re

from sqlalchemy import select

from models import Coordinator, Event, EventKind, Person
from tests.handlers.test_coordinator_story import ask
from tests.support.town import Neighbour, Town


async def opens(who: Neighbour, *labels: str) -> str:
    """`/coordinatoren`, and then these buttons."""
    text = await who.writes("/coordinatoren")
    for label in labels:
        text = await who.taps(label)
    return text


def code_in(text: str) -> str:
    found = re.search(r"\?start=(c-[\w-]+)", text)
    assert found is not None, text
    return found[1]


async def test_a_coordinator_invites_another_one_with_a_link_that_works_once(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    assert "Lindebeek: jij" in await opens(an)
    link = code_in(await opens(an, "Nodig iemand uit", "Lindebeek"))
    mia, eve = await town.somebody("Mia"), await town.somebody("Eve")
    assert "Je bent nu coördinator van Lindebeek." in await mia.starts(link)
    assert "werkt niet meer" in await eve.starts(link)
    assert "An nodigde een nieuwe coördinator uit voor Lindebeek." in await els.reads()
    for other in (an, els):
        assert "Mia is nu coördinator van Lindebeek." in await other.reads()
    assert "Lindebeek: Mia" in await opens(an)


async def test_a_link_is_worth_nothing_once_who_made_it_is_gone(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    link = code_in(await opens(an, "Nodig iemand uit", "Centrum"))
    assert "An ziet dan meteen niets meer" in await opens(els, "Bekijk An", "Laat An stoppen")
    await els.taps("Ja, An stopt")
    mia = await town.somebody("Mia")
    assert "werkt niet meer" in await mia.starts(link)


async def test_who_stops_sees_nothing_of_it_any_more(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    rosa, _ = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await an.writes("/vrijwilligers")
    shown = await an.last()
    await an.writes("/open")
    assert "Dorpsstraat 12" in await an.taps(f"Bekijk {code}")
    assert "An is geen coördinator van Lindebeek meer." in await opens(
        els, "Bekijk An", "Laat An stoppen", "Ja, An stopt"
    )
    assert "Je bent geen coördinator van Lindebeek meer." in await an.reads()
    left = await an.reads()
    for private in ("Dorpsstraat 12", "Rosa", code):
        assert private not in left
    labels = [label for message in await an.messages() for label in message.labels]
    assert not [label for label in labels if "Jef" in label]
    assert "Dorpsstraat 12" not in await an.forges("1:case:1", shown)
    assert "Die opdracht ken ik niet." in await an.writes("/open")
    assert "Els liet An stoppen" not in await els.reads()


async def test_the_last_one_cannot_go(town: Town) -> None:
    an = await town.coordinator("An")
    assert "Niemand anders coördineert Lindebeek. Nodig eerst iemand anders uit." in await opens(
        an, "Bekijk jezelf", "Stop als coördinator"
    )
    with town.session() as session:
        key = session.scalars(select(Coordinator.id)).one()
    assert "Niemand anders coördineert daar." in await an.forges(f"1:uncoordinate_now:{key}")
    els = await town.coordinator("Els", "Centrum")
    assert "Niemand anders coördineert Lindebeek." in await opens(an, "Bekijk jezelf", "Stop als coördinator")
    await opens(els, "Bekijk jezelf", "Stop als coördinator")
    assert "Je bent geen coördinator van Centrum meer." in await els.taps("Ja, ik stop"), "An answers for it too"
    with town.session() as session:
        assert [each.person.first_name for each in session.scalars(select(Coordinator))] == ["An"]


async def test_another_areas_coordinators_are_not_there(town: Town) -> None:
    an, els = await town.coordinator("An", "Centrum"), await town.coordinator("Els", "Kerkhoek")
    await town.coordinator("Bo")
    with town.session() as session:
        keys = list(session.scalars(select(Coordinator.id).where(Coordinator.person_id != town.person(session, an).id)))
    assert "Els" not in await opens(an)
    for key in keys:
        for name in ("coordinator", "uncoordinate", "uncoordinate_now", "forget_pin"):
            assert "Dat vind ik niet meer terug." in await an.forges(f"1:{name}:{key}")
    assert "start=c-" not in await an.forges("1:invite_now:1"), "the municipality is above them"
    with town.session() as session:
        assert len(session.scalars(select(Coordinator)).all()) == 3
    assert els.name == "Els"


async def test_the_log_says_who_did_what_and_nothing_of_what_was_written(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els", "Kerkhoek")
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    assert "Hier is nog niets opgeschreven." in await an.writes("/logboek")
    code = await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Zoek verder")
    await an.taps("Ja, zoek iemand anders")
    await an.forges("1:pause_volunteer:1")
    shown = await an.writes("/logboek")
    lines = [line for line in shown.splitlines() if " – " in line]
    assert [line.split(" – ")[1] for line in lines] == ["An gaf Jef pauze.", f"{code}: An zoekt iemand anders dan Jef"]
    assert "Melk" not in shown
    assert "Hier is nog niets opgeschreven." in await els.writes("/logboek")
    for name, title in (("journal", "Journal"), ("log", "Log"), ("protokoll", "Protokoll")):
        assert f"/{name}" != title
        assert "An" in await an.writes(f"/{name}")


async def test_the_log_is_read_page_by_page_and_of_one_colleague(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    await town.volunteer("Jef")
    for _ in range(6):
        await an.forges("1:pause_volunteer:1")
        await els.forges("1:resume_volunteer:1")
    first = await an.writes("/logboek")
    assert first.count(" – ") == 10
    assert (await an.taps("Oudere")).count(" – ") == 2
    await an.taps("Nieuwere")
    await an.taps("Kies wat je ziet")
    only = await an.taps("Wat Els deed")
    assert only.count("Els stopte de pauze van Jef.") == 6
    assert "An gaf" not in only


async def test_a_coordinator_erases_who_asks_for_it_on_the_phone(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    jef = await town.volunteer("Jef")
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Jef")
    assert "Vroeg Jef dat zelf?" in await an.taps("Wis Jef")
    assert "Alles over deze persoon is gewist." in await an.taps("Ja, wis Jef")
    assert "Alles over jou is gewist." in await jef.last_text()
    await jef.taps("Français · Deutsch · English")
    assert "Tout ce qui vous concerne est effacé." in await jef.taps("Français")
    assert "An wiste alle gegevens van iemand." in await els.reads()
    assert "Jef" not in await els.reads()
    assert "An wiste alle gegevens van iemand." in await els.writes("/logboek")
    with town.session() as session:
        erased = session.scalars(select(Event).where(Event.kind == EventKind.ERASED)).one()
        assert erased.via is town.person(session, an)
        assert "Jef" not in session.scalars(select(Person.first_name)).all()
    assert "Dat vind ik niet meer terug." in await an.forges("1:erase_other_now:v:1")


async def test_nobody_erases_a_coordinator_or_somebody_elsewhere(town: Town) -> None:
    an, bo = await town.coordinator("An", "Kerkhoek"), await town.coordinator("Bo")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia", ("Kerkhoek",))
    with town.session() as session, session.begin():
        session.add(
            Coordinator(person=town.person(session, mia), area=town.area(session, "Kerkhoek"), since=town.clock.now())
        )
    for who in (an, bo, jef):
        for data in ("1:erase_other_now:v:1", "1:erase_other_now:v:2", "1:erase_other_now:x:1"):
            if (who, data) != (bo, "1:erase_other_now:v:1"):
                assert "gewist" not in await who.forges(data)
    with town.session() as session:
        assert not session.scalars(select(Event).where(Event.kind == EventKind.ERASED)).all()
