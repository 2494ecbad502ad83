"""Changing one's mind, in every state and on both sides: each person concerned reads one true message, nobody two."""

from dataclasses import dataclass, field

import pytest

from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town

People = dict[str, Neighbour]


@dataclass
class Case:
    """`who` does `steps` at `stage` (">" before a step: it is typed). `hear`: one new message each, with these words.

    `see`: what stands in the newest message then, for those who got no new one. Everybody else gets nothing.
    """

    stage: str
    who: str
    steps: list[str]
    hear: dict[str, str] = field(default_factory=dict)
    see: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)  # whose card of it is deleted
    know: bool = False

    def __str__(self) -> str:
        return f"{self.stage}-{self.who}-{'-'.join(self.steps)}"


EVENING = ["Iets veranderen", "Wanneer", "Vandaag", "Avond 18–21"]
TEXT = ["Iets veranderen", "Wat precies", ">Drie broden"]
PLACE = ["Iets veranderen", "Waar", "Een andere plek", ">Bij mijn zus, Kerkstraat 1", "Centrum"]
ELSEWHERE = ["Iets veranderen", "Waar", "Een andere plek", ">Bij mijn zus, Kerkstraat 1", "Molenveld"]
NUMBER = ["Iets veranderen", "Telefoon", ">0470 12 34 56"]
STOP = ["Stop vraag", "Ja, stop"]
BACK = ["Ik kan niet meer", "Ja, geef terug"]
TONIGHT = "maandag 23 november, in de avond"

CASES = [
    # nobody helps yet
    Case("asked", "rosa", EVENING, see={"jef": TONIGHT, "mia": TONIGHT}),
    Case("asked", "rosa", TEXT, see={"rosa": "Drie broden", "jef": "Kan jij helpen?"}),
    Case("asked", "rosa", PLACE, see={"rosa": "Kerkstraat 1", "jef": "Kan jij helpen?"}),
    Case("asked", "rosa", NUMBER, see={"rosa": "0470 12 34 56"}),
    Case("asked", "rosa", STOP, gone=["jef", "mia"]),
    Case("asked", "jef", ["Deze keer niet"], see={"jef": "Goed, deze keer niet."}),
    Case(
        "asked",
        "jef",
        ["Deze keer niet", "Ik help toch"],
        hear={"rosa": "Jef komt je helpen."},
        see={"mia": "al iemand"},
    ),
    # somebody offered, the resident wants to know who
    Case("offered", "rosa", EVENING, hear={"jef": "ander moment"}, see={"mia": TONIGHT}, know=True),
    Case("offered", "rosa", ELSEWHERE, hear={"jef": "een andere plek"}, see={"mia": "Molenveld"}, know=True),
    Case("offered", "rosa", TEXT, see={"rosa": "Drie broden"}, know=True),
    Case("offered", "rosa", STOP, hear={"jef": "niet meer nodig"}, gone=["mia"], know=True),
    Case("offered", "rosa", ["Liever iemand anders"], hear={"jef": "niet meer", "mia": "Kan jij helpen?"}, know=True),
    Case(
        "offered",
        "jef",
        ["Ik kan toch niet", "Ja, geef terug"],
        hear={"rosa": "Jef kan toch niet komen.", "mia": "Kan jij helpen?"},
        know=True,
    ),
    # somebody helps
    Case("taken", "rosa", EVENING, hear={"jef": "Rosa koos een ander moment."}, see={"mia": TONIGHT}),
    Case("taken", "rosa", TEXT, hear={"jef": "Drie broden"}),
    Case("taken", "rosa", PLACE, hear={"jef": "Kerkstraat 1"}),
    Case("taken", "rosa", NUMBER, hear={"jef": "0470 12 34 56"}),
    Case("taken", "rosa", STOP, hear={"jef": "niet meer nodig"}, gone=["mia"]),
    Case(
        "taken",
        "rosa",
        ["Liever iemand anders", "Ja, zoek iemand anders"],
        hear={"jef": "niet meer", "mia": "Kan jij helpen?"},
    ),
    Case("taken", "jef", BACK, hear={"rosa": "Jef kan toch niet komen.", "mia": "Kan jij helpen?"}),
    Case("taken", "jef", ["Het is gedaan", "Ja, gedaan"], hear={"rosa": "Is het gelukt met Jef?"}),
    Case("taken", "rosa", ["Het is gedaan", "Ja, gedaan"], hear={"jef": "Is het gelukt"}),
]


