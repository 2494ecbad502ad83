"""Coordinating: what is open, one request with its history, choosing somebody, closing, approving; nobody else's."""

import re

import pytest
from sqlalchemy import select

from models import Coordinator, Event, EventKind, Request, Volunteer, VolunteerState
from models.lifecycle import Attention
from tests.support.town import ALL_TIMES, Neighbour, Town


async def ask(who: Neighbour, text: str = "Brood en melk halen", day: str = "Morgen", *, know: bool = False) -> str:
    """A question at home; returns its code."""
    await who.writes("/vraag")
    await who.taps("Boodschappen 🛒")
    await who.writes(text)
    await who.taps(day)
    if day == "Morgen":
        await who.taps("Namiddag 14–18")
    await who.taps("Mijn thuis")
    sent = await who.taps("Eerst weten wie" if know else "De eerste is goed")
    found = re.search(r"Vraag (\w{4}):", sent)
    assert found is not None, sent
    return found[1]


async def test_a_coordinator_sees_facts_and_history(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    listed = await an.writes("/open")
    assert f"{code}: Boodschappen, Centrum" in listed
    assert "Dorpsstraat" not in listed
    assert "Rosa" not in listed
    shown = await an.taps(f"Bekijk {code}")
    for fact in ("Brood en melk halen", "Dorpsstraat 12", "Familie Rosa", "Jef helpt.", "dinsdag 24 november"):
        assert fact in shown
    assert "23/11, 10 uur – Rosa stelde deze vraag" in shown
    assert "23/11, 10 uur – Jef neemt de taak" in shown
    assert f"{code}: Boodschappen, Centrum" in await an.taps("Terug naar de lijst")


async def test_what_needs_attention_comes_first_in_pages_of_five(town: Town) -> None:
    an = await town.coordinator("An")
    await town.volunteer("Jef", categories=("groceries",))
    codes = []
    for number in range(7):
        rosa = await town.resident(f"Rosa{number}")
        codes.append(await ask(rosa, day="Maakt niet uit" if number == 0 else "Morgen"))
    with town.session() as session, session.begin():
        urgent = session.scalars(select(Request).where(Request.code == codes[3]).with_for_update()).one()
        session.add(urgent.note(EventKind.ESCALATED, town.clock.now(), attention=Attention.ESCALATED))
    first = await an.writes("/open")
    assert "7 vragen staan open" in first
    order = re.findall(r"^(\w{4}): ", first, re.MULTILINE)
    assert order == [codes[3], codes[1], codes[2], codes[4], codes[5]]
    second = await an.taps("Volgende bladzijde")
    assert re.findall(r"^(\w{4}): ", second, re.MULTILINE) == [codes[6], codes[0]]
    assert await an.taps("Vorige bladzijde") == first


async def test_a_coordinator_chooses_somebody_and_both_are_told(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await town.volunteer("Dirk", categories=("garden",))
    jef = await town.volunteer("Jef")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    assert (await an.last()).rows[:2] == [["Jef (past)"], ["Dirk"]]
    assert "Zei Jef ja tegen jou?" in await an.taps("Jef (past)")
    shown = await an.taps("Ja, kies Jef")
    assert "Jef en Rosa krijgen een bericht." in shown
    assert "An koos Jef" in shown
    assert "Dorpsstraat 12" in await jef.last_text()
    assert "Jef" in await rosa.last_text()


async def test_who_said_no_to_it_stands_last_and_is_not_called_fitting(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    bo, jef = await town.volunteer("Bo"), await town.volunteer("Jef")
    await town.volunteer("Zoë", categories=("garden",))
    mia = await town.volunteer("Mia")
    code = await ask(rosa)
    await jef.taps("Deze keer niet")
    await bo.taps("Ik help")
    await bo.taps("Ik kan niet meer")
    await bo.taps("Ja, geef terug")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    rows = [["Mia (past)"], ["Zoë"], ["Bo (zei neen)"], ["Jef (zei neen)"]]
    assert (await an.last()).rows[:4] == rows
    assert "Zei Jef ja tegen jou?" in await an.taps("Jef (zei neen)"), "they may say yes on the telephone"
    await an.taps("Kies iemand anders")
    await an.taps("Mia (past)")
    await an.taps("Ja, kies Mia")
    await an.taps("Kies iemand")
    await an.taps("Jef (zei neen)")
    await an.taps("Ja, kies Jef")
    await an.taps("Kies iemand")
    assert ["Mia (past)"] in (await an.last()).rows, "she never said no herself"
    assert "Dorpsstraat" not in await mia.reads()


async def test_choosing_somebody_else_takes_the_task_from_the_former_helper(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await ask(rosa)
    await jef.taps("Ik help")
    assert "Dorpsstraat 12" in await jef.reads()
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    assert "Jef heeft deze taak dan niet meer." in await an.taps("Mia (past)")
    await an.taps("Ja, kies Mia")
    assert "Dorpsstraat 12" not in await jef.reads()
    assert "Dorpsstraat 12" in await mia.reads()


async def test_who_wants_to_know_first_still_decides(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa, know=True)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    await an.taps("Jef (past)")
    shown = await an.taps("Ja, kies Jef")
    assert "Rosa moet nog goed zeggen." in shown
    assert "An koos Jef" in shown
    assert "Dorpsstraat 12" not in await jef.reads()


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Het is gelukt", "Het is gelukt"),
        ("Andere hulp gevonden", "andere hulp"),
        ("Niemand gevonden", "We vonden niet op tijd iemand."),
    ],
)
async def test_a_coordinator_closes_with_an_outcome(town: Town, label: str, told: str) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Sluit af")
    shown = await an.taps(label)
    assert f"Afgesloten: {label}." in shown
    assert f"An sloot af: {label}" in shown
    assert told in await rosa.last_text()
    for who in (an, jef):
        assert "Dorpsstraat" not in await who.reads()
    assert "Er staat nu geen vraag open." in await an.writes("/open")


async def test_closing_needs_a_second_tap_and_choosing_offers_a_way_back(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    await an.writes("/open")
    shown = await an.taps(f"Bekijk {code}")
    await an.taps("Sluit af")
    assert await an.taps("Niet afsluiten") == shown
    assert "Er is in deze gemeente geen andere vrijwilliger die we kunnen bereiken." in await an.taps("Kies iemand")
    assert await an.taps("Terug naar de vraag") == shown


async def test_many_volunteers_come_in_pages(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    for number in range(8):
        await town.volunteer(f"Jef{number}", categories=("garden",) if number < 2 else ("groceries",))
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    assert (await an.labels())[:6] == [f"Jef{number} (past)" for number in range(2, 8)]
    await an.taps("Volgende bladzijde")
    assert (await an.labels())[:2] == ["Jef0", "Jef1"]
    await an.taps("Vorige bladzijde")
    assert "8 vrijwilligers zijn goedgekeurd." in await an.writes("/vrijwilligers")
    await an.taps("Volgende bladzijde")
    assert "Jef7 is vrijwilliger." in await an.taps("Bekijk Jef7")
    await an.taps("Vrijwilligers")


async def test_a_long_history_is_one_tap_away(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    with town.session() as session, session.begin():
        request = session.scalars(select(Request)).one()
        for _ in range(12):
            session.add(request.note(EventKind.WROTE, town.clock.now(), town.person(session, rosa)))
    await an.writes("/open")
    shown = await an.taps(f"Bekijk {code}")
    assert "Rosa stelde deze vraag" not in shown
    full = await an.taps("Alle stappen")
    assert "Rosa stelde deze vraag" in full
    assert full.count("Rosa schreef naar de coördinator") == 12
    assert await an.taps("Terug naar de vraag") == shown


async def test_a_coordinator_sees_the_photo_as_long_as_it_is_open(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await rosa.does(rosa.actor.sends_photo())
    for label in ("Klusje in huis 🔧", "Maakt niet uit", "Mijn thuis", "De eerste is goed"):
        await rosa.taps(label)
    await an.taps("Bekijk de vraag")
    assert "zie de foto" in await an.reads()
    before = len(await an.messages())
    await an.taps("Toon de foto")
    assert len(await an.messages()) == before + 1
    await town.jump(hours=48)
    assert not any("photo" in message.json for message in await an.messages())


async def test_what_is_not_possible_any_more_shows_the_case(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef = await town.volunteer("Jef")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    await an.taps("Jef (past)")
    chooses = next(b["callback_data"] for b in (await an.last()).buttons if b["text"] == "Ja, kies Jef")
    await jef.taps("Ik help")
    assert "Jef helpt." in await an.last_text(), "what An has before her says so at once"
    text = await an.forges(chooses)  # her finger was on its way
    assert "Deze taak is al van" in text
    assert "Jef helpt." in text


async def test_the_address_leaves_the_chat_of_every_coordinator_with_the_end(town: Town) -> None:
    an, bo, rosa = await town.coordinator("An"), await town.coordinator("Bo"), await town.resident("Rosa")
    code = await ask(rosa)
    for who in (an, bo):
        await who.writes("/open")
        await who.taps(f"Bekijk {code}")
        assert "Dorpsstraat 12" in await who.reads()
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    for who in (an, bo):
        assert "Dorpsstraat" not in await who.reads()


async def test_a_second_close_gets_the_truth(town: Town) -> None:
    an, bo, rosa = await town.coordinator("An"), await town.coordinator("Bo"), await town.resident("Rosa")
    code = await ask(rosa)
    for who in (an, bo):
        await who.writes("/open")
        await who.taps(f"Bekijk {code}")
        await who.taps("Sluit af")
    await an.taps("Het is gelukt")
    assert "Deze vraag is al afgesloten." in await bo.taps("Andere hulp gevonden")
    assert "Afgesloten: Het is gelukt." in await bo.last_text()


async def test_a_coordinator_of_elsewhere_finds_nothing(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    el = await town.coordinator("El", "Kerkhoek")
    assert "Er staat nu geen vraag open." in await el.writes("/open")
    with town.session() as session:
        request = session.scalars(select(Request)).one().id
        volunteer = session.scalars(select(Volunteer)).one().id
        person = town.person(session, jef).id
    for data in (
        f"case:{request}",
        f"case_history:{request}",
        f"case_media:{request}",
        f"assign:{request}",
        f"assign_whom:{request}:{person}",
        f"assign_now:{request}:{person}",
        f"close:{request}",
        f"close_with:{request}:done",
        f"applicant:{volunteer}",
        f"approve:{volunteer}",
        f"decline:{volunteer}",
        f"decline_now:{volunteer}",
    ):
        text = await el.forges(f"1:{data}")
        assert "Dat vind ik niet meer terug." in text, data
        assert "Dorpsstraat" not in text


async def test_a_task_goes_to_no_one_but_a_volunteer_of_here(town: Town) -> None:
    an, rosa, pia = await town.coordinator("An"), await town.resident("Rosa"), await town.resident("Pia")
    await ask(rosa)
    with town.session() as session:
        request = session.scalars(select(Request)).one().id
        people = [town.person(session, who).id for who in (rosa, pia)]
    await an.writes("/open")
    for person in people:
        assert "Dat vind ik niet meer terug." in await an.forges(f"1:assign_now:{request}:{person}")
    assert "Dat vind ik niet meer terug." in await an.forges(f"1:close_with:{request}:cancelled")


async def test_a_coordinator_writes_to_the_resident_and_it_is_written_down(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Schrijf naar Rosa")
    await an.writes("Ik bel je straks even.")
    assert "Ik bel je straks even." in await rosa.last_text()
    assert "An schreef naar Rosa" in await an.taps((await an.labels())[-1])


# ── volunteers ──


def apply(town: Town, who: Neighbour) -> None:
    """Somebody who came forward and waits."""
    with town.session() as session, session.begin():
        session.add(
            Volunteer(
                person=town.person(session, who),
                state=VolunteerState.APPLIED,
                categories=["garden"],
                times=ALL_TIMES[:1],
                areas=[town.area(session, "Centrum")],
                note_version="test",
                note_read_at=town.clock.now(),
                applied_at=town.clock.now(),
            )
        )


async def test_a_coordinator_approves_a_volunteer(town: Town) -> None:
    an, wim = await town.coordinator("An"), await town.resident("Wim")
    apply(town, wim)
    assert "1 persoon wil vrijwilliger worden." in await an.starts()
    assert "1 persoon wacht op jouw antwoord." in await an.writes("/vrijwilligers")
    shown = await an.taps("Bekijk Wim (nieuw)")
    assert "Wim wil vrijwilliger worden." in shown
    assert "Tuin" in shown
    assert "Wim is vrijwilliger." in await an.taps("Goedkeuren")
    assert "vrijwilliger" in await wim.last_text()
    assert "Niemand wacht op jouw antwoord." in await an.writes("/vrijwilligers")
    with town.session() as session:
        event = session.scalars(select(Event).where(Event.kind == EventKind.APPROVED)).one()
        assert (event.by, event.person) == (town.person(session, an), town.person(session, wim))


async def test_a_coordinator_declines_a_volunteer_only_after_a_second_tap(town: Town) -> None:
    an, wim = await town.coordinator("An"), await town.resident("Wim")
    apply(town, wim)
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Wim (nieuw)")
    before = await wim.reads()
    assert "Keur je Wim echt niet goed?" in await an.taps("Niet goedkeuren")
    assert "Wim wil vrijwilliger worden." in await an.taps("Later beslissen")
    await an.taps("Niet goedkeuren")
    assert await wim.reads() == before
    assert "Wim is niet goedgekeurd." in await an.taps("Ja, niet goedkeuren")
    assert await wim.reads() != before


async def test_who_was_decided_about_already_is_shown_as_they_are(town: Town) -> None:
    an, bo, wim = await town.coordinator("An"), await town.coordinator("Bo"), await town.resident("Wim")
    apply(town, wim)
    for who in (an, bo):
        await who.writes("/vrijwilligers")
        await who.taps("Bekijk Wim (nieuw)")
    await an.taps("Goedkeuren")
    text = await bo.taps("Goedkeuren")
    assert "Dat kan nu niet meer." in text
    assert "Wim is vrijwilliger." in text


async def test_who_is_no_coordinator_any_more_can_do_nothing(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    await an.writes("/open")
    with town.session() as session, session.begin():
        session.delete(session.scalars(select(Coordinator)).one())
    assert "Die knop werkt niet meer." in await an.taps(f"Bekijk {code}")
    assert "Dorpsstraat" not in await an.reads()
