"""Who just types, and may write to somebody now, is asked whether it is for them: no answer gets lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.letter import Letter, LetterState
from tests.support.asking import asks
from tests.support.raw import raw_message
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


async def writes_to(who: Neighbour, words: str) -> None:
    """Somebody who helps, or is helped, writes to the other side."""
    await who.taps("Stuur een bericht")
    await who.writes(words)


async def test_what_is_typed_right_below_a_message_goes_to_who_wrote_it(town: Town) -> None:
    anna, mieke = await together(town)
    await writes_to(mieke, "Welk brood wil je?")
    await town.jump(minutes=29)
    assert await anna.writes("Een grijs brood, merci!") == "Naar Mieke gestuurd.\n\nEen grijs brood, merci!"
    assert (await anna.labels())[0] == "Dat was een nieuwe vraag"
    assert await mieke.last_text() == "Anna schrijft:\n\nEen grijs brood, merci!"
    assert await mieke.writes("Komt in orde") == "Naar Anna gestuurd.\n\nKomt in orde"
    assert await anna.last_text() == "Mieke schrijft:\n\nKomt in orde"
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Anna" not in await mieke.reads(), "the name leaves with the task"


async def test_an_answer_that_was_none_becomes_a_question_with_one_tap(town: Town) -> None:
    anna, mieke = await together(town)
    await writes_to(mieke, "Tot morgen!")
    await anna.writes("Kan je dinsdag mijn gras maaien?")
    assert "Ik begrijp: Tuin, morgen." in await anna.taps("Dat was een nieuwe vraag")


async def test_somebody_reads_on_in_another_language_and_answers_below(town: Town) -> None:
    anna, mieke = await together(town)
    await writes_to(mieke, "Welk brood wil je?")
    await anna.taps("Français · Deutsch · English")
    assert "Naar Mieke gestuurd." in await anna.writes("Een grijs brood")


@pytest.mark.parametrize("between", ["later", "card", "words", "health"])
async def test_what_is_not_surely_an_answer_is_asked_about(town: Town, between: str) -> None:
    anna, mieke = await together(town)
    card, words = await anna.last(), "Een grijs brood"
    await writes_to(mieke, "Welk brood wil je?")
    if between == "later":
        await town.jump(minutes=31)
    elif between == "card":
        await anna.forges("1:home", card)
    elif between == "words":
        await anna.writes("Wit")
    else:
        words = "Wie kan de wonde aan mijn been verzorgen?"
    assert "Is dit voor Mieke?" in await anna.writes(words)
    assert words not in await mieke.reads()


async def test_what_was_typed_before_a_message_came_is_no_answer_to_it(town: Town) -> None:
    """The bot was away: what waited for it is read after what it sent first."""
    anna, mieke = await together(town)
    typed = await anna.last()
    await writes_to(mieke, "Welk brood wil je?")
    words = {"text": "De sleutel ligt onder de mat", "message_id": typed.json["message_id"]}
    assert "Is dit voor Mieke?" in await raw_message(town, anna, words)
    assert "sleutel" not in await mieke.reads()


async def test_where_two_wrote_just_now_it_is_asked_for_whom_it_is(town: Town) -> None:
    mieke, cara = await town.volunteer("Mieke"), await town.volunteer("Cara")
    anna = await town.resident("Anna")
    for helper in (mieke, cara):
        await asks(anna)
        await helper.taps("Ik help")
    await writes_to(mieke, "Waar ligt de sleutel?")
    await writes_to(cara, "Tot morgen!")
    await anna.writes("Onder de mat")
    assert {"Mieke: Boodschappen", "Cara: Boodschappen"} <= {*await anna.labels()}
    assert "mat" not in await cara.reads()


async def test_where_it_is_not_known_whether_the_message_of_another_arrived_it_is_asked(town: Town) -> None:
    mieke, cara = await town.volunteer("Mieke"), await town.volunteer("Cara")
    anna = await town.resident("Anna")
    for helper in (mieke, cara):
        await asks(anna)
        await helper.taps("Ik help")
    await writes_to(mieke, "Waar ligt de sleutel?")
    await writes_to(cara, "Tot morgen!")
    with town.session() as session, session.begin():
        here = select(Letter).where(Letter.person == town.person(session, anna)).order_by(Letter.id.desc())
        last = session.scalars(here.limit(1)).one()
        last.sent_at, last.message_id, last.body = None, None, {}
        last.state, last.attempts, last.not_before = LetterState.UNKNOWN, 1, town.clock.now() + timedelta(minutes=5)
    await anna.writes("Onder de mat")
    assert "mat" not in await mieke.reads()
    assert "mat" not in await cara.reads()


async def test_an_answer_to_who_helps_no_longer_goes_to_nobody_else(town: Town) -> None:
    anna, mieke = await together(town)
    cara = await town.volunteer("Cara")
    await writes_to(mieke, "Breng ik mijn zus mee?")
    await mieke.taps("Naar de taak")
    await mieke.taps("Ik kan niet meer")
    await mieke.taps("Ja, geef terug")
    await cara.taps("Ik help")
    meant = next(each for each in await anna.messages() if "zus" in each.text)
    for reply_to in (None, meant):
        await anna.does(anna.actor.writes("Ja, je zus mag mee", reply_to=reply_to))
        await anna.writes("stop")
        assert "zus" not in await cara.reads()


async def test_an_answer_to_the_coordinator_and_back_is_one_too(town: Town) -> None:
    an, anna = await town.coordinator("An"), await town.resident("Anna")
    await anna.writes("/help")
    await anna.taps("Schrijf de coördinator")
    await anna.writes("Wanneer bent u er?")
    assert await an.writes("Dinsdag") == "Naar Anna gestuurd.\n\nDinsdag"
    assert await anna.writes("Dank u wel") == "Naar de coördinator gestuurd.\n\nDank u wel"
    assert await an.last_text() == "Anna schrijft:\n\nDank u wel"


async def test_an_answer_at_night_says_when_it_arrives(town: Town) -> None:
    anna, mieke = await town.resident("Anna"), await town.volunteer("Mieke")
    await asks(anna, day="Maakt niet uit", part=None)
    await mieke.taps("Ik help")
    await town.jump(hours=10, minutes=50)
    await writes_to(mieke, "Past woensdag?")
    await town.jump(minutes=20)
    read = await anna.writes("Woensdag past")
    assert "Naar Mieke gestuurd. Het is nu nacht. Je bericht komt morgen om 8 uur aan." in read


async def test_a_clear_question_after_the_end_is_no_message_to_who_helped(town: Town) -> None:
    anna, mieke = await together(town)
    await writes_to(mieke, "Tot morgen!")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Ik begrijp: Tuin, morgen." in await anna.writes("Kan je dinsdag mijn gras maaien?")
    await anna.taps("Stoppen")
    assert "Is dit voor Mieke?" in await anna.writes("Kan je mijn gras maaien?"), "that may be for Mieke"
    await anna.taps("Stoppen")
    assert "Ik begrijp: Tuin." in await anna.writes("Kan iemand mijn gras maaien?"), "that is for anybody"


async def test_who_just_types_is_asked_whether_it_is_for_who_helps(town: Town) -> None:
    anna, mieke = await together(town)
    asked = await anna.writes("Een grijs brood, merci!")
    assert asked == "Je schreef: Een grijs brood, merci!\n\nIs dit voor Mieke?"
    assert await anna.labels() == ["Stuur het naar Mieke", "Stel een nieuwe vraag", "Stoppen"]
    assert "Een grijs brood" not in await mieke.reads(), "nothing goes before they say so"
    assert "Naar Mieke gestuurd." in await anna.taps("Stuur het naar Mieke")
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
    assert "Is dit voor Anna?" in await mieke.writes("Ik ben morgen tien minuten later")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Anna" not in await mieke.reads()
    await mieke.writes("/start")
    assert "Ik ben morgen tien minuten later" in await mieke.taps("Ga verder")


async def test_a_new_question_goes_on_with_what_was_understood(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Kan je dinsdag mijn gras maaien?")
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
    assert "Naar Mieke gestuurd." in await anna.writes("1")
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
    for who in (anna, rosa):
        await asks(who)
        await mieke.taps("Ik help")
    assert "Voor wie is dit?" in await mieke.writes("Ik ben morgen wat later")
    assert (await mieke.labels())[:2] == ["Anna: Boodschappen", "Rosa: Boodschappen"]
    assert "Naar Rosa gestuurd." in await mieke.taps("Rosa: Boodschappen")
    assert "wat later" in await rosa.last_text()
    assert "wat later" not in await anna.reads()


async def test_the_names_leave_with_the_first_of_several_tasks(town: Town) -> None:
    anna, rosa, mieke = await town.resident("Anna"), await town.resident("Rosa"), await town.volunteer("Mieke")
    for who in (anna, rosa):
        await asks(who)
        await mieke.taps("Ik help")
    await mieke.writes("Ik ben morgen wat later")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert not [label for each in await mieke.messages() for label in each.labels if "Anna" in label]
    assert "Anna" not in await mieke.reads()
    await mieke.writes("/start")
    await mieke.taps("Ga verder")
    assert (await mieke.labels())[:2] == ["Rosa: Boodschappen", "Anna: Boodschappen"], "what goes on comes first"


async def test_two_of_one_name_are_told_apart_and_who_cannot_be_reached_is_left_out(town: Town) -> None:
    mieke = await town.volunteer("Mieke")
    people = [await town.resident(name) for name in ("Rosa", "Rosa", "Lea")]
    codes = []
    for who in people:
        codes.append(await asks(who))
        await mieke.taps("Ik help")
    await people[2].does(people[2].actor.blocks())
    await mieke.writes("Ik ben morgen wat later")
    named = [f"Rosa: Boodschappen ({code})" for code in codes[:2]]
    assert (await mieke.labels())[:3] == [*named, "Stel een nieuwe vraag"]


async def test_who_was_erased_is_not_asked_about(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("/wissen")
    await anna.taps("Ja, wis alles")
    assert "Ik begrijp: Tuin" in await mieke.writes("Wie maait mijn gras?")


async def test_two_days_after_the_end_it_is_a_question_again(town: Town) -> None:
    anna, _ = await together(town)
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    await town.jump(hours=47)
    assert "Is dit voor Mieke?" in await anna.writes("Kan je mijn gras maaien?")
    await anna.taps("Stoppen")
    await town.jump(hours=2)
    assert "Ik begrijp: Tuin" in await anna.writes("Kan je mijn gras maaien?")


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
    await writes_to(mieke, "Past 14 uur?")
    await town.jump(minutes=31)
    assert await anna.writes(words) == f"Je schreef: {words}\n\nIs dit voor Mieke?"
    await anna.taps("Stuur het naar Mieke")
    assert await mieke.last_text() == f"Anna schrijft:\n\n{words}"


@pytest.mark.parametrize(
    ("kind", "received", "title"),
    [
        ("photo", "Ik heb je foto.", "Anna stuurt een foto."),
        ("voice", "Ik heb je spraakbericht.", "Anna stuurt een spraakbericht."),
    ],
)
async def test_a_photo_or_voice_message_goes_to_who_helps_with_its_words(
    town: Town, kind: str, received: str, title: str
) -> None:
    anna, mieke = await together(town)
    sends = anna.actor.sends_photo if kind == "photo" else anna.actor.sends_voice
    asked = await anna.does(sends(caption="Dit brood"))
    assert asked == (f"{received}\n\nJe schreef: Dit brood\n\nStuur ik het naar Mieke?")
    assert await anna.labels() == ["Stuur naar Mieke", "Stel een nieuwe vraag", "Stoppen"]
    assert not [each for each in await mieke.messages() if kind in each.json]
    assert "Naar Mieke gestuurd." in await anna.taps("Stuur naar Mieke")
    assert [each for each in await mieke.messages() if kind in each.json]
    assert await mieke.last_text() == f"{title}\n\nDit brood"
    assert "Naar Anna gestuurd." in await mieke.writes("Dat is goed"), "it is answered right below"
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert not [each for each in await mieke.messages() if kind in each.json], "it leaves with the task"
    assert "Anna" not in await mieke.reads()


async def test_a_photo_without_words_is_read_about_in_another_language_and_leaves_after_two_days(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.does(anna.actor.sends_photo())
    await anna.taps("Stuur naar Mieke")
    assert await mieke.last_text() == "Anna stuurt een foto."
    await mieke.taps("Français · Deutsch · English")
    assert await mieke.taps("Deutsch") == "Anna schickt ein Foto."
    await mieke.does(mieke.actor.sends_photo())
    await mieke.taps("Stuur naar Anna")
    assert [each for each in await anna.messages() if "photo" in each.json]
    await town.jump(hours=48)
    for who in (anna, mieke):
        assert not [each for each in await who.messages() if "photo" in each.json]


async def test_a_photo_for_a_new_question_begins_one(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.does(anna.actor.sends_photo("Wie maakt deze kraan?"))
    assert "Ik begrijp: Klusje in huis." in await anna.taps("Stel een nieuwe vraag")
    await anna.taps("Maakt niet uit")
    assert "Wat: Wie maakt deze kraan? (je foto)" in await anna.taps("Mijn thuis")
    assert not [each for each in await mieke.messages() if "photo" in each.json]


async def test_who_has_no_telegram_is_shown_no_photo(town: Town) -> None:
    anna, mieke = await together(town)
    with town.session() as session, session.begin():
        person = town.person(session, anna)
        person.telegram_id = person.telegram_key = None
    assert "Stuur naar" not in await mieke.does(mieke.actor.sends_photo("Wie maakt deze kraan?"))


async def test_the_code_of_a_bank_card_is_passed_on_to_nobody(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("Neem mijn bankkaart, de code is 1234")
    assert "Geef je code aan niemand." in await rosa.taps("Stuur het naar Jef")
    assert "1234" not in await jef.reads()
    await rosa.writes("Neem mijn bankkaart, ik bel je nog")
    assert "ik bel je nog" in await jef.last_text()


async def test_what_was_typed_long_before_does_not_go_along(town: Town) -> None:
    anna, mieke = await together(town)
    await anna.writes("Sorry, ik hoor het niet goed")
    await town.jump(minutes=20)
    asked = await anna.writes("Mijn bel is stuk, klop op het raam")
    assert "Dit is niet verstuurd: Sorry, ik hoor het niet goed" in asked
    assert "Je schreef: Mijn bel is stuk, klop op het raam" in asked
    await anna.taps("Stuur het naar Mieke")
    assert "klop op het raam" in await mieke.last_text()
    assert "hoor het niet goed" not in await mieke.reads()


async def test_it_can_be_for_the_coordinator_too(town: Town) -> None:
    an = await town.coordinator("An")
    anna, mieke = await together(town)
    await anna.writes("Ik wil iemand van het OCMW spreken, het gaat niet goed")
    assert "Naar de coördinator gestuurd." in await anna.taps("Schrijf de coördinator")
    assert "het gaat niet goed" in await an.last_text()
    assert "Toon de vraag" in await an.labels(), "about which question it is"
    assert "het gaat niet goed" not in await mieke.reads()


@pytest.mark.parametrize(("words", "says"), [("x" * 1001, "Dat is te lang"), ("Mijn pincode is 1234", "Geef je code")])
async def test_what_cannot_go_to_the_coordinator_as_it_is_is_asked_for_once_more(
    town: Town, words: str, says: str
) -> None:
    an = await town.coordinator("An")
    anna, _ = await together(town)
    told = await an.reads()
    await anna.writes(words)
    assert says in await anna.taps("Schrijf de coördinator")
    assert await an.reads() == told