async def people_at(town: Town, stage: str, *, know: bool) -> People:
    """A story up to that stage."""
    rosa, an = await town.resident("Rosa"), await town.coordinator("An")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks_at(rosa, "27/11", "14:00", know=know, what="Twee broden")
    if stage != "asked":
        await jef.taps("Ik help")
    return {"rosa": rosa, "an": an, "jef": jef, "mia": mia}


async def does(who: Neighbour, steps: list[str]) -> None:
    for step in steps:
        await (who.writes(step[1:]) if step.startswith(">") else who.taps(step))


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_everybody_concerned_reads_one_true_message(town: Town, case: Case) -> None:
    people = await people_at(town, case.stage, know=case.know)
    before = {name: [each.id for each in await who.messages()] for name, who in people.items()}
    await does(people[case.who], case.steps)
    for name, who in people.items():
        if name == case.who:
            continue
        news = [each for each in await who.messages() if each.id not in before[name]]
        assert len(news) == (name in case.hear), [each.text for each in news]
    for name in case.gone:
        assert [each.id for each in await people[name].messages()] == before[name][:-1]
    for name, words in {**case.hear, **case.see}.items():
        assert words in await people[name].last_text()


async def counts(people: People) -> dict[str, int]:
    return {name: len(await who.messages()) for name, who in people.items()}


async def test_stopping_twice_tells_nobody_twice(town: Town) -> None:
    people = await people_at(town, "taken", know=False)
    rosa, jef = people["rosa"], people["jef"]
    await rosa.taps("Stop vraag")
    sure = await rosa.last()
    await rosa.taps("Ja, stop")
    before = await counts(people)
    assert "Je stopte deze vraag." in await rosa.forges("1:cancel:1", sure)
    assert "Je stopte deze vraag." in await rosa.forges("1:cancel:1:yes", sure)
    assert await counts(people) == before
    assert "niet meer nodig" in await jef.last_text()


async def test_who_says_yes_after_the_end_reads_that_it_is_over(town: Town) -> None:
    people = await people_at(town, "asked", know=False)
    rosa, jef, mia = people["rosa"], people["jef"], people["mia"]
    offers = {"jef": await jef.last(), "mia": await mia.last()}
    await does(rosa, STOP)
    before = await counts(people)
    for name, who in (("jef", jef), ("mia", mia)):  # their cards are gone; taps that were under way are answered anew
        assert "niet meer nodig" in await who.forges("1:accept:1", offers[name])
        for data in ("1:reserve:1", "1:pass:1"):
            assert "niet meer nodig" in await who.forges(data, await who.last())
    assert await counts(people) == before | {name: before[name] + 1 for name in ("jef", "mia")}


async def test_the_helper_who_gave_back_can_help_after_all_while_nobody_does(town: Town) -> None:
    people = await people_at(town, "taken", know=False)
    rosa, jef, mia = people["rosa"], people["jef"], people["mia"]
    task = await jef.last()
    await does(jef, BACK)
    await jef.forges("1:accept:1", task)
    assert "Jef komt je helpen." in await rosa.last_text()
    assert "Dorpsstraat 12" in await jef.last_text()
    assert "Ik help" not in await mia.labels()


async def test_stopped_while_the_helper_is_on_the_way_is_told_at_once(town: Town) -> None:
    people = await people_at(town, "taken", know=False)
    rosa, jef = people["rosa"], people["jef"]
    await town.jump(wall("2026-11-27 13:50"))
    await rosa.forges("1:request:1")
    await does(rosa, STOP)
    assert (await told(jef, "niet meer nodig"))[-1] == "2026-11-27 13:50"
    await town.jump(wall("2026-11-28 18:00"))
    assert await told(jef, "Is het gelukt") == []
    assert await told(rosa, "Is het gelukt") == []


async def test_nobody_came_says_one_and_done_the_other(town: Town) -> None:
    people = await people_at(town, "taken", know=False)
    rosa, jef, an = people["rosa"], people["jef"], people["an"]
    await town.jump(wall("2026-11-27 17:00"))
    await jef.taps("Ja, gelukt")
    await rosa.taps("Niemand kwam")
    assert "Dat spijt ons." in await rosa.last_text()
    assert "Niemand kwam" not in await jef.reads(), "what the other said stays private"
    assert len(await told(an, "Er is gemeld dat er niemand kwam.")) == 1
    before = await counts(people)
    await rosa.forges("1:report:1:done")
    assert "Het is gelukt. Fijn!" in await rosa.last_text()
    assert await told(an, "Er is gemeld dat er niemand kwam.") == [], "it turned out well: nobody need look"
    after = await counts(people)
    assert after["an"] == before["an"]


