""" "Edges of Telegram": what a message can be besides a few words."""

import pytest

from simulator.actors import Message
from tests.support.asking import asks
from tests.support.raw import raw_message
from tests.support.town import Neighbour, Town


async def own(who: Neighbour, words: str) -> Message:
    return next(each for each in reversed(await who.actor.chat()) if each.outgoing and words in each.text)


async def edits(who: Neighbour, old: str, new: str) -> str:
    return await who.does(who.actor.edits(await own(who, old), new))


# ── messages that are changed ──


async def test_a_changed_message_changes_the_draft_and_says_so_once(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    before = len(await anna.messages())
    text = await edits(anna, "gras", "Kan iemand mijn haag snoeien?")
    assert text.startswith("Je paste je bericht aan. Ik paste het hier ook aan.")
    assert "Op welke dag" in text
    assert len(await anna.messages()) == before + 1
    await anna.taps("Maakt niet uit")
    assert "Wat: Kan iemand mijn haag snoeien?" in await anna.taps("Mijn thuis")


async def test_what_was_answered_after_it_stays(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    await anna.taps("Morgen")
    await anna.writes("14u30")
    await edits(anna, "Melk", "Melk en kaas")
    await edits(anna, "14u30", "15u30")
    summary = await anna.taps("Mijn thuis")
    assert "Wat: Melk en kaas\nWanneer: dinsdag 24 november om 15.30 uur" in summary
    await anna.taps("Terug")
    await anna.taps("Terug")
    await anna.taps("Terug")
    assert "Wat heb je precies nodig?" not in await anna.last_text(), "going back does not bring the old words"


async def test_a_changed_answer_that_was_refused_counts_as_the_answer(town: Town) -> None:
    anna = await town.resident("Anna", home=False)
    await anna.writes("/vraag gras maaien")
    for label in ("Maakt niet uit", "Mijn thuis"):
        await anna.taps(label)
    assert "Het huisnummer ontbreekt." in await anna.writes("Centrumstraat")
    assert "deurbel" in await edits(anna, "Centrumstraat", "Centrumstraat 5")


async def test_a_change_that_cannot_be_an_answer_keeps_the_earlier_one(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk")
    await anna.taps("Morgen")
    await anna.writes("14u30")
    assert "tussen 7 en 21" in await edits(anna, "14u30", "23u")
    assert "om 14.30 uur" in await anna.taps("Mijn thuis")


async def test_an_answer_that_was_replaced_since_does_not_come_back(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    await anna.taps("Terug")
    await anna.writes("Kaas")
    assert "Wat ik al doorgaf, blijft zoals het was." in await edits(anna, "Melk", "Melk en boter")
    await anna.taps("Maakt niet uit")
    assert "Wat: Kaas\n" in await anna.taps("Mijn thuis")


async def who_changed_milk_into_cheese(town: Town) -> Neighbour:
    """On the summary, before it is sent."""
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk")
    for label in ("Maakt niet uit", "Mijn thuis", "Iets veranderen", "Wat precies"):
        await anna.taps(label)
    await anna.writes("Kaas")
    return anna


async def test_what_was_changed_on_the_summary_does_not_come_back(town: Town) -> None:
    anna = await who_changed_milk_into_cheese(town)
    text = await edits(anna, "Melk", "Melk en boter")
    assert "Wat ik al doorgaf, blijft zoals het was." in text
    assert "Wat: Kaas\n" in text


async def test_words_that_came_before_their_kind_of_help_can_be_changed_after_it(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.writes("Kan iemand mij met iets helpen?")
    await anna.taps("Klusje in huis 🔧")
    assert "Op welke dag" in await edits(anna, "iets", "Kan iemand mij met iets groots helpen?")
    await anna.taps("Maakt niet uit")
    summary = await anna.taps("Mijn thuis")
    assert "Hulp: Klusje in huis 🔧\nWat: Kan iemand mij met iets groots helpen?" in summary


async def test_a_message_that_is_changed_into_itself_gets_no_answer(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    before = len(await anna.messages())
    await edits(anna, "gras", "Kan iemand mijn gras maaien?")
    assert len(await anna.messages()) == before


async def test_after_acceptance_the_helper_reads_the_changed_text(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, text="Melk en brood")
    await jef.taps("Ik help")
    card = await edits(rosa, "Melk en brood", "Melk, brood en eieren")
    assert "Je paste je bericht aan. Ik paste je vraag ook aan." in card
    assert "Wat: Melk, brood en eieren" in card
    told = await jef.last_text()
    assert "Rosa heeft aangepast wat er nodig is." in told
    assert "Wat: Melk, brood en eieren" in told
    before = len(await jef.messages())
    await edits(rosa, "eieren", "Melk, brood en eieren")
    assert len(await jef.messages()) == before


async def test_after_the_end_or_when_too_long_the_question_stays_as_it_was(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, text="Melk en brood")
    await jef.taps("Ik help")
    assert "Je vraag blijft zoals ze was." in await edits(rosa, "Melk en brood", "brood " * 300)
    assert "Wat: Melk en brood" in await rosa.last_text()
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    before = len(await jef.messages())
    assert "Je vraag blijft zoals ze was." in await edits(rosa, "brood", "Kaas")
    assert len(await jef.messages()) == before


async def test_what_was_passed_on_stays_and_the_writer_knows(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await jef.writes("Ik kom om twee uur.")
    assert "Wat ik al doorgaf, blijft zoals het was." in await edits(jef, "twee uur", "Ik kom om drie uur.")
    assert "drie uur" not in await rosa.reads()


async def test_a_changed_message_commands_nothing(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    await edits(anna, "gras", "/stop")
    assert "Gestopt" not in await anna.reads()


async def test_changed_words_behind_a_command_count(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk")
    await edits(anna, "melk", "/vraag melk en kaas")
    if "Boodschappen 🛒" in await anna.labels():
        await anna.taps("Boodschappen 🛒")
    await edits(anna, "kaas", "/stop")
    await anna.taps("Maakt niet uit")
    assert "Wat: melk en kaas\n" in await anna.taps("Mijn thuis")


async def test_a_live_place_moves_on_in_silence(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag wandelen")
    for label in ("Maakt niet uit", "Een plek op de kaart"):
        await anna.taps(label)
    await anna.does(anna.actor.sends_location(50.79, 4.9, live_period=900))
    assert "Welke plek is dat?" in await anna.last_text()
    before = len(await anna.messages())
    for step in range(3):
        place = {"latitude": 50.8, "longitude": 4.9 + step / 1000, "live_period": 900}
        await raw_message(town, anna, {"location": place, "edit_date": 1}, kind="edited_message")
    assert len(await anna.messages()) == before


# ── albums, files, contacts ──


async def test_an_album_gets_one_answer(town: Town) -> None:
    anna = await town.resident("Anna")
    before = len(await anna.messages())
    sent = [await anna.actor.sends("photo", beside={"media_group_id": "77"}) for _ in range(5)]
    await town.settled(sent[-1])
    assert len(await anna.messages()) == before + 1
    await anna.taps("Tuin 🌿")
    question = await anna.last_text()
    for update in [await anna.actor.sends("photo", beside={"media_group_id": "78"}) for _ in range(3)]:
        await town.settled(update)
    assert (await anna.last_text()).endswith(question)
    assert len(await anna.messages()) == before + 2
    assert "Wat heb je precies nodig" not in await anna.last_text(), "the first photo was the answer"


async def test_of_an_album_it_is_said_that_only_the_first_photo_is_taken(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.writes("/start")
    for _ in range(3):
        await jef.does(jef.actor.sends("photo", beside={"media_group_id": "77"}))
    assert "Ik heb je eerste foto. Alleen die gaat mee." in await jef.last_text()
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    for _ in range(2):
        await rosa.does(rosa.actor.sends("photo", beside={"media_group_id": "78"}))
    assert "Ik heb je eerste foto. Alleen die gaat mee." in await rosa.last_text()


async def test_the_words_of_an_album_may_stand_below_any_of_its_photos(town: Town) -> None:
    anna = await town.resident("Anna")
    for caption in (None, "De kraan lekt", None):
        await anna.does(anna.actor.sends("photo", caption=caption, beside={"media_group_id": "77"}))
    for label in ("Klusje in huis 🔧", "Maakt niet uit"):
        await anna.taps(label)
    assert "Wat: De kraan lekt, je foto" in await anna.taps("Mijn thuis")


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_words_after_a_photo_or_voice_message_belong_to_it(town: Town, kind: str) -> None:
    anna, jef = await town.resident("Anna"), await town.volunteer("Jef")
    await anna.does(anna.actor.sends(kind))
    assert "Ik begrijp: Klusje in huis" in await anna.writes("Kan iemand deze lamp vervangen?")
    await anna.taps("Maakt niet uit")
    read = await anna.taps("Mijn thuis")
    assert "Kan iemand deze lamp vervangen?" in read
    assert ("je foto" if kind == "photo" else "je spraakbericht") in read
    await anna.taps("De eerste is goed")
    await jef.taps("Ik help")
    assert "hoort bij" in await jef.last_text()
    await anna.does(anna.actor.edits([each for each in await anna.actor.chat() if each.outgoing][-1], "De blauwe lamp"))
    changed = await anna.reads()
    assert "De blauwe lamp" in changed
    assert "Wat: De blauwe lamp, je" in changed, "with what was sent before"


async def test_words_after_a_photo_are_changed_and_the_photo_stays(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.does(anna.actor.sends_photo())
    await anna.writes("Kan iemand deze lamp vervangen?")
    await anna.does(anna.actor.edits([each for each in await anna.actor.chat() if each.outgoing][-1], "De blauwe lamp"))
    await anna.taps("Maakt niet uit")
    assert "Wat: De blauwe lamp, je foto" in await anna.taps("Mijn thuis")


async def test_changed_words_below_a_photo_count_too(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.does(anna.actor.sends_photo("De kraan lekt"))
    await anna.does(anna.actor.edits([each for each in await anna.actor.chat() if each.outgoing][-1], "De douche lekt"))
    await anna.taps("Maakt niet uit")
    assert "Wat: De douche lekt, je foto" in await anna.taps("Mijn thuis")


async def test_a_photo_as_a_file_is_not_passed_on_for_it_tells_where_it_was_taken(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    how = "Een foto die je als bestand stuurt, kan tonen waar je woont. Tik op de paperclip en stuur ze als foto."
    assert how in await rosa.does(rosa.actor.sends_document("IMG_0001.jpg", "image/jpeg"))
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    again = await rosa.does(rosa.actor.sends_document("IMG_0001.jpg", "image/jpeg"))
    assert how in again
    assert "Wat heb je precies nodig?" in again
    await rosa.does(rosa.actor.sends_photo())
    for label in ("Morgen", "Namiddag 14–18"):
        await rosa.taps(label)
    assert "Wat: je foto" in await rosa.taps("Mijn thuis")
    await rosa.taps("De eerste is goed")
    await jef.taps("Ik help")
    assert [message for message in await jef.messages() if "photo" in message.json]
    assert not [message for message in await jef.messages() if "document" in message.json]
    assert "getFile" not in {call["method"] for call in await town.phones.log()}


async def test_where_no_photo_is_asked_a_photo_as_a_file_is_none_either(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    await rosa.writes("Gras maaien")
    assert "Een foto kan hier niet." in await rosa.does(rosa.actor.sends_document("IMG_0001.jpg", "image/jpeg"))


@pytest.mark.parametrize("mime_type", ["image/jpeg", "application/pdf"])
async def test_a_large_file_is_refused_without_fetching_it(town: Town, mime_type: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    text = await anna.does(
        anna.actor.sends("document", file_name="groot", mime_type=mime_type, file_size=20_000_001),
    )
    assert "groot voor mij" in text or "kan ik hier niets mee" in text
    assert "Wat heb je precies nodig?" in text
    assert "getFile" not in {call["method"] for call in await town.phones.log()}


async def test_the_contact_of_somebody_else_is_refused_where_ones_number_is_asked(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag melk")
    for label in ("Maakt niet uit", "Mijn thuis", "Iets veranderen", "Telefoon"):
        await anna.taps(label)
    for user_id in (None, 999):
        sent = anna.actor.sends_contact("+32470999999", first_name="Bert", user_id=user_id)
        assert "Dat is het nummer van iemand anders." in await anna.does(sent)
    assert "0470" in (await anna.does(anna.actor.sends_contact("+32470123456"))).replace(" ", "").replace("+32", "0")


async def test_a_new_number_replaces_the_old_one_and_the_helper_knows(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    for number in ("+32470111111", "+32470222222"):
        await rosa.taps("Iets veranderen")
        await rosa.taps("Telefoon")
        await rosa.does(rosa.actor.sends_contact(number))
    card = (await jef.last_text()).replace(" ", "")
    assert "222222" in card
    assert "111111" not in card


async def test_a_venue_is_a_place(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag wandelen")
    await anna.taps("Maakt niet uit")
    place = {"latitude": 50.8, "longitude": 4.9}
    await raw_message(town, anna, {"venue": {"location": place, "title": "Park", "address": "Laan"}, "location": place})
    assert await anna.last_text() == "In welke wijk is dat?"
    assert "Waar: Park, Laan (Kerkhoek)" in await anna.taps("Kerkhoek")


# ── forwarded, replied, captioned ──


async def test_forwarded_and_replied_words_count_as_ones_own(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    sent = await anna.actor.phones.post(f"phones/{anna.id}/send", {"text": "Melk en brood", "forward": True})
    await town.settled(sent["update_id"])
    await anna.taps("Maakt niet uit")
    assert "Wat: Melk en brood" in await anna.taps("Mijn thuis")
    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    await anna.does(anna.actor.writes("Kaas", reply_to=await anna.last()))
    assert "Wat: Kaas" in await anna.last_text()


async def test_a_caption_is_the_text_of_its_photo(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.does(anna.actor.sends_photo("De kraan lekt"))
    await anna.taps("Maakt niet uit")
    assert "Wat: De kraan lekt, je foto" in await anna.taps("Mijn thuis")


# ── signs ──


@pytest.mark.parametrize(
    "text",
    [
        "&" * 4096,
        "\u202egras maaien\u202c",
        "g\u200br\u200ba\u200bs maaien",
        "g" + "\u0301" * 300 + "ras maaien",
        "gras \ud83c maaien",
        "gras\0 maaien \x07",
        "קצר את הדשא בבקשה",
        "😀" * 1500,
        "</a><3 & <b>gras</b>",
        '=HYPERLINK("http://x","gras")',
    ],
)
async def test_odd_words_reach_the_helper_harmlessly(town: Town, text: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    await raw_message(town, rosa, {"text": text})
    if "Dit is genoeg" in await rosa.labels():
        await rosa.taps("Dit is genoeg")
    await rosa.taps("Morgen")
    await rosa.taps("Namiddag 14–18")
    await rosa.taps("Mijn thuis")
    await rosa.taps("De eerste is goed")
    await jef.taps("Ik help")
    card = await jef.last_text()
    assert "Codewoord" in card
    for sign in ("\u202e", "\0", "\x07", "\u0301" * 6):
        assert sign not in card


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("</a><3", None, "</a><3"),
        ('=HYPERLINK("x")', None, '=HYPERLINK("x")'),
        ("\u200b\u2060", None, "Buur"),
        ("\u3164", "Peeters", "Peeters"),
        ("\u202eannA", None, "annA"),
        ("Z" + "\u0335\u0327\u031b" * 40, None, "Z\u0335\u0327\u031b\u0335"),
        ("An\n\nna", None, "An na"),
        ("A" * 64, None, "A" * 64),
    ],
)
async def test_odd_names_are_shown_harmlessly(town: Town, first: str, last: str | None, shown: str) -> None:
    anna = await town.resident("Anna")
    await raw_message(town, anna, {"text": "hallo"}, first_name=first, last_name=last)
    assert (await anna.last_text()).startswith(f"Dag {shown}.")


async def test_who_has_no_name_is_called_the_same_in_every_language_for_it_is_kept(town: Town) -> None:
    anna = await town.resident("Anna", language="fr")
    await raw_message(town, anna, {"text": "bonjour"}, first_name="\u200b", language_code="fr")
    assert (await anna.last_text()).startswith("Bonjour Buur.")


# ── a reply to what somebody wrote ──


async def replies(who: Neighbour, words: str, text: str) -> str:
    """Reply to the newest message of the bot with these words."""
    meant = next(each for each in reversed(await who.messages()) if words in each.text)
    return await who.does(who.actor.writes(text, reply_to=meant))


async def test_a_reply_to_what_was_passed_on_is_passed_on(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await jef.writes("Past twee uur?")
    before = len(await rosa.messages())
    assert "Je bericht is verstuurd." in await replies(rosa, "Past twee uur?", "Ja, dat past")
    assert len(await rosa.messages()) == before + 1, "nothing is asked that was said"
    assert "Ja, dat past" in await jef.last_text()
    assert "Rosa schrijft:" in await jef.last_text()
    assert "Je bericht is verstuurd." in await replies(jef, "Ja, dat past", "Tot dan")
    assert "Tot dan" in await rosa.last_text()


async def test_a_reply_in_the_middle_of_a_question_keeps_the_question(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("/vraag")
    await rosa.taps("Tuin 🌿")
    question = await rosa.last_text()
    await jef.taps("Stuur een bericht")
    await jef.writes("Past twee uur?")
    await replies(rosa, "Past twee uur?", "Ja, dat past")
    assert "Ja, dat past" in await jef.last_text()
    assert await rosa.last_text() == question
    await rosa.writes("Gras maaien")
    assert "Op welke dag" in await rosa.last_text()


async def test_a_reply_to_a_coordinator_and_back(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await rosa.writes("/help")
    await rosa.taps("Schrijf de coördinator")
    await rosa.writes("Kan ik u iets vragen?")
    assert "Je bericht is verstuurd." in await replies(an, "Kan ik u iets vragen?", "Zeker")
    assert "Je bericht is verstuurd." in await replies(rosa, "Zeker", "Dank u")
    assert "Dank u" in await an.last_text()


async def test_a_reply_that_comes_too_late_is_not_passed_on_and_the_writer_knows(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await jef.writes("Past twee uur?")
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    await replies(rosa, "Past twee uur?", "Ja, dat past")
    assert "Ja, dat past" not in await jef.reads()
    assert "Niemand heeft deze taak nu" in await rosa.last_text()


async def test_what_a_coordinator_took_out_does_not_come_back_with_a_change(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks(rosa, text="Melk, ik ben ziek")
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Wijzig de tekst")
    await an.writes("Melk")
    assert "Wat ik al doorgaf, blijft zoals het was." in await edits(rosa, "ziek", "Melk, ik ben erg ziek")
    assert "erg ziek" not in await jef.reads()


async def test_an_answer_can_be_changed_back_to_what_it_was_before(town: Town) -> None:
    anna = await who_changed_milk_into_cheese(town)
    assert "Wat: Kaas" in await anna.reads()
    await edits(anna, "Kaas", "Melk")
    assert "Wat: Melk" in await anna.last_text()
