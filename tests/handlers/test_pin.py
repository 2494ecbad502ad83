"""What could do most harm asks for the PIN of the coordinator: tapped, never typed, and again after a quarter."""

from sqlalchemy import select

from models import Coordinator, Event, EventKind, FormRow, Letter
from tests.support.town import Neighbour, Town

PIN = "271828"


async def taps_digits(who: Neighbour, digits: str = PIN) -> str:
    """One after the other, on the keypad."""
    for digit in digits:
        await who.taps(digit)
    return await who.last_text()


async def wants_to_end(an: Neighbour, name: str = "Jef") -> str:
    """Up to the tap that is guarded."""
    await an.writes("/vrijwilligers")
    await an.taps(f"Bekijk {name}")
    await an.taps("Laat stoppen")
    return await an.taps(f"Ja, {name} stopt")


async def chooses(an: Neighbour) -> str:
    """A PIN, twice."""
    await taps_digits(an)
    return await taps_digits(an)


async def test_a_pin_is_chosen_when_it_is_first_needed_and_what_was_wanted_goes_on(town: Town) -> None:
    an, els = await town.coordinator("An", pin=False), await town.coordinator("Els")
    await town.volunteer("Jef")
    asked = await wants_to_end(an)
    assert "Kies 6 cijfers, niet die van je bankkaart." in asked
    assert [len(row) for row in (await an.last()).rows] == [3, 3, 3, 1, 1]
    before = len(await an.messages())
    assert "3 van 6 cijfers: ●●●○○○" in await taps_digits(an, PIN[:3])
    assert "Tik dezelfde 6 cijfers nog eens in." in await taps_digits(an, PIN[3:])
    done = await taps_digits(an)
    assert "Je pincode is bewaard." in done
    assert "Jef is geen vrijwilliger meer." in done
    assert len(await an.messages()) == before, "the same message all the time"
    assert "An koos een pincode." in await els.reads()
    assert "An liet Jef stoppen als vrijwilliger." in await els.reads()
    assert "An koos een pincode." not in await an.reads()


async def test_it_is_asked_again_after_a_quarter_of_an_hour(town: Town) -> None:
    an = await town.coordinator("An", pin=False)
    for name in ("Jef", "Mia", "Wim"):
        await town.volunteer(name)
    await wants_to_end(an)
    await chooses(an)
    await town.jump(minutes=14)
    again = await wants_to_end(an, "Mia")
    assert "Mia is geen vrijwilliger meer." in again
    assert "Je pincode is bewaard." not in again
    await town.jump(minutes=1)
    assert "Tik je 6 cijfers in. Met Terug wis je het laatste." in await wants_to_end(an, "Wim")
    again = await taps_digits(an)
    assert "Wim is geen vrijwilliger meer." in again
    assert "Je pincode is bewaard." not in again, "it was chosen before"


async def test_a_chosen_pin_is_kept_also_where_what_was_wanted_cannot_happen_any_more(town: Town) -> None:
    an, els, kim = [await town.coordinator(name, pin=name != "An") for name in ("An", "Els", "Kim")]
    for who in (an, els):
        await who.writes("/coordinatoren")
        await who.taps("Bekijk Kim")
        await who.taps("Laat Kim stoppen")
        await who.taps("Ja, Kim stopt")
    await chooses(an)
    assert "Je pincode is bewaard.\n\nDat vind ik niet meer terug." in await an.reads()
    assert (await kim.reads()).count("Je bent geen coördinator van Lindebeek meer.") == 1
    with town.session() as session:
        assert town.person(session, an).pin is not None


async def test_the_digits_are_kept_nowhere(town: Town) -> None:
    an = await town.coordinator("An", pin=False)
    await town.volunteer("Jef")
    await wants_to_end(an)
    for half in (PIN, PIN[:5]):
        await taps_digits(an, half)
        with town.session() as session:
            for letter in session.scalars(select(Letter)):
                assert half[:3] not in str(letter.body)
                assert half[:3] not in str(letter.keys)
    with town.session() as session:
        form = session.scalars(select(FormRow)).one()
        assert form.answers["typed"] == PIN[:5], "only here, sealed, and only until the last one"
        assert PIN not in str(form.answers)
    await an.taps(PIN[5])
    with town.session() as session:
        assert not session.scalars(select(FormRow)).all()
        pin = town.person(session, an).pin
        assert pin is not None
        assert PIN not in pin.secret


async def test_digits_that_are_typed_are_refused_and_leave_the_chat(town: Town) -> None:
    an = await town.coordinator("An", pin=False)
    await town.volunteer("Jef")
    await wants_to_end(an)
    for typed in (PIN, "2"):
        answered = await an.writes(typed)
        assert "Tik op de cijfers, typ ze niet. Ik haalde je bericht weg." in answered
        assert "0 van 6 cijfers" in answered
    assert not [each for each in await an.actor.chat() if each.outgoing and each.text in {PIN, "2"}]
    assert "Gestopt" in await an.writes("stop")


