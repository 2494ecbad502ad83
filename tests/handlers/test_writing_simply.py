"""Who just types, and may write to somebody now, is asked whether it is for them: no answer gets lost."""

import pytest

from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def together(town: Town, language: str = "nl") -> tuple[Neighbour, Neighbour]:
    """Anna asked, Mieke helps."""
    anna, mieke = await town.resident("Anna"), await town.volunteer("Mieke")
    await asks(anna)
    await mieke.taps("Ik help")
    if language != "nl":
        with town.session() as session, session.begin():
            town.person(session, anna).language = language
    return anna, mieke


async def test_an_answer_that_is_just_typed_reaches_who_wrote(town: Town) -> None:
    anna, mieke = await together(town)
    await mieke.taps("Stuur een bericht")
    await mieke.writes("Welk brood wil je?")
    asked = await anna.writes("Een grijs brood, merci!")
    assert asked == "Je schreef: Een grijs brood, merci!\n\nIs dit voor Mieke, of is het een nieuwe vraag?"
    assert await anna.labels() == ["Stuur het naar Mieke", "Stel een nieuwe vraag", "Stoppen"]
    assert "Een grijs brood" not in await mieke.reads(), "nothing goes before they say so"
    assert "Je bericht is verstuurd." in await anna.taps("Stuur het naar Mieke")
    assert await mieke.last_text() == "Anna schrijft:\n\nEen grijs brood, merci!"


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("nl", "Kan Mieke ook melk meebrengen?", "Stuur het naar Mieke"),
        ("nl", "Dank u wel Mieke, tot morgen", "Stuur het naar Mieke"),
        ("fr", "Un pain gris, merci !", "Envoyer à Mieke"),
        ("de", "Ein graues Brot, danke!", "An Mieke senden"),
        ("en", "Could you bring milk too?", "Send it to Mieke"),
    ],
)
async def test_it_is_asked_in_every_language(town: Town, language: str, words: str, label: str) -> None:
    anna, mieke = await together(town, language)
    assert words in await anna.writes(words)
    await anna.taps(label)
    assert (await mieke.last_text()).endswith(f"schrijft:\n\n{words}")


async def test_who_helps_is_asked_too_and_the_name_leaves_with_the_task(town: Town) -> None:
    anna, mieke = await together(town)
    assert "Is dit voor Anna," in await mieke.writes("Ik ben morgen tien minuten later")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Anna" not in await mieke.reads()
    await mieke.writes("/start")
    assert "Ik ben morgen tien minuten later" in await mieke.taps("Ga verder")


