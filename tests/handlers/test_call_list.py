"""The call list: what people without Telegram would have been told, a coordinator tells by telephone."""

from datetime import UTC, datetime

from sqlalchemy import select

from models import Call, CallState, Coordinator, Event, EventKind, Person
from tests.support.phoning import asks_for_who_calls
from tests.support.telling import told, wall
from tests.support.town import Neighbour, Town

NOBODY = "Je hoeft nu niemand te bellen."


def states(town: Town) -> list[tuple[str, str]]:
    """Each call with what became of it, the oldest first."""
    with town.session() as session:
        return [(call.kind.value, call.state.value) for call in session.scalars(select(Call).order_by(Call.id))]


async def proposes(jef: Neighbour, hour: str = "15 uur") -> None:
    """The helper proposes an hour."""
    await jef.taps("Stel een uur voor" if "Stel een uur voor" in await jef.labels() else "Stel een ander uur voor")
    await jef.taps(hour)


async def test_nobody_has_to_be_called(town: Town) -> None:
    an = await town.coordinator("An")
    assert NOBODY in await an.writes("/bellen")
    await asks_for_who_calls(an)
    assert NOBODY in await an.writes("/bellen"), "Maria is not told that she asked"


async def test_who_comes_is_told_by_telephone(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    code = await asks_for_who_calls(an)
    await jef.taps("Ik help")
    assert "1 persoon zonder Telegram wacht op een telefoontje." in await an.last_text()
    call = await an.taps("Bekijk bellijst")
    assert "Telefoontje 1 van 1" in call
    assert "Bel Maria (0470 12 34 56): Jef komt helpen." in call
    assert "Aan de deur zegt Jef het codewoord “" in call
    assert "Jef stelt nog een uur voor." in call
    assert f"{code}: Boodschappen" in call
    assert NOBODY in await an.taps("Gebeld")
    assert "An belde Maria" in await an.forges("1:case_history:1")


async def test_is_it_good_that_jef_comes(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    assert "Lindelaan" not in await jef.reads()
    assert "Jef wil helpen. Is dat goed?" in await an.writes("/bellen")
    done = await an.taps("Goed")
    assert "Genoteerd. Zeg nu aan Maria: aan de deur zegt Jef het codewoord “" in done
    assert NOBODY in done, "she heard everything in that call"
    assert "Lindelaan 3" in await jef.last_text()
    assert "Maria vindt Jef goed (telefonisch, genoteerd door An)" in await an.forges("1:case_history:1")


async def test_rather_somebody_else(town: Town) -> None:
    an, jef, bea = await town.coordinator("An"), await town.volunteer("Jef"), await town.volunteer("Bea")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    await an.writes("/bellen")
    assert NOBODY in await an.taps("Liever iemand anders")
    await bea.taps("Ik help")
    assert "Bea wil helpen. Is dat goed?" in await an.writes("/bellen")


async def test_an_hour_is_confirmed_or_refused_on_the_phone(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await proposes(jef)
    call = await an.writes("/bellen")
    assert "Telefoontje 1 van 1" in call, "one call says it all"
    assert "Jef kan komen op dinsdag 24 november om 15 uur. Past dat?" in call
    assert "Aan de deur zegt Jef het codewoord" in call
    await an.taps("Ander uur")
    await proposes(jef, "16 uur")
    await an.writes("/bellen")
    await an.taps("Dat past")
    assert "dinsdag 24 november om 16 uur" in await jef.last_text()
    assert states(town) == [("helper", "void"), ("hour", "done"), ("hour", "done")]


async def test_another_hour_than_the_agreed_one_is_asked_on_the_phone_and_may_be_refused(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await proposes(jef)
    await an.writes("/bellen")
    await an.taps("Dat past")
    await jef.taps("Stel een ander uur voor")
    await jef.writes("17u")
    call = await an.writes("/bellen")
    assert "Jef komt liever op dinsdag 24 november om 17 uur. Past dat?" in call
    assert "Wanneer: dinsdag 24 november om 15 uur" in call
    await an.taps("Nee, laat het zo")
    assert "Het andere uur past niet voor Maria: het blijft zoals afgesproken." in await jef.last_text()


async def test_a_call_about_what_changed_meanwhile_tells_the_truth(town: Town) -> None:
    an, jef, bea = await town.coordinator("An"), await town.volunteer("Jef"), await town.volunteer("Bea")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    await an.writes("/bellen")
    old = await an.last()
    await jef.taps("Ik kan toch niet")
    await jef.taps("Ja, geef terug")
    await bea.taps("Ik help")
    answer = next(b["callback_data"] for b in old.buttons if b["text"] == "Goed")
    late = await an.forges(answer)
    assert "Dat kan nu niet meer." in late
    assert "Bea wil helpen." in late
    assert "Lindelaan" not in await bea.reads(), "it is about Bea that Maria must say yes"
    for label in ("Antwoord komt later", "Niet bereikt"):
        assert "Dat kan nu niet meer." in await an.forges(
            next(b["callback_data"] for b in old.buttons if b["text"] == label)
        )
    assert "Bea wil helpen. Is dat goed?" in await an.writes("/bellen")


async def test_a_second_tap_and_a_second_coordinator_do_nothing_twice(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    for who in (an, bo):
        await who.writes("/bellen")
    agree = next(b["callback_data"] for b in (await an.last()).buttons if b["text"] == "Goed")
    await an.taps("Goed")
    for who in (an, bo):
        assert NOBODY in await who.forges(agree)
    with town.session() as session:
        assert len(session.scalars(select(Event).where(Event.kind == EventKind.AGREED)).all()) == 1


async def test_who_does_not_pick_up_stays_at_the_end_of_the_list(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, name="Maria")
    await jef.taps("Ik help")
    await town.jump(minutes=5)
    await asks_for_who_calls(an, name="Omer", number="016 20 30 40")
    await jef.taps("Ik help")
    assert "Bel Maria" in await an.writes("/bellen")
    assert "Telefoontje 1 van 2" in await an.last_text()
    missed = next(b["callback_data"] for b in (await an.last()).buttons if b["text"] == "Niet bereikt")
    shown = await an.taps("Niet bereikt")
    assert "Het blijft achteraan in de lijst staan." in shown
    assert "Bel Omer (016 20 30 40)" in shown
    await an.forges(missed)
    shown = await an.taps("Toon het volgende")
    assert "Bel Maria" in shown
    assert "Niet bereikt: 1 keer" in shown, "the second tap counted no second time"
    assert "Bel Omer" in await an.taps("Toon het vorige")
    assert "An belde Maria, niemand nam op" in await an.forges("1:case_history:1")


async def test_a_coordinator_of_elsewhere_sees_and_answers_nothing(town: Town) -> None:
    an, el, jef = await town.coordinator("An"), await town.coordinator("El", "Kerkhoek"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    assert "telefoontje" not in await el.reads()
    assert NOBODY in await el.writes("/bellen")
    for data in ("call_says:1:good", "call_done:1", "call_missed:1:0"):
        assert "Dat vind ik niet meer terug." in await el.forges(f"1:{data}"), data
    assert states(town) == [("offer", "waiting")]


async def test_who_coordinates_no_longer_finds_nothing(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    await bo.writes("/bellen")
    with town.session() as session, session.begin():
        row = select(Coordinator).where(Coordinator.person_id == town.person(session, bo).id)
        session.delete(session.scalars(row).one())
    assert "Die knop werkt niet meer." in await bo.taps("Goed")
    assert states(town) == [("offer", "waiting")]


async def test_several_calls_are_told_in_one_message_that_stays_true(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    for name, number in (("Maria", "0470 12 34 56"), ("Omer", "016 20 30 40")):
        await asks_for_who_calls(an, name=name, number=number)
        await jef.taps("Ik help")
    alerts = [message.text for message in await bo.messages() if "telefoontje" in message.text]
    assert alerts == ["2 telefoontjes wachten, naar mensen zonder Telegram."]
    await an.writes("/bellen")
    await an.taps("Gebeld")
    assert "1 persoon zonder Telegram wacht op een telefoontje." in await bo.last_text()
    await an.taps("Gebeld")
    assert "telefoontje" not in await bo.reads(), "nobody needs that alert any more"


async def test_at_night_a_call_waits_for_the_morning(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an, day="Maakt niet uit", part=None)
    await town.jump(wall("2026-11-23 22:30"))
    await jef.taps("Ik help")
    assert await told(bo, "zonder Telegram") == []
    await town.jump(wall("2026-11-24 09:00"))
    assert await told(bo, "zonder Telegram") == ["2026-11-24 08:00"]


async def test_handed_back_reminded_asked_afterwards(town: Town) -> None:
    an, jef, bea = await town.coordinator("An"), await town.volunteer("Jef"), await town.volunteer("Bea")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.writes("/bellen")
    await an.taps("Gebeld")
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert "De vrijwilliger kan toch niet komen. We zoeken iemand anders." in await an.writes("/bellen")
    await bea.taps("Ik help")
    await proposes(bea)
    assert "Bea kan komen" in await an.writes("/bellen")
    await an.taps("Dat past")
    await town.jump(wall("2026-11-23 18:01"))
    call = await an.writes("/bellen")
    assert "Bea komt dinsdag 24 november om 15 uur." in call
    await an.taps("Gebeld")
    await town.jump(wall("2026-11-24 14:00"))
    assert NOBODY in await an.writes("/bellen"), "one reminder by telephone is enough"
    await town.jump(wall("2026-11-24 19:00"))
    assert "Is het gelukt met Bea?" in await an.writes("/bellen")
    assert "Niemand kwam" in await an.labels()
    assert NOBODY in await an.taps("Ja, gelukt")
    await bea.taps("Ja, gelukt")
    assert "Afgesloten: Het is gelukt." in await an.forges("1:case:1")
    assert NOBODY in await an.writes("/bellen"), "she said it herself"


async def test_nobody_came_says_maria_on_the_phone(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await proposes(jef)
    await an.writes("/bellen")
    await an.taps("Dat past")
    await town.jump(wall("2026-11-24 19:00"))
    await an.writes("/bellen")
    await an.taps("Niemand kwam")
    assert "Er is gemeld dat er niemand kwam." in await bo.last_text()
    history = await an.forges("1:case_history:1")
    assert "Maria zegt: Niemand kwam (telefonisch, genoteerd door An)" in history


async def test_a_question_without_an_answer_comes_back(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await proposes(jef)
    await an.writes("/bellen")
    await an.taps("Dat past")
    await town.jump(wall("2026-11-24 19:00"))
    await an.writes("/bellen")
    assert NOBODY in await an.taps("Antwoord komt later")
    await town.jump(wall("2026-11-25 19:00"))
    assert "Is het gelukt met Jef?" in await an.writes("/bellen")


async def test_nobody_is_found(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an)
    await town.jump(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    call = await an.writes("/bellen")
    assert "We vonden nog niemand en zoeken verder." in call
    assert "Kies een ander moment" in await an.labels()
    await town.jump(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    call = await an.writes("/bellen")
    assert "Telefoontje 1 van 1" in call
    assert "We vonden niet op tijd iemand." in call
    assert NOBODY in await an.taps("Gebeld")


async def test_somebody_was_found_and_maria_never_asked(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    await town.jump(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    call = await an.writes("/bellen")
    assert "Iemand wou helpen, maar er kwam niet op tijd een antwoord." in call
    assert "We vonden" not in call


async def test_a_choice_of_the_coordinator_becomes_a_call(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef", ["Molenveld"])
    await asks_for_who_calls(an)
    await an.taps("Kies iemand")
    await an.taps(next(label for label in await an.labels() if label.startswith("Jef")))
    assert "Jef krijgt een bericht. Bel Maria: wat je zegt, staat in /bellen." in await an.taps("Ja, kies Jef")
    assert "Lindelaan 3" in await jef.last_text()
    assert "1 persoon zonder Telegram wacht" in await bo.last_text()
    assert "Jef komt helpen." in await an.writes("/bellen")


async def test_where_a_coordinator_stands_counts_the_calls(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    assert "1 telefoontje wacht." in await an.starts()
    assert "Bel Maria" in await an.taps("Bekijk bellijst")


async def test_after_the_end_the_number_leaves_the_chat_of_the_coordinator(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await bo.writes("/bellen")
    assert "0470 12 34 56" in await bo.reads()
    await an.forges("1:cancel:1:yes")
    assert "0470" not in await bo.reads()
    assert [state for _, state in states(town)] == [CallState.DONE], "she said it on the phone"


async def test_what_cannot_wait_breaks_the_night(town: Town) -> None:
    an, bo, jef = await town.coordinator("An"), await town.coordinator("Bo"), await town.volunteer("Jef")
    await asks_for_who_calls(an, part="Voormiddag 8–12")
    await jef.taps("Ik help")
    await an.writes("/bellen")
    await an.taps("Gebeld")
    await town.jump(wall("2026-11-23 23:00"))
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert (await told(bo, "zonder Telegram"))[-1] == "2026-11-23 23:00"
    call = await an.writes("/bellen")
    assert "De vrijwilliger kan toch niet komen." in call
    assert "Dit is dringend." in call


async def test_another_number_is_the_one_to_call_from_then_on(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.forges("1:act_for:1")
    await an.taps("Iets veranderen")
    await an.taps("Telefoon")
    await an.writes("016 20 30 40")
    assert "Telefoon: 016 20 30 40" in await jef.last_text()
    assert "Bel Maria (016 20 30 40)" in await an.writes("/bellen")


async def test_who_got_telegram_meanwhile_answers_for_herself(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=True)
    await jef.taps("Ik help")
    await an.writes("/bellen")
    with town.session() as session, session.begin():
        session.scalars(select(Person).where(Person.telegram_key.is_(None))).one().use_telegram_id(4711)
    assert "Dat kan nu niet meer." in await an.taps("Goed")
    for data in ("act_for:1", "report_for:1:done", "agree:1:2", "cancel:1:yes"):
        await an.forges(f"1:{data}")
    assert "Lindelaan" not in await jef.reads()
    assert NOBODY in await an.writes("/bellen")


async def test_what_a_coordinator_edits_herself_is_no_news(town: Town) -> None:
    an = await town.coordinator("An")
    await asks_for_who_calls(an)
    await an.taps("Wijzig de tekst")
    await an.writes("Melk, brood en kaas")
    assert "Melk, brood en kaas" in await an.forges("1:case:1")
    assert NOBODY in await an.writes("/bellen")


async def test_put_back_by_a_coordinator(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await an.forges("1:case:1")
    await an.taps("Zoek verder")
    await an.taps("Ja, zoek iemand anders")
    assert "De vrijwilliger kan toch niet komen." in await an.writes("/bellen")


async def test_what_is_to_be_called_about_needs_attention_until_the_call_is_made(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    code = await asks_for_who_calls(an)
    assert code not in await an.forges("1:cases:0:0:attention")
    await jef.taps("Ik help")
    await town.jump(days=1, hours=5)
    assert code not in await an.forges("1:cases:0:0:attention"), "what was to be said by telephone is over"
    await jef.taps("Het is gedaan")
    listed = await an.forges("1:cases:0:0:attention")
    assert code in listed
    assert "Er wacht een telefoontje in /bellen." in listed
    await an.writes("/bellen")
    await an.taps("Ja, gelukt")
    assert code not in await an.forges("1:cases:0:0:attention")
