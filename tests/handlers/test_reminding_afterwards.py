"""Reminding: after the agreed end both are asked; silence is not "done"; a no-show is seen, kindly."""

import pytest

from tests.support.asking import asks
from tests.support.phoning import asks_for_who_calls
from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town


async def over(town: Town) -> tuple[Neighbour, Neighbour, Neighbour]:
    """An, Rosa and Jef; the moment has passed, and both were asked."""
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-24 16:30"))
    return an, rosa, jef


async def test_both_are_asked_after_the_end(town: Town) -> None:
    _, rosa, jef = await over(town)
    assert await rosa.last_text() == ("Boodschappen: dinsdag 24 november om 14 uur.\n\nIs het gelukt met Jef?")
    assert "Is het gelukt met Rosa?" in await jef.last_text()
    assert (await rosa.labels())[0] == "Ja, gelukt"
    assert "Niemand kwam" in await rosa.labels()
    assert "Ik kon niet komen" in await jef.labels()


async def test_who_was_asked_by_the_clock_is_not_asked_again_when_the_other_answers(town: Town) -> None:
    an, rosa, jef = await over(town)
    before = len(await jef.messages())
    await rosa.taps("Ja, gelukt")
    assert len(await jef.messages()) == before
    assert "Dank je wel voor je hulp!" in await jef.taps("Ja, gelukt")
    assert "Ik wacht" not in await jef.last_text()
    assert "Het is gelukt. Fijn!" in await rosa.last_text()
    assert "Dorpsstraat" not in await jef.reads()
    await town.jump(days=4)
    assert len(await told(rosa, "Is het gelukt")) == 0, "answered: the question stands nowhere any more"
    assert len(await told(an, "Boodschappen")) == 0


async def test_silence_is_asked_once_more_and_then_a_coordinator_looks(town: Town) -> None:
    an, rosa, jef = await over(town)
    await town.jump(wall("2026-11-27 12:00"))
    for who in (rosa, jef):
        assert len(await told(who, "Is het gelukt met")) == 2
        assert (await told(who, "Is het gelukt met"))[1] == "2026-11-25 18:00"
    assert await told(an, "Niemand zegt hoe het ging. Kan je Rosa schrijven?") == ["2026-11-26 10:00"]