async def agreed_at_three(town: Town) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "Namiddag 14–18")
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.writes("15u")
    await rosa.taps("Dat past")
    return rosa, jef


async def test_an_hour_that_was_agreed_can_be_changed_by_who_asked(town: Town) -> None:
    rosa, jef = await agreed_at_three(town)
    assert "15 uur" in await jef.last_text()
    before = len(await jef.messages())
    await does(rosa, ["Iets veranderen", "Wanneer", ">28/11", ">16u"])
    assert len(await jef.messages()) == before + 1
    assert "zaterdag 28 november om 16 uur" in await jef.last_text()
    await town.jump(wall("2026-11-27 23:00"))
    assert len(await told(jef, "Herinnering")) == 1
    assert "16 uur" in await jef.last_text()


async def test_a_helper_may_propose_another_hour_than_the_agreed_one(town: Town) -> None:
    rosa, jef = await agreed_at_three(town)
    before = len(await rosa.messages())
    await jef.taps("Stel een ander uur voor")
    said = await jef.writes("17u")
    assert "Tot dan blijft het afgesproken uur gelden." in said
    assert "om 15 uur" in said
    card = await rosa.last_text()
    assert len(await rosa.messages()) == before + 1
    assert "Jef komt liever op vrijdag 27 november om 17 uur. Past dat voor jou?" in card
    assert "codewoord" in card, "the hour that was agreed still stands"
    await rosa.taps("Dat past")
    assert "om 17 uur" in await jef.last_text()
    await town.jump(wall("2026-11-27 13:30"))
    assert "om 15 uur" not in await jef.last_text()
    await town.jump(wall("2026-11-27 16:00"))
    assert "17 uur" in await rosa.last_text()
    assert "Herinnering" in await rosa.last_text()


async def test_who_says_no_to_another_hour_keeps_the_agreed_one(town: Town) -> None:
    rosa, jef = await agreed_at_three(town)
    await jef.taps("Stel een ander uur voor")
    await jef.writes("17u")
    assert "Goed. Het blijft zoals afgesproken." in await rosa.taps("Nee, laat het zo")
    assert "Het andere uur past niet voor Rosa: het blijft zoals afgesproken." in await jef.last_text()
    assert "om 15 uur" in await jef.last_text()
    await town.jump(wall("2026-11-27 13:30"))
    assert "Herinnering" in await rosa.last_text()
    assert "15 uur" in await rosa.last_text()


async def test_without_an_answer_the_agreed_hour_stays(town: Town) -> None:
    rosa, jef = await agreed_at_three(town)
    await jef.taps("Stel een ander uur voor")
    await jef.writes("10u")
    await town.jump(wall("2026-11-27 10:05"))
    assert "antwoordde niet" in await jef.last_text()
    assert "om 15 uur" in await jef.last_text()
    assert "om 15 uur" in await rosa.last_text()
    assert "Past dat voor jou?" not in await rosa.last_text()


async def test_after_the_hour_no_other_one_is_proposed_and_it_says_so(town: Town) -> None:
    _, jef = await agreed_at_three(town)
    card = await jef.last()
    await town.jump(wall("2026-11-27 15:10"))
    proposes = next(b["callback_data"] for b in card.buttons if b["text"] == "Stel een ander uur voor")
    assert "Het is te laat om een ander uur voor te stellen." in await jef.forges(proposes)


async def test_who_says_how_it_went_takes_back_what_they_proposed(town: Town) -> None:
    rosa, jef = await agreed_at_three(town)
    await jef.taps("Stel een ander uur voor")
    await jef.writes("28/11 10u")
    asks = await rosa.last()
    await town.jump(wall("2026-11-27 16:30"))
    await jef.taps("Ik kon niet komen")
    suits = next(b["callback_data"] for b in asks.buttons if b["text"] == "Dat past")
    await rosa.forges(suits)
    assert "zaterdag 28 november" not in await jef.last_text()
    await town.jump(wall("2026-11-28 10:05"))
    assert "is voorbij" not in await rosa.reads(), "no proposal lapses any more"


async def test_who_offered_reads_the_new_neighbourhood_and_still_no_address(town: Town) -> None:
    people = await people_at(town, "offered", know=True)
    await does(people["rosa"], ELSEWHERE)
    shown = await people["jef"].last_text()
    assert "Wijk: Molenveld" in shown
    assert "Kerkstraat" not in await people["jef"].reads()
    assert "Wijk: Centrum" not in shown
