"""What people read is true, whoever they are and whatever happened before."""

from models import Coordinator
from tests.handlers.test_coordinator_story import ask
from tests.handlers.test_volunteer_joining import applies
from tests.support.telling import alone, asks_at
from tests.support.town import Neighbour, Town

HELPS, HAD = "Jef helpt.", "Jef had deze taak."


async def in_english(who: Neighbour) -> str:
    """The newest message once more, in English."""
    await who.taps((await who.last()).labels[-1])
    return await who.taps("English")


async def test_where_nobody_came_no_sentence_says_that_somebody_helps(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=33)
    await rosa.taps("Niemand kwam")
    for shown in (await an.taps("Bekijk de vraag"), await an.writes("/open")):
        assert "Er is gemeld dat er niemand kwam." in shown
        assert HAD in shown
        assert HELPS not in shown


async def test_who_waits_for_a_yes_is_not_called_nobody(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", know=True, hour="Namiddag 14–18")
    await jef.taps("Ik help")
    await town.jump(hours=30)
    assert "Rosa zegt niet of Jef mag komen. Kan je Rosa schrijven?" in await an.reads()
    shown = await an.writes("/open")
    assert "Jef wil helpen. Rosa moet nog goed zeggen." in shown
    assert "nog niemand gevonden" not in shown


async def test_the_coordinator_reads_who_of_the_two_is_gone(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    assert "Jef is niet meer bereikbaar via Telegram." in await an.taps("Bekijk de vraag")


async def test_the_history_says_who_offered_and_nobody_chose_themselves(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa, know=True)
    await jef.taps("Ik help")
    await an.writes("/open")
    shown = await an.taps(f"Bekijk {code}")
    assert "Jef wil helpen" in shown.splitlines()[-1]
    assert "Jef koos Jef" not in shown


async def test_a_coordinator_who_helps_takes_the_task(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    with town.session() as session, session.begin():
        session.add(
            Coordinator(person=town.person(session, jef), area=town.area(session, "Lindebeek"), since=town.clock.now())
        )
    code = await ask(rosa)
    await jef.writes("/open")
    await jef.taps(f"Bekijk {code}")
    await jef.taps("Kies iemand")
    await jef.taps("Jef (past)")
    assert "Jef neemt de taak" in await jef.taps("Ja, kies Jef")


async def test_how_many_were_asked_does_not_read_as_how_many_are_wanted(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, _ = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await ask(rosa)
    await jef.taps("Deze keer niet")
    await an.writes("/open")
    assert "Vrijwilligers: 2 kregen de vraag, 1 zei nee" in await an.taps(f"Bekijk {code}")


async def test_asked_once_more_a_volunteer_reads_why(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    first = await jef.last_text()
    came = await alone(town, jef, "2026-11-24 13:00")
    assert [text for text in came if text == first] == []
    assert "Nog niemand kon komen. Daarom vraag ik het je nog eens." in came[-1]
    assert "Nobody could come yet. That is why I ask you once more." in await in_english(jef)


async def test_given_back_the_others_read_that_it_is_free_again(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.jump(minutes=5)
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert "Deze taak is weer vrij." in await mia.last_text()
    assert "This task is free again." in await in_english(mia)


async def test_who_wants_to_know_first_reads_that_they_choose(town: Town) -> None:
    rosa, _ = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa, know=True)
    assert "Je kiest zelf wie er komt." in await rosa.last_text()
    await ask(rosa)
    assert "Je kiest zelf" not in await rosa.last_text()


async def test_as_long_as_the_resident_decides_the_others_read_just_that(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await ask(rosa, know=True)
    await jef.taps("Ik help")
    assert "Iemand anders wil al helpen. De bewoner beslist nog." in await mia.last_text()
    assert "Zet mij op de reservelijst" in await mia.labels()
    await rosa.taps("Goed")
    assert "Er is al iemand gevonden" in await mia.last_text()


async def test_who_never_answered_an_offer_does_not_read_that_nobody_was_found(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "25/11", know=True, hour="14u")
    await jef.taps("Ik help")
    await town.jump(days=3)
    assert "Iemand wou je helpen, maar ik kreeg niet op tijd je antwoord." in await rosa.last_text()
    assert "Nog eens vragen" in await rosa.labels()
    assert "We vonden" not in await rosa.reads()
    assert "Geen antwoord" in await rosa.writes("/mijnvragen")
    assert "Rosa liet niet op tijd weten of iemand mag komen." in await an.last_text()
    assert "en Jef kreeg geen antwoord" in await an.taps("Bekijk de vraag")
    assert f"{code}: Boodschappen" in await an.last_text()


async def test_a_new_volunteer_sees_what_was_asked_further_away_already(town: Town) -> None:
    carla, rosa = await town.coordinator("Carla"), await town.resident("Rosa", "Molenveld")
    await ask(rosa)  # nobody there: asked in the whole municipality, and nobody there either
    bart = await town.resident("Bart")
    await applies(bart)  # for groceries in the centre only
    await carla.taps("Goedkeuren")
    assert "Iemand in de buurt vraagt hulp" in await bart.last_text()
    assert "Wijk: Molenveld" in await bart.last_text()


async def test_a_new_volunteer_is_not_asked_far_away_while_it_is_looked_for_nearby(town: Town) -> None:
    carla, rosa = await town.coordinator("Carla"), await town.resident("Rosa", "Molenveld")
    await town.volunteer("Jef", ["Molenveld"])
    await ask(rosa)
    bart = await town.resident("Bart")
    await applies(bart)
    await carla.taps("Goedkeuren")
    assert "Molenveld" not in await bart.last_text()


async def test_who_was_declined_is_told_kindly_and_may_apply_again(town: Town) -> None:
    carla, bart = await town.coordinator("Carla"), await town.resident("Bart")
    await applies(bart)
    await carla.taps("Niet goedkeuren")
    await carla.taps("Ja, niet goedkeuren")
    assert "Fijn dat je wou helpen" in await bart.writes("/vrijwilliger")
    assert "Wat: Boodschappen" in await bart.taps("Meld je opnieuw aan")
    assert "Een coördinator bekijkt het" in await bart.taps("Stuur door")
    assert "Bart wil vrijwilliger worden." in await carla.last_text()
    await carla.taps("Goedkeuren")
    assert "Welkom!" in await bart.last_text()
