""" "Helping" and "Reminding" as the resident lives them: who comes, at what hour, and how it went."""

from tests.support.asking import asks
from tests.support.town import Neighbour, Town


def person_id(town: Town, who: Neighbour) -> int:
    """The id that buttons carry."""
    with town.session() as session:
        return town.person(session, who).id


async def proposes(who: Neighbour, hour: str) -> None:
    """The helper proposes an hour on the wished day."""
    await who.taps("Stel een uur voor")
    await who.taps(hour)


async def says_done(who: Neighbour) -> str:
    """It is only for tomorrow: once more."""
    assert "De afspraak is pas morgen. Is het al gedaan?" in await who.taps("Het is gedaan")
    return await who.taps("Ja, gedaan")


async def test_the_first_volunteer_is_fine(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    code = await asks(anna)
    await wim.taps("Ik help")
    card = await anna.last_text()
    assert f"Vraag {code}: Boodschappen 🛒" in card
    assert "Wim komt je helpen. Aan de deur zegt Wim het codewoord: " in card
    assert "Schrijf naar Wim" in await anna.labels()


async def test_who_first_wants_to_know_says_good(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna, know=True)
    await wim.taps("Ik help")
    assert "Wim wil je graag helpen. Is dat goed?" in await anna.last_text()
    assert "codewoord" not in await anna.last_text()
    assert "Dorpsstraat" not in await wim.reads()
    assert "codewoord" in await anna.taps("Goed")
    assert "Dorpsstraat 12" in await wim.last_text()


async def test_rather_somebody_else_needs_no_reason(town: Town):
    anna, wim, bea = await town.resident("Anna"), await town.volunteer("Wim"), await town.volunteer("Bea")
    await asks(anna, know=True)
    await wim.taps("Ik help")
    await anna.taps("Liever iemand anders")
    assert "Goed. Ik zoek iemand anders." in await anna.last_text()
    await bea.taps("Ik help")
    assert "Bea wil je graag helpen." in await anna.last_text()


async def test_a_tap_on_the_card_of_one_helper_does_not_count_for_the_next(town: Town):
    anna, wim, bea = await town.resident("Anna"), await town.volunteer("Wim"), await town.volunteer("Bea")
    await asks(anna, know=True)
    await wim.taps("Ik help")
    old = await anna.last()
    await wim.taps("Ik kan toch niet")
    await wim.taps("Ja, geef terug")
    await bea.taps("Ik help")
    for button in old.buttons:
        if button["callback_data"].startswith(("1:agree:", "1:prefer_other:")):
            text = await anna.forges(button["callback_data"])
            assert "Dat kan nu niet meer." in text
            assert "Bea wil je graag helpen." in text
    assert "Dorpsstraat" not in await bea.reads()
    await anna.taps("Goed")
    late = await anna.forges(f"1:agree:1:{person_id(town, wim)}")
    assert "Dat kan nu niet meer." in late, "it is Bea who comes, not Wim"
    assert "Bea komt je helpen." in late
    assert "Bea komt je helpen." in await anna.forges(f"1:prefer_other:1:{person_id(town, wim)}:yes")


async def test_who_prefers_somebody_else_after_all_confirms_it_once(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    assert "Zal ik iemand anders dan Wim zoeken?" in await anna.taps("Liever iemand anders")
    assert "Wim komt je helpen." in await anna.taps("Nee, laat het zo")
    await anna.taps("Liever iemand anders")
    assert "Goed. Ik zoek iemand anders." in await anna.taps("Ja, zoek iemand anders")
    assert "Dorpsstraat" not in await wim.reads()


async def test_the_proposed_hour_is_refused_then_confirmed(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    assert "Wim stelt je nog een uur voor." in await anna.last_text()
    await proposes(wim, "15 uur")
    assert "Wim kan komen op dinsdag 24 november om 15 uur. Past dat voor jou?" in await anna.last_text()
    assert "Goed. Ik vraag een ander uur." in await anna.taps("Ander uur")
    await proposes(wim, "16 uur")
    card = await anna.taps("Dat past")
    assert "Wanneer: dinsdag 24 november om 16 uur" in card
    assert "Past dat" not in card


async def test_an_answer_counts_only_for_the_hour_that_was_read(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    await proposes(wim, "15 uur")
    old = await anna.last()
    assert "Dat past" in old.labels
    await wim.taps("Stel een ander uur voor")
    await wim.taps("16 uur")
    for button in old.buttons:
        if button["callback_data"].startswith(("1:confirm_time:", "1:refuse_time:")):
            text = await anna.forges(button["callback_data"])
            assert "Dat kan nu niet meer." in text
            assert "Wim kan komen op dinsdag 24 november om 16 uur. Past dat voor jou?" in text
    assert "Wanneer: dinsdag 24 november om 16 uur" in await anna.taps("Dat past")


async def test_it_is_done_says_the_resident_and_the_helper_is_asked(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    assert "Je zei dat het gelukt is. Ik wacht nog op het antwoord van Wim." in await says_done(anna)
    await wim.taps("Ja, gelukt")
    card = await anna.last_text()
    assert "Het is gelukt. Fijn!" in card
    assert "Dorpsstraat" not in card
    assert await anna.labels() == ["Schrijf naar Wim", "Nog eens vragen", "Bekijk mijn vragen"]


async def test_not_yet_shows_the_card_and_says_nothing_to_the_other(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    await wim.taps("Het is gedaan")
    assert "Dorpsstraat 12" in await wim.taps("Nee, nog niet")
    await anna.taps("Het is gedaan")
    assert "Wim komt je helpen." in await anna.taps("Nee, nog niet")
    assert "Is het gelukt" not in await anna.reads() + await wim.reads()


async def test_from_the_moment_on_it_is_done_with_one_tap(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    await town.jump(days=1, hours=5)
    await wim.taps("Het is gedaan")
    assert "Dank je wel voor je hulp! Ik wacht nog op het antwoord van Anna." in await wim.reads()


async def test_who_says_something_else_is_told_that_a_coordinator_looks(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    await town.jump(days=2)
    await anna.taps("Niet meer nodig")
    said = await wim.taps("Ja, gelukt")
    assert "Dank je om het te zeggen. Een coördinator bekijkt het." in said
    assert "Ik wacht" not in said
    assert "Een coördinator bekijkt het." in await wim.forges("1:task:1")
    assert "Een coördinator bekijkt het." in await anna.forges("1:request:1")


async def test_it_is_done_says_the_helper_and_hears_thanks(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    assert "Dank je wel voor je hulp! Ik wacht nog op het antwoord van Anna." in await says_done(wim)
    assert "Het is gelukt. Fijn!" in await anna.taps("Ja, gelukt")


async def test_nobody_waits_for_the_answer_of_who_cannot_be_asked(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    await town.jump(days=1, hours=5)
    await town.settled(await anna.actor.blocks())
    await wim.taps("Het is gedaan")
    assert "Dank je wel voor je hulp! Een coördinator bekijkt het." in await wim.reads()
    assert "Ik wacht" not in await wim.reads()


async def test_nobody_came_is_met_kindly_and_a_coordinator_looks(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    carla = await town.coordinator("Carla")
    code = await asks(anna)
    await wim.taps("Ik help")
    assert "Niemand kwam" not in await anna.labels()  # the afternoon is still to come
    assert "Het afgesproken moment is er nog niet." in await anna.forges("1:report:1:nobody_came")
    await town.jump(hours=29)
    await anna.writes("/mijnvragen")
    await anna.taps((await anna.labels())[0])
    await anna.taps("Niemand kwam")
    assert "Je zei dat er niemand kwam. Dat spijt ons. Een coördinator bekijkt het" in await anna.reads()
    assert code in await carla.last_text()


async def test_what_was_asked_is_not_for_others(town: Town):
    anna, eve = await town.resident("Anna"), await town.resident("Eve")
    await asks(anna, text="Geheim")
    for data in (
        "request:1",
        "cancel:1:yes",
        "change:1",
        "again:1",
        "agree:1",
        "prefer_other:1:yes",
        "confirm_time:1",
        "report:1:done",
    ):
        assert "Geheim" not in await eve.forges(f"1:{data}")
    await anna.writes("/mijnvragen")
    assert "Gestopt" not in await anna.last_text()


async def test_only_the_four_answers_can_be_given(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    for outcome in ("unmet", "cancelled", "splendid"):
        await anna.forges(f"1:report:1:{outcome}")
    await anna.writes("/mijnvragen")
    assert "Wim helpt je" in await anna.last_text()


async def test_a_late_or_double_tap_shows_how_it_stands(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna, know=True)
    wims = person_id(town, wim)
    for data in (
        f"agree:1:{wims}",
        f"prefer_other:1:{wims}",
        "confirm_time:1:20261124:1500",
        "refuse_time:1:20261124:1500",
    ):
        assert "Ik vraag het nu aan vrijwilligers" in await anna.forges(f"1:{data}")
    await wim.taps("Ik help")
    await anna.taps("Goed")
    assert "Wim komt je helpen." in await anna.forges(f"1:agree:1:{wims}")
    await says_done(anna)
    assert "Je zei dat het gelukt is." in await anna.forges("1:report:1:done")
    assert (await wim.reads()).count("Is het gelukt met Anna?") == 1
    await wim.taps("Ja, gelukt")
    assert "Het is gelukt. Fijn!" in await anna.forges("1:report:1:nobody_came")
    assert "Dank je wel voor je hulp!" in await wim.forges("1:report:1:done")