async def test_back_takes_the_last_digit_away_and_stop_ends_it(town: Town) -> None:
    an = await town.coordinator("An", pin=False)
    await town.volunteer("Jef")
    await wants_to_end(an)
    assert "Terug" not in await an.labels()
    await taps_digits(an, "27")
    assert "1 van 6" in await an.taps("Terug")
    await taps_digits(an, "71828")
    assert "Tik dezelfde" in await an.last_text()
    assert "Kies 6 cijfers" in await an.taps("Terug")
    assert "Gestopt" in await an.taps("Stoppen")
    with town.session() as session:
        assert town.person(session, an).pin is None
        assert not session.scalars(select(Event).where(Event.kind == EventKind.LEFT)).all()


async def test_an_easy_one_is_not_taken(town: Town) -> None:
    an = await town.coordinator("An", pin=False)
    await town.volunteer("Jef")
    await wants_to_end(an)
    assert "Die probeert iedereen eerst." in await taps_digits(an, "111111")
    await taps_digits(an)
    assert "Dat was niet hetzelfde. Begin opnieuw." in await taps_digits(an, PIN[::-1])
    assert "Jef is geen vrijwilliger meer." in await chooses(an)


async def test_five_wrong_ones_lock_it_and_the_others_are_told(town: Town) -> None:
    an, els = await town.coordinator("An", pin=False), await town.coordinator("Els")
    await town.volunteer("Jef")
    await town.volunteer("Mia")
    await wants_to_end(an)
    await chooses(an)
    await town.jump(minutes=15)
    await wants_to_end(an, "Mia")
    for _ in range(4):
        assert "Dat is je pincode niet." in await taps_digits(an, "999999")
    assert "Dat was te vaak fout." in await taps_digits(an, "999999")
    assert "Vijf keer een foute pincode op het toestel van An." in await els.reads()
    assert "Dat was te vaak fout." in await wants_to_end(an, "Mia")
    await town.jump(minutes=15)
    assert "Tik je 6 cijfers in." in await wants_to_end(an, "Mia")
    assert "Mia is geen vrijwilliger meer." in await taps_digits(an)


async def test_a_forgotten_one_is_taken_away_by_another_coordinator(town: Town) -> None:
    an, els = await town.coordinator("An", pin=False), await town.coordinator("Els")
    await town.volunteer("Jef")
    await wants_to_end(an)
    await chooses(an)
    await town.volunteer("Mia")
    await town.jump(minutes=15)
    await wants_to_end(an, "Mia")
    assert "Een andere coördinator wist hem met /coordinatoren" in await an.taps("Pincode vergeten")
    await els.writes("/coordinatoren")
    await els.taps("Bekijk An")
    assert "De pincode van An is gewist." in await els.taps("Wis de pincode")
    assert "Je pincode is gewist." in await an.last_text()
    assert "Kies 6 cijfers" in await wants_to_end(an, "Mia")


async def test_whoever_is_no_coordinator_any_more_gets_no_further(town: Town) -> None:
    an, els = await town.coordinator("An", pin=False), await town.coordinator("Els")
    await town.volunteer("Jef")
    await wants_to_end(an)
    await taps_digits(an, PIN[:3])
    keypad = await an.last()
    await els.writes("/coordinatoren")
    await els.taps("Bekijk An")
    await els.taps("Laat An stoppen")
    await els.taps("Ja, An stopt")
    assert "geen vrijwilliger meer" not in await an.forges("1:end_volunteer_now:1", keypad)
    with town.session() as session:
        assert not session.scalars(select(FormRow)).all()
        assert not session.scalars(select(Event).where(Event.kind == EventKind.LEFT)).all()


async def test_what_somebody_was_busy_with_goes_on_afterwards(town: Town) -> None:
    an, jef = await town.coordinator("An", pin=False), await town.volunteer("Jef")
    await town.volunteer("Mia")
    await an.writes("/namens")
    await an.writes("Maria")
    await wants_to_end(an)
    await chooses(an)
    assert "Op welk nummer" in await an.last_text()
    assert jef.name == "Jef"


async def test_the_others_of_each_area_hear_of_it_and_nobody_twice(town: Town) -> None:
    an, els, cor = await town.coordinator("An", "Centrum"), await town.coordinator("Els"), await town.coordinator("Cor")
    bo = await town.coordinator("Bo", "Kerkhoek")
    with town.session() as session, session.begin():
        here = town.area(session, "Kerkhoek")
        session.add(Coordinator(person=town.person(session, an), area=here, since=town.clock.now()))
    await els.writes("/coordinatoren")
    await els.taps("Bekijk An")
    await els.taps("Wis de pincode")
    await town.settled()
    assert (await an.reads()).count("Je pincode is gewist.") == 1
    for other in (bo, cor):
        assert (await other.reads()).count("Els wiste de pincode van An.") == 1
    await town.volunteer("Jef")
    await wants_to_end(an)
    await chooses(an)
    await town.settled()
    for other in (bo, cor, els):
        assert (await other.reads()).count("An koos een pincode.") == 1
    assert (await bo.writes("/logboek")).count("pincode") == 2
