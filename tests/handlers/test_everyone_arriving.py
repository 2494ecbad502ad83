"""Arriving: `/start`, links, where somebody stands, menus."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Coordinator, EventKind, Invitation
from models.event import Event
from tests.support.raw import raw_message
from tests.support.town import Neighbour, Town


async def test_arriving_shows_one_short_welcome_with_two_large_buttons(town: Town) -> None:
    anna = await town.somebody("Anna")
    text = await anna.starts()
    assert len(await anna.messages()) == 1
    assert "Welkom bij Buren voor mekaar" in text
    assert "112" in text
    assert "OCMW Lindebeek leest mee: /privacy" in text
    assert (await anna.last()).rows == [["Ik zoek hulp"], ["Ik wil helpen"]]


async def test_who_begins_with_a_command_is_welcomed_all_the_same_and_once(town: Town) -> None:
    anna = await town.somebody("Anna")
    await anna.writes("/hulp")
    await town.jump(seconds=5)
    assert "Welkom bij Buren voor mekaar" in await anna.starts()
    assert "Welkom" not in await anna.starts()


async def test_arriving_by_a_link_sets_the_neighbourhood_once(town: Town) -> None:
    anna = await town.somebody("Anna")
    assert "In Kerkhoek helpen buren elkaar" in await anna.starts("kerkhoek")
    await anna.starts("molenveld")
    with town.session() as session:
        assert town.person(session, anna).area is town.area(session, "Kerkhoek")


async def test_arriving_by_a_link_that_names_nothing_is_a_plain_welcome(town: Town) -> None:
    for payload in ("atlantis", "lindebeek", "c", "-"):
        somebody = await town.somebody("Anna")
        assert "Hier helpen buren elkaar" in await somebody.starts(payload)
        with town.session() as session:
            assert town.person(session, somebody).area is None


@pytest.mark.both
@pytest.mark.parametrize("payload", ["\0", "molen\0veld", "\x07", "x" * 4000], ids=range(4))
async def test_arriving_by_a_link_with_what_no_database_keeps_is_a_plain_start(town: Town, payload: str) -> None:
    anna = await town.somebody("Anna")
    await anna.starts()
    words = {"text": f"/start {payload}", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    assert await raw_message(town, anna, words) == await anna.starts()


async def test_arriving_again_shows_where_somebody_stands(town: Town) -> None:
    anna = await town.resident("Anna")
    assert "Je hebt nu geen open vragen." in await anna.starts()
    await anna.writes("Kan iemand brood meebrengen van de bakker?")
    text = await anna.starts()
    assert "Je begon aan een vraag. Ze is nog niet verstuurd." in text
    assert "Ik begrijp: Boodschappen." in await anna.taps("Ga verder")


async def test_arriving_again_as_an_applicant_and_as_a_volunteer(town: Town) -> None:
    wim = await town.volunteer("Wim")
    assert "Je bent vrijwilliger. Je hebt nu geen taken." in await wim.starts()
    assert "Ik wil helpen" not in await wim.labels()


async def test_arriving_with_a_sticker_is_a_welcome_too(town: Town) -> None:
    anna = await town.somebody("Anna")
    assert "Welkom bij Buren voor mekaar" in await anna.does(anna.actor.sends_sticker())
    assert "112" in await anna.last_text()


async def test_arriving_of_who_writes_first_begins_with_the_welcome(town: Town) -> None:
    anna = await town.somebody("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    first, second = await anna.messages()
    assert "112" in first.text
    assert first.labels == []
    assert "Ik begrijp: Tuin." in second.text


async def test_arriving_is_counted_once(town: Town) -> None:
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.starts()
    await anna.writes("Dag!")
    with town.session() as session:
        assert len(session.scalars(select(Event).where(Event.kind == EventKind.JOINED)).all()) == 1


async def invite(town: Town, secret: str, **valid: float) -> None:
    with town.session() as session, session.begin():
        until = town.clock.now() + timedelta(**(valid or {"hours": 24}))
        session.add(Invitation(secret=secret, area=town.area(session, "Lindebeek"), expires_at=until))


async def coordinates(town: Town, who: Neighbour) -> bool:
    with town.session() as session:
        person = town.person(session, who)
        return session.scalars(select(Coordinator).where(Coordinator.person_id == person.id)).first() is not None


async def test_an_invitation_makes_one_person_a_coordinator(town: Town) -> None:
    await invite(town, "geheim")
    carla, dirk = await town.somebody("Carla"), await town.somebody("Dirk")
    assert "Je bent nu coördinator van Lindebeek." in await carla.starts("c-geheim")
    assert "Bekijk vragen" in await carla.labels()
    assert "Deze uitnodiging werkt niet meer." in await dirk.starts("c-geheim")
    assert await coordinates(town, carla)
    assert not await coordinates(town, dirk)
    assert "Je bent coördinator van Lindebeek." in await carla.starts("c-geheim")
    with town.session() as session:
        became = session.scalars(select(Event).where(Event.kind == EventKind.BECAME_COORDINATOR)).all()
        assert [event.by for event in became] == [town.person(session, carla)]


async def test_an_invitation_gives_the_commands_of_a_coordinator(new_town: Town) -> None:
    await invite(new_town, "geheim")
    carla = await new_town.somebody("Carla")
    await carla.starts("c-geheim")
    menu = [each["command"] for each in (await carla.actor.view())["commands"]]
    assert {"open", "vrijwilligers", "vraag"} <= set(menu)
    dirk = await new_town.resident("Dirk")
    assert "open" not in [each["command"] for each in (await dirk.actor.view())["commands"]]


async def test_an_old_or_invented_invitation_makes_nobody_a_coordinator(town: Town) -> None:
    await invite(town, "geheim", hours=24)
    carla = await town.somebody("Carla")
    assert "Deze uitnodiging werkt niet meer." in await carla.starts("c-verzonnen")
    await town.jump(hours=24)
    assert "Deze uitnodiging werkt niet meer." in await carla.starts("c-geheim")
    assert not await coordinates(town, carla)


async def test_the_menu_begins_with_what_people_come_for(new_town: Town) -> None:
    anna = await new_town.resident("Anna")
    menu = [each["command"] for each in (await anna.actor.view())["commands"]]
    assert menu[0] == "vraag"
    assert set(menu[-6:]) == {"start", "hulp", "mijngegevens", "privacy", "stop", "taal"}


async def test_the_menu_of_everybody_has_no_commands_of_coordinators(town: Town) -> None:
    anna = await town.resident("Anna")
    text = await anna.writes("/help")
    assert "/vraag" in text
    assert "/open" not in text
    carla = await town.coordinator("Carla")
    assert "/open" in await carla.writes("/hulp")


async def test_the_welcome_stays_readable_when_its_buttons_are_tapped(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.taps("Ik zoek hulp")
    welcome, question = await anna.messages()
    assert "112" in welcome.text
    assert "/privacy" in welcome.text
    assert not welcome.labels
    assert "Waarvoor zoek je hulp?" in question.text
    await anna.taps("Apotheek 💊")
    assert len(await anna.messages()) == 2  # from then on the question changes in its place
