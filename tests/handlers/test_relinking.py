"""A lost phone: a link moves a person to another account, once; the old one loses everything at once."""

import re

import pytest
from sqlalchemy import select

from models import Coordinator, Event, EventKind, Person, Relink, Request, Volunteer, VolunteerState
from models.letter import Letter
from tests.handlers.test_coordinator_story import ask
from tests.support.telling import asks_at, wall
from tests.support.town import Neighbour, Town


def code_in(text: str) -> str:
    found = re.search(r"\?start=(n-[a-z0-9-]+)", text)
    assert found is not None, text
    return found[1]


async def link_for(an: Neighbour, code: str) -> str:
    """The coordinator makes one on the card of a question."""
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    assert "Heeft Rosa een ander toestel" in await an.taps("Koppel nieuw toestel")
    return code_in(await an.taps("Ja, maak de link"))


async def test_a_resident_with_a_new_account_goes_on_where_they_were(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    link = await link_for(an, code)
    new = await town.somebody("Rosa")
    shown = await new.starts(link)
    assert "Welkom terug. Je schrijft nu met dit account." in shown
    assert "Je hebt 1 open vraag." in shown
    assert code in await new.taps("Bekijk mijn vragen")
    assert "Rosa schrijft nu met een ander account." in await an.reads()
    await jef.taps("Stuur een bericht")
    await jef.writes("Ik ben er om twee uur")
    assert "Ik ben er om twee uur" in await new.reads()
    assert "Ik ben er om twee uur" not in await rosa.reads()


async def test_the_old_account_sees_nothing_any_more_and_is_told(town: Town) -> None:
    an, rosa, mia = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Mia")
    await ask(rosa)
    await mia.taps("Ik help")
    assert "Dorpsstraat 12" in await mia.reads()
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Mia")
    await an.taps("Koppel nieuw toestel")
    link = code_in(await an.taps("Ja, maak de link"))
    assert "Mia" in await an.taps("Naar de vrijwilliger")
    new = await town.somebody("Mia")
    await new.starts(link)
    assert "Dorpsstraat 12" not in await mia.reads()
    told = await mia.last_text()
    assert "Je gesprek gaat verder in een ander Telegram-account." in told
    assert "016 12 34 56" in told
    await mia.writes("/taken")
    assert "Je hebt 1 taak" not in await mia.last_text()
    await new.writes("/taken")
    assert "Je hebt 1 taak" in await new.last_text()


async def test_a_link_works_once_and_a_day_and_only_the_newest(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    older = await link_for(an, code)
    link = await link_for(an, code)
    eve = await town.somebody("Eve")
    assert "Deze link werkt niet meer." in await eve.starts(older)
    assert "Dit account is al van jou." in await rosa.starts(link)
    new = await town.somebody("Rosa")
    assert "Welkom terug" in await new.starts(link)
    assert "Deze link werkt niet meer." in await eve.starts(link)
    link = await link_for(an, code)
    await town.jump(hours=24)
    assert "Deze link werkt niet meer." in await eve.starts(link)


async def test_an_account_with_questions_or_a_role_of_its_own_is_not_given_up(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    link = await link_for(an, code)
    assert "Dit account heeft eigen vragen of taken." in await jef.starts(link)
    assert "Dit account heeft eigen vragen of taken." in await an.starts(link)
    leen = await town.resident("Leen")
    await ask(leen)
    assert "Dit account heeft eigen vragen of taken." in await leen.starts(link)
    new = await town.somebody("Rosa")
    assert "Welkom terug" in await new.starts(link), "the link was not used up"


async def test_who_wrote_to_the_bot_before_is_merged(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    link = await link_for(an, code)
    new = await town.somebody("Rosa")
    await new.starts()
    await new.taps("Ik zoek hulp")
    shown = await new.starts(link)
    assert "Je hebt 1 open vraag." in shown
    assert "nog met iets bezig" not in shown


async def test_it_is_written_down_who_did_it(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    link = await link_for(an, await ask(rosa))
    new = await town.somebody("Rosa")
    await new.starts(link)
    with town.session() as session:
        kinds = (EventKind.RELINK_OFFERED, EventKind.RELINKED)
        events = session.scalars(select(Event).where(Event.kind.in_(kinds)).order_by(Event.id)).all()
        person = town.person(session, new)
        assert [(event.kind, event.by, event.person) for event in events] == [
            (kinds[0], town.person(session, an), person),
            (kinds[1], person, person),
        ]
        assert not session.scalars(select(Relink)).all()


async def test_who_was_away_is_back_and_nobody_needs_to_call(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await town.settled(await rosa.actor.blocks())
    await jef.taps("Ik help")
    await an.writes("/open")
    gone = "Rosa is niet meer bereikbaar via Telegram."
    assert gone in await an.taps(f"Bekijk {code}")
    assert f"{gone} Kan je Rosa anders bereiken?" in await an.reads()
    link = await link_for(an, code)
    new = await town.somebody("Rosa")
    await new.starts(link)
    await an.writes("/open")
    assert "niet meer bereikbaar" not in await an.taps(f"Bekijk {code}")
    assert "anders bereiken?" not in await an.reads()


@pytest.mark.parametrize("whose", ["r", "v", "x"])
async def test_only_for_people_of_ones_own_area_and_never_for_a_coordinator(town: Town, whose: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    other = await town.coordinator("Els", "Kerkhoek")
    for who in (other, rosa, jef):
        await who.writes("/start")
        for data in (f"1:relink:{whose}:1", f"1:relink_now:{whose}:1"):
            assert "start=n-" not in await who.forges(data)
    an = await town.coordinator("An")
    with town.session() as session, session.begin():
        for each in (rosa, jef):
            person = town.person(session, each)
            session.add(Coordinator(person=person, area=town.area(session, "Kerkhoek"), since=town.clock.now()))
    await an.writes("/start")
    assert "start=n-" not in await an.forges(f"1:relink_now:{whose}:1")
    with town.session() as session:
        assert not session.scalars(select(Relink)).all()


async def test_nothing_of_a_question_stays_in_the_old_chat_of_who_asked(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    link = await link_for(an, code)
    assert "codewoord" in await rosa.reads()
    assert "Dorpsstraat 12" in await rosa.reads()
    new = await town.somebody("Rosa")
    await new.starts(link)
    left = await rosa.reads()
    for private in ("Dorpsstraat 12", "Familie Rosa", "codewoord", "Jef", code):
        assert private not in left
    assert "Dit bericht is weggehaald" not in left, "nothing needs to stay there"
    assert "codewoord" in await new.forges("1:request:1")


async def test_what_was_about_to_be_deleted_in_the_old_chat_still_is(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-26 18:30"))
    assert "Jef komt morgen om 14 uur." in await rosa.reads()
    slow = {"error_code": 429, "description": "Too Many Requests", "retry_after": 600}
    await town.phones.fault("error", "deleteMessage", chat_id=rosa.id, **slow)
    await jef.forges("1:give_back:1")
    assert "Jef komt morgen om 14 uur." in await rosa.reads(), "its deletion waits"
    await (await town.somebody("Rosa")).starts(await link_for(an, code))
    await town.jump(minutes=11)
    assert "Jef" not in await rosa.reads()


async def test_what_had_to_stay_in_the_old_chat_as_a_few_words_says_less_still(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-26 18:30"))
    kept = {"error_code": 400, "description": "Bad Request: message can't be deleted for everyone"}
    await town.phones.fault("error", "deleteMessage", chat_id=rosa.id, times=9, **kept)
    await jef.forges("1:give_back:1")
    assert "Dit bericht geldt niet meer." in await rosa.reads()
    await (await town.somebody("Rosa")).starts(await link_for(an, code))
    assert "Dit bericht geldt niet meer." not in await rosa.reads()
    assert "Dit bericht is weggehaald." in await rosa.reads()


async def test_what_ended_in_the_account_that_is_given_up_is_theirs_from_now_on(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    new = await town.resident("Rosa")
    ended = await ask(new)
    await an.writes("/open")
    await an.taps(f"Bekijk {ended}")
    await an.taps("Sluit af")
    await an.taps("Niet meer nodig")
    with town.session() as session:
        given_up, person = town.person(session, new).id, town.person(session, rosa).id
    code = await ask(rosa)
    await new.starts(await link_for(an, code))
    assert "Namens" not in " ".join(await an.labels())
    await an.forges("1:case:1")
    labels = " ".join(await an.labels())
    assert "Vraag nog eens" not in labels, "she has Telegram: nobody asks in her name"
    assert "Schrijf naar Rosa" in labels
    with town.session() as session:
        row = session.get_one(Person, given_up)
        assert (row.first_name, row.erased_at, row.telegram_id) == ("", town.clock.now(), None)
        assert [request.resident_id for request in session.scalars(select(Request))] == [person, person]
        assert not session.scalars(select(Event).where((Event.by_id == given_up) | (Event.person_id == given_up))).all()
        assert not session.scalars(select(Letter).where(Letter.person_id == given_up)).all()


async def test_no_link_for_a_volunteer_who_stopped_however_the_button_is_forged(town: Town) -> None:
    an = await town.coordinator("An")
    await town.volunteer("Jef")
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Jef")
    await an.taps("Laat stoppen")
    await an.taps("Ja, Jef stopt")
    assert "start=n-" not in await an.forges("1:relink_now:v:1")


@pytest.mark.parametrize("since", ["became a coordinator", "stopped", "who made it is no coordinator any more"])
async def test_a_link_is_worth_nothing_once_it_could_not_be_made_any_more(town: Town, since: str) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await town.coordinator("Bo")
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Jef")
    await an.taps("Koppel nieuw toestel")
    link = code_in(await an.taps("Ja, maak de link"))
    with town.session() as session, session.begin():
        person = town.person(session, jef)
        match since:
            case "became a coordinator":
                session.add(Coordinator(person=person, area=town.area(session, "Centrum"), since=town.clock.now()))
            case "stopped":
                stopping = select(Volunteer).where(Volunteer.person_id == person.id).with_for_update()
                session.scalars(stopping).one().state = VolunteerState.ENDED
            case _:
                session.delete(town.person(session, an).coordinates[0])
    new = await town.somebody("Jef")
    assert "Deze link werkt niet meer." in await new.starts(link)
    await jef.writes("/start")
    assert "Je gesprek gaat verder" not in await jef.reads()


async def test_everybody_reads_about_the_other_account_in_their_own_language(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    link = await link_for(an, await ask(rosa))
    new = await town.somebody("Rosa", "de")
    await new.starts(link)
    assert "Je gesprek gaat verder in een ander Telegram-account." in await rosa.last_text()
    for who, read in ((rosa, "Votre conversation continue"), (an, "Rosa écrit")):
        told = await who.last()
        await who.taps(next(label for label in told.labels if "Français" in label), on=told)
        await who.taps("Français")
        assert read in await who.reads()
