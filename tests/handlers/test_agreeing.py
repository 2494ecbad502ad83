"""Whoever is asked something may just say yes or no, in all our languages: that does what the buttons do."""

import pytest
from sqlalchemy import select

from handlers.everyone.agreeing import means
from models import Request, State
from tests.support.asking import asks
from tests.support.raw import message
from tests.support.town import Neighbour, Town

YES = ("ja", "Ja graag!", "oui, avec plaisir", "yes please")
GOOD = ("ja dat is goed", "goed", "Oui, c’est bon", "d'accord", "Das ist gut", "ok")
I_HELP = ("Ja, ich helfe", "ja ich mache das gern", "Ja hoor, ik doe dat graag", "je viens", "ik kan")
NO = ("nee", "Non merci", "Nee sorry, deze keer niet", "ich kann leider nicht")


async def asked_who_helps(town: Town, *, know: bool = False) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, know=know)
    return rosa, jef


async def asked_whether_he_may(town: Town) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await asked_who_helps(town, know=True)
    await jef.taps("Ik help")
    assert "Is dat goed?" in await rosa.last_text()
    return rosa, jef


HELP, GOOD_OR_NOT, HOUR = ("accept", "pass"), ("agree", "prefer_other"), ("confirm_time", "refuse_time")
ALL = (HELP, GOOD_OR_NOT, HOUR)


@pytest.mark.parametrize(
    ("words", "questions", "at"),
    [
        *((words, ALL, 0) for words in YES),
        *((words, (HELP,), 0) for words in I_HELP),
        *((words, (GOOD_OR_NOT, HOUR), 0) for words in GOOD),
        *((words, ALL, 1) for words in ("nee", "plutôt pas", "nein danke", "Non merci")),
        *((words, (HELP, HOUR), 1) for words in (*NO, "Ik kan dan niet", "je ne peux pas", "deze keer niet")),
    ],
)
def test_each_answer_means_a_button(words: str, questions: tuple[tuple[str, str], ...], at: int) -> None:
    for question in questions:
        assert means(words, question) == question[at]


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        *((words, (HELP,)) for words in ("ok", "goed", "Kan ik morgen helpen?", "ja maar pas om 18 uur")),
        *((words, (GOOD_OR_NOT,)) for words in ("Ik kan dan niet", "je ne peux pas", "deze keer niet")),
        *((words, ALL) for words in ("Is dat goed?", "Ça va ?", "ok?", "c'est", "het regent")),
    ],
)
def test_other_words_mean_none(words: str, questions: tuple[tuple[str, str], ...]) -> None:
    assert [means(words, question) for question in questions] == [None] * len(questions)