async def test_the_silence_of_one_side_reaches_a_coordinator_too(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Ja, gelukt")
    await town.jump(wall("2026-11-27 12:00"))
    assert await told(rosa, "Is het gelukt met") == []
    assert len(await told(jef, "Is het gelukt met")) == 2
    assert await told(an, "Jef zegt niet hoe het ging. Kan je Jef schrijven?") == ["2026-11-26 10:00"]
    assert "Rosa: Het is gelukt\nJef: Nog geen antwoord\nTelefoon van Jef: niet gekend" in await an.last_text()
    assert "Niemand zegt" not in await an.writes("/open")
    assert "Rosa: Het is gelukt\nJef: Nog geen antwoord" in await an.last_text()
    await an.taps("Schrijf naar Jef")
    await an.writes("Is het gelukt?")
    assert "Is het gelukt?" in await jef.last_text()
    await jef.taps("Ja, gelukt")
    assert "Afgesloten: Het is gelukt." in await an.reads(), "an alert that is settled says so"
    assert "Het is gelukt. Fijn!" in await rosa.last_text()


async def test_nobody_came_is_met_kindly_and_a_coordinator_hears_it_once(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    assert "Je zei dat er niemand kwam. Dat spijt ons." in await rosa.last_text()
    assert await told(an, "Er is gemeld dat er niemand kwam.") == ["2026-11-24 16:30"]
    alerts = len(await an.messages())
    assert "Dank je dat je het zegt. Een coördinator kijkt verder." not in await jef.reads()
    await jef.taps("Ja, gelukt")
    assert len(await an.messages()) == alerts
    assert "Niemand kwam" not in await jef.last_text(), "what the other said stays private"


async def test_both_say_that_nobody_came_and_it_stays_with_the_coordinator(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    alert = await an.last_text()
    said = await jef.taps("Ik kon niet komen")
    assert "Dat kan gebeuren. Dank je dat je het zegt. Een coördinator kijkt verder." in said
    assert await an.last_text() == alert, "the promise stands, and nobody is troubled twice"
    assert "Er is gemeld dat er niemand kwam. Kan je Rosa schrijven?" in alert
    assert "Er is gemeld dat er niemand kwam." in await an.writes("/open")
    assert "Een coördinator bekijkt het" in await rosa.last_text()
    assert {"Schrijf de coördinator", "Nog eens vragen"} <= set(await rosa.labels())
    await town.jump(days=6)
    assert "Er is gemeld dat er niemand kwam." in await an.writes("/open"), "until somebody closes it"
    assert "Rosa: Niemand kwam\nJef: Ik kon niet komen" in await an.last_text()
    history = await an.taps((await an.labels())[0])
    assert "Jef kon niet komen" in history
    assert "Jef zegt" not in history
    await an.taps("Sluit af")
    await an.taps("Niemand kwam")
    assert "Er kwam niemand. Dat spijt ons." in await rosa.last_text()
    assert await told(an, "Kan je Rosa schrijven?") == [], "nobody need call any more"


async def test_the_number_of_who_waited_stands_on_the_alert(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    await asks_for_who_calls(an)
    await jef.taps("Ik help")
    await town.jump(days=4)
    await jef.taps("Ik kon niet komen")
    assert "Kan je Maria bellen?" in await an.last_text()
    assert "0470 12 34 56" in await an.last_text()


async def test_who_says_first_that_they_could_not_come_leaves_it_with_the_coordinator(town: Town) -> None:
    an, rosa, jef = await over(town)
    await town.jump(wall("2026-11-24 22:30"))
    await jef.taps("Ik kon niet komen")
    await rosa.taps("Niemand kwam")
    assert "Je zei dat er niemand kwam. Dat spijt ons." in await rosa.last_text()
    await town.jump(wall("2026-11-25 09:00"))
    assert len(await told(an, "Er is gemeld dat er niemand kwam.")) == 1


async def test_what_cannot_be_done_in_time_any_more_is_not_given_back(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    assert "Is het gelukt met Rosa?" in await jef.forges("1:give_back:1")
    assert "Een coördinator kijkt verder." in await jef.taps("Ik kon niet komen")
    assert "Een coördinator kijkt verder." in await jef.forges("1:hand_back:1")
    assert "Er is gemeld dat er niemand kwam." in await an.writes("/open")


async def test_after_it_was_closed_because_nobody_came_both_know_the_way_to_the_coordinator(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    assert "De bewoner vertelde het anders dan jij" in await jef.taps("Ja, gelukt")
    await an.writes("/open")
    assert "Rosa: Niemand kwam\nJef: Het is gelukt" in await an.last_text()
    await an.taps((await an.labels())[0])
    await an.taps("Sluit af")
    assert "Jef: Het is gelukt" in await an.taps("Niemand kwam")
    assert "Er kwam niemand. Dat spijt ons." in await rosa.last_text()
    assert "Schrijf de coördinator" in await rosa.labels()
    assert "De bewoner vertelde het anders dan jij, misschien is het een misverstand." in await jef.last_text()
    assert "Niemand kwam" not in await jef.last_text()
    await jef.taps("Schrijf de coördinator")
    await jef.writes("Ik stond aan de deur.")
    assert "Ik stond aan de deur." in await an.last_text()


async def test_who_said_the_same_reads_no_word_of_a_misunderstanding(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    await jef.taps("Ik kon niet komen")
    await an.forges("1:close_with:1:nobody_came")
    assert "misverstand" not in await jef.reads()


async def test_whoever_is_chosen_anew_and_did_not_come_before_stands_last_with_a_warning(town: Town) -> None:
    an, rosa, jef = await over(town)
    await town.volunteer("Zoë")
    await rosa.taps("Niemand kwam")
    await asks(rosa)
    await an.forges("1:assign:2")
    assert (await an.labels())[:2] == ["Zoë (past)", "Jef (kwam niet)"]
    warning = "Let op: Jef kwam eerder niet bij Rosa, zegt een van de twee."
    assert warning in await an.taps("Jef (kwam niet)")
    await jef.taps("Ja, gelukt")
    await rosa.forges("1:report:1:done")
    await an.forges("1:assign:2")
    assert (await an.labels())[:2] == ["Jef (past)", "Zoë (past)"], "it went well after all"


async def test_that_somebody_else_came_then_is_not_to_their_credit(town: Town) -> None:
    an, rosa, _ = await over(town)
    zoe = await town.volunteer("Zoë")
    await rosa.taps("Niemand kwam")
    await an.forges("1:assign:1")
    await an.taps("Zoë (past)")
    await an.taps("Ja, kies Zoë")
    await rosa.forges("1:report:1:done:yes")
    await zoe.forges("1:report:1:done:yes")
    assert "Het is gelukt. Fijn!" in await rosa.reads()
    await asks(rosa)
    await an.forges("1:assign:2")
    assert "Jef (kwam niet)" in await an.labels()


async def test_asked_once_more_the_first_question_stays_with_the_coordinator(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niemand kwam")
    await jef.taps("Ik kon niet komen")
    await rosa.taps("Nog eens vragen")
    assert "Op welke dag wil je hulp?" in await rosa.last_text()
    assert "Er is gemeld dat er niemand kwam." in await an.writes("/open")


async def test_where_they_disagree_a_coordinator_looks(town: Town) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps("Niet meer nodig")
    await jef.taps("Ja, gelukt")
    assert "De twee zeggen iets anders over hoe het ging." in await an.last_text()


async def test_done_early_the_other_side_is_asked_and_nobody_is_reminded(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    await jef.taps("Ik help")
    await jef.taps("Het is gedaan")
    await jef.taps("Ja, gedaan")
    assert "Is het gelukt met Jef?" in await rosa.last_text()
    await town.jump(wall("2026-11-25 13:00"))
    assert await told(rosa, "Herinnering") == await told(jef, "Herinnering") == []
    await rosa.taps("Ja, gelukt")
    assert "Het is gedaan. Dank je wel voor je hulp!" in await jef.last_text()


@pytest.mark.parametrize(
    ("says", "agrees", "ends"),
    [
        ("Ja, gelukt", "Ja, gelukt", "Het is gelukt. Fijn!"),
        ("Een deel is gelukt", "Een deel is gelukt", "Een deel is gelukt."),
        ("Niemand kwam", "Ik kon niet komen", "Een coördinator bekijkt het"),
        ("Niet meer nodig", "Niet meer nodig", "Het was niet meer nodig."),
    ],
)
async def test_each_of_the_four_answers_ends_or_is_looked_at(town: Town, says: str, agrees: str, ends: str) -> None:
    an, rosa, jef = await over(town)
    await rosa.taps(says)
    await jef.taps(agrees)
    assert ends in await rosa.last_text()
    assert "Nog eens vragen" in await rosa.labels()
    assert ("Er is gemeld dat er niemand kwam." in await an.last_text()) == (says == "Niemand kwam")