async def test_a_new_question_goes_on_with_what_was_understood(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Kan iemand dinsdag mijn gras maaien?")
    read = await anna.taps("Stel een nieuwe vraag")
    assert "Ik begrijp: Tuin, morgen." in read
    assert "gras" not in await mieke.reads()


async def test_who_types_on_says_more_and_yes_and_no_are_answers(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Kan er ook melk bij?")
    assert "Je schreef: Kan er ook melk bij?\nTwee flessen" in await anna.writes("Twee flessen")
    await anna.writes("ja")
    assert await mieke.last_text() == "Anna schrijft:\n\nKan er ook melk bij?\nTwee flessen"
    await anna.writes("Wie maait mijn gras?")
    assert "Ik begrijp: Tuin" in await anna.writes("Nee")


async def test_what_was_changed_meanwhile_is_sent_as_it_is_now(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Een grijs brood")
    mine = [message for message in await anna.actor.chat() if message.outgoing][-1]
    assert "Een wit brood" in await anna.does(anna.actor.edits(mine, "Een wit brood"))
    await anna.writes("stuur het naar mieke")
    assert await mieke.last_text() == "Anna schrijft:\n\nEen wit brood"


async def test_the_words_wait_over_a_restart_and_a_number_chooses(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Een grijs brood")
    await town.restart()
    assert "Je bericht is verstuurd." in await anna.writes("1")
    assert "Een grijs brood" in await mieke.last_text()


async def test_stopping_sends_nothing_to_anybody(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Een grijs brood")
    assert "Gestopt. Er is niets verstuurd." in await anna.writes("stop")
    assert "grijs" not in await mieke.reads()


async def test_what_is_too_long_is_asked_again_as_always(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Brood " * 200)
    assert "Dat is te lang: 1199 tekens." in await anna.taps("Stuur het naar Mieke")
    await anna.writes("Grijs brood")
    assert await mieke.last_text() == "Anna schrijft:\n\nGrijs brood"


async def test_who_cannot_be_reached_is_said_and_the_coordinator_offered(town: Town) -> None:
    anna, mieke = await together(town)
    await mieke.does(mieke.actor.blocks())
    await anna.writes("Een grijs brood")
    assert "Ik kan je bericht nu niet bezorgen" in await anna.taps("Stuur het naar Mieke")
    assert "Schrijf de coördinator" in await anna.labels()


async def test_what_was_for_one_helper_never_goes_to_the_next(town: Town) -> None:
    anna, mieke = await together(town)
    cara = await town.volunteer("Cara")
    await anna.writes("Mieke, breng je zus mee?")
    await mieke.taps("Ik kan niet meer")
    await mieke.taps("Ja, geef terug")
    await cara.taps("Ik help")
    question = next(each for each in reversed(await anna.messages()) if "breng je zus mee" in each.text)
    await anna.taps("Stuur het naar Mieke", on=question)
    assert "Je bericht is niet verstuurd." in await anna.reads()
    assert "zus" not in await cara.reads()


async def test_where_several_may_be_meant_each_has_a_button(town: Town) -> None:
    anna, rosa, mieke = await town.resident("Anna"), await town.resident("Rosa"), await town.volunteer("Mieke")
    codes = []
    for who in (anna, rosa):
        codes.append(await asks(who))
        await mieke.taps("Ik help")
    assert "Voor wie is dit?" in await mieke.writes("Ik ben morgen wat later")
    sends = [label for label in await mieke.labels() if label.startswith("Stuur")]
    assert sends == [f"Stuur het voor {code}: Boodschappen" for code in codes], "the name leaves with the task"
    await mieke.taps(sends[1])
    assert "wat later" in await rosa.last_text()
    assert "wat later" not in await anna.reads()


async def test_two_days_after_the_end_it_is_a_question_again(town: Town) -> None:
    anna, _ = await together(town)
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    await town.jump(hours=47)
    assert "Is dit voor Mieke," in await anna.writes("Kan iemand mijn gras maaien?")
    await anna.taps("Stoppen")
    await town.jump(hours=2)
    assert "Ik begrijp: Tuin" in await anna.writes("Kan iemand mijn gras maaien?")


async def test_small_talk_and_who_only_offered_go_on_as_before(town: Town) -> None:
    anna, mieke = await town.resident("Anna"), await town.volunteer("Mieke")
    await asks(anna, know=True)
    await mieke.taps("Ik help")
    assert "Ik begrijp: Tuin" in await anna.writes("Wie maait mijn gras?"), "nobody is agreed yet"
    await anna.writes("stop")
    await anna.taps("Goed")
    assert "Graag gedaan." in await anna.writes("merci")
    assert "Dag Anna" in await anna.writes("Hallo")


@pytest.mark.parametrize("words", ["ja", "Ok", "14", "👍"])
async def test_a_short_answer_counts_below_what_somebody_wrote(town: Town, words: str) -> None:
    anna, mieke = await together(town)
    assert "Is dit voor Mieke" not in await anna.writes(words), "nobody asked anything"
    await mieke.taps("Stuur een bericht")
    await mieke.writes("Past 14 uur?")
    assert await anna.writes(words) == f"Je schreef: {words}\n\nIs dit voor Mieke, of is het een nieuwe vraag?"
    await anna.taps("Stuur het naar Mieke")
    assert await mieke.last_text() == f"Anna schrijft:\n\n{words}"