async def test_who_is_asked_to_help_helps(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    assert "Dorpsstraat 12" in await jef.writes("Ja graag!")
    assert "Jef komt je helpen" in await rosa.reads()


async def test_or_not_this_time(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    assert "Dorpsstraat 12" not in await jef.writes("ich kann leider nicht")
    assert "Jef" not in await rosa.reads()
    assert "Ik help" not in await jef.labels()


async def test_what_promises_nothing_is_no_help(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    await jef.writes("ja maar pas om 18 uur")
    assert "Jef komt je helpen" not in await rosa.reads()


async def test_who_may_say_whether_that_is_good_says_it(town: Town) -> None:
    rosa, jef = await asked_whether_he_may(town)
    await rosa.writes("Oui, c’est bon")
    assert "Dorpsstraat 12" in await jef.reads()


async def test_or_would_rather_have_somebody_else(town: Town) -> None:
    rosa, jef = await asked_whether_he_may(town)
    await rosa.writes("nein danke")
    assert "Dorpsstraat 12" not in await jef.reads()
    assert "Is dat goed?" not in await rosa.last_text()


async def test_an_hour_that_is_proposed_suits(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.writes("15 uur")
    assert "Past dat voor jou?" in await rosa.last_text()
    await rosa.writes("Ja, dat past")
    assert "om 15 uur" in await jef.last_text()


async def test_yes_answers_what_stands_lowest(town: Town) -> None:
    rosa, _ = await asked_whether_he_may(town)
    await rosa.writes("/privacy")
    await rosa.writes("ja")
    assert "Is dat goed?" in await rosa.reads(), "it was said to something else"


async def test_who_cannot_at_that_moment_refuses_nobody(town: Town) -> None:
    rosa, jef = await asked_whether_he_may(town)
    await rosa.writes("Ik kan dan niet")
    assert "zoek" not in await jef.last_text()
    assert "Tik op het antwoord dat past." in await rosa.last_text()
    assert (await rosa.labels())[:3] == ["Goed", "Liever iemand anders", "Iets veranderen"], "and it is no new question"


async def test_who_asks_back_says_no_yes(town: Town) -> None:
    rosa, jef = await asked_whether_he_may(town)
    assert "Tik op het antwoord dat past." in await rosa.writes("Goed?")
    assert "Dorpsstraat 12" not in await jef.reads()


@pytest.mark.parametrize("words", ["ja", "Goed"])
async def test_what_was_typed_before_the_question_came_is_no_answer_to_it(town: Town, words: str) -> None:
    rosa, jef = await asked_whether_he_may(town)
    before = min(each.id for each in await rosa.messages())
    late = message(town, rosa, {"text": words, "message_id": before})
    await town.settled(await town.phones.raw({"message": late}))
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_an_old_draft_does_not_swallow_the_answer_to_what_came_since(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    await jef.taps("Ik help")
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    await town.jump(hours=2)
    await jef.taps("Stel een uur voor")
    await jef.writes("15 uur")
    await rosa.writes("passt, danke")
    assert "om 15 uur" in await jef.last_text()


async def test_a_draft_of_just_now_does_not_swallow_the_answer_right_below_the_news(town: Town) -> None:
    rosa, jef = await asked_who_helps(town)
    await jef.taps("Ik help")
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    await jef.taps("Stel een uur voor")
    await jef.writes("15 uur")
    assert "Op welke dag" in await rosa.writes("De haag scheren"), "other words go on with the question"
    await jef.taps("Stel een ander uur voor")
    await jef.writes("16 uur")
    await rosa.writes("dat past")
    assert "om 16 uur" in await jef.last_text()
    assert "Welk moment past jou morgen?" in await rosa.writes("morgen"), "and the draft is still there"


@pytest.mark.parametrize("words", ["ok", "Goed", "ja", "nee", "ok bedankt"])
async def test_who_said_no_is_not_shown_the_question_again_for_a_polite_word(town: Town, words: str) -> None:
    _, jef = await asked_who_helps(town)
    await jef.taps("Deze keer niet")
    assert "Tik op het antwoord dat past." not in await jef.writes(words)


async def test_go_ahead_is_a_yes(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/wissen")
    assert "is gewist" in await rosa.writes("Ja, doe maar")


@pytest.mark.parametrize(("language", "words"), [("nl", "ja"), ("fr", "oui désolé"), ("de", "Ja, leider")])
async def test_yes_to_what_a_tap_further_up_asked_does_it(town: Town, language: str, words: str) -> None:
    """A tap changes the message that it is below, and other messages stand between it and what is typed."""
    rosa, jef = await asked_who_helps(town)
    card = await rosa.last()
    await rosa.writes("/privacy")
    await rosa.actor.speaks(language)
    await rosa.taps("Stop vraag", on=card)
    assert "Boodschappen" in await jef.reads()
    await rosa.writes(words)
    assert "Boodschappen" not in await jef.reads(), "the question is stopped, and nobody is asked any more"


@pytest.mark.parametrize(
    "words",
    [
        "oui je veux bien",
        "Na klar, mach ich!",
        "gerne",
        "d'accord, je peux le faire",
        "Das kann ich übernehmen",
        "doe ik",
    ],
)
def test_a_volunteer_says_yes_in_many_ways(words: str) -> None:
    assert means(words, HELP) == "accept"


@pytest.mark.parametrize(
    "words", ["désolé, je n'ai pas le temps", "Ik heb geen tijd, sorry", "Ich habe leider keine Zeit"]
)
def test_and_no(words: str) -> None:
    assert means(words, HELP) == "pass"


@pytest.mark.parametrize("words", ["oui d'accord, merci Jef", "das passt leider"])
async def test_a_yes_with_more_words_leads_back_to_the_question(town: Town, words: str) -> None:
    rosa, _ = await asked_whether_he_may(town)
    assert "Tik op het antwoord dat past." in await rosa.writes(words)
    assert (await rosa.labels())[:2] == ["Goed", "Liever iemand anders"]


@pytest.mark.parametrize("words", ["ja, maar om 15 uur", "Goed, ik heb iemand nodig voor boodschappen"])
async def test_a_yes_that_asks_for_more_is_no_answer(town: Town, words: str) -> None:
    rosa, _ = await asked_whether_he_may(town)
    assert "Tik op het antwoord dat past." not in await rosa.writes(words)


@pytest.mark.parametrize("words", ["ik kan vandaag niet komen", "je viens un peu plus tard", "ich komme etwas später"])
async def test_what_a_helper_says_of_a_task_is_no_answer_to_the_offer_below_it(town: Town, words: str) -> None:
    _, jef = await asked_who_helps(town)
    await jef.taps("Ik help")
    await asks(await town.resident("Lea"))
    assert "Ik help" in await jef.labels()
    assert "Tik op het antwoord dat past." not in await jef.writes(words)


@pytest.mark.parametrize("words", ["das kann ich leider", "graag, helaas"])
def test_with_regret_is_no_yes(words: str) -> None:
    assert means(words, HELP) is None


async def test_yes_below_news_does_not_do_what_a_tap_asked_further_up(town: Town) -> None:
    """It may be said to the news: nothing is done, and they are asked to tap."""
    rosa = await town.resident("Rosa")
    await asks(rosa)
    first = await rosa.last()
    jef = await town.volunteer("Jef")
    await asks(rosa, know=True)
    await jef.taps("Ik help")
    assert "Is dat goed?" in await rosa.last_text()
    await rosa.taps("Stop vraag", on=first)
    assert "Tik op het antwoord dat past." in await rosa.writes("ja")
    assert "Dorpsstraat 12" not in await jef.reads()
    with town.session() as session:
        assert all(each.state is not State.ENDED for each in session.scalars(select(Request)))


@pytest.mark.parametrize("words", ["ja ik help", "ja, ik kom graag"])
async def test_who_is_asked_twice_sees_first_what_they_promise(town: Town, words: str) -> None:
    """Two offers stand there: words may be meant for either, and a promise to the wrong one is worse than a tap."""
    anna, rosa = await town.resident("Anna"), await town.resident("Rosa")
    jef = await town.volunteer("Jef")
    await asks(anna)
    await asks(rosa, part="Avond 18–21")
    said = await jef.writes(words)
    assert "Tik op het antwoord dat past." in said
    assert "in de avond" in said
    assert "Ik help" in await jef.labels()
    assert "Codewoord:" in await jef.writes(words), "it stands right above now"
    await rosa.writes("/mijnvragen")
    assert "Jef" in await rosa.last_text()
