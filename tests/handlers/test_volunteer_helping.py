"""Helping: the offer, the first yes, the reserve, late and double taps, giving back; and what stays unseen."""

import pytest
from sqlalchemy import select

from bot.i18n import translator
from handlers.words import code_word_of
from models import Request
from tests.support.asking import asks
from tests.support.town import Neighbour, Town

BUTTONS = ("task", "accept", "pass", "reserve", "hand_back", "give_back", "propose", "show_place", "show_media")
SECRETS = ("Anna", "Dorpsstraat 12", "Melk en brood")


async def knows_nothing(who: Neighbour) -> bool:
    """Whether no name, address or text of Anna's request stands anywhere in the chat."""
    said = await who.reads()
    return not any(secret in said for secret in SECRETS)


async def test_the_offer_says_what_kind_when_and_where_and_nothing_more(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    code = await asks(anna)
    offer = await bart.last_text()
    for fact in ("Boodschappen", "dinsdag 24 november", "namiddag", "Centrum", "Je krijgt deze vraag omdat"):
        assert fact in offer
    assert await knows_nothing(bart)
    assert code not in offer
    assert await bart.labels() == ["Ik help", "Deze keer niet"]


async def test_only_whom_kind_neighbourhood_and_moment_fit_is_asked(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    others = [
        await town.volunteer("Cara", categories=["garden"]),
        await town.volunteer("Dirk", areas=["Kerkhoek"]),
        await town.volunteer("Els", times=["weekend-afternoon", "week-morning"]),
        await town.resident("Fons"),
    ]
    before = [await each.reads() for each in others]
    await asks(anna)
    assert "Iemand in de buurt vraagt hulp" in await bart.last_text()
    assert [await each.reads() for each in others] == before


async def test_the_first_who_says_yes_gets_the_task_card(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    code = await asks(anna)
    card = await bart.taps("Ik help")
    with town.session() as session:
        word = code_word_of(translator("nl"), session.scalars(select(Request)).one())
    assert word
    for fact in (*SECRETS, code, "dinsdag 24 november", "Codewoord", word):
        assert fact in card
    for label in ("Ik kan niet meer", "Stuur een bericht", "Het is gedaan", "Stel een uur voor"):
        assert label in await bart.labels()
    assert "Bart" in await anna.last_text()
    assert word in await anna.last_text()


async def test_for_all_others_the_card_changes_and_offers_the_reserve_list(town: Town) -> None:
    anna, bart, cara = await town.resident("Anna"), await town.volunteer("Bart"), await town.volunteer("Cara")
    await asks(anna)
    before = len(await cara.messages())
    await bart.taps("Ik help")
    assert "Er is al iemand gevonden" in await cara.last_text()
    assert len(await cara.messages()) == before, "the card changes in silence"
    assert await cara.labels() == ["Zet mij op de reservelijst"]
    assert "Je staat op de reservelijst" in await cara.taps("Zet mij op de reservelijst")
    assert await knows_nothing(cara)


async def test_who_taps_a_moment_too_late_reads_the_truth_kindly(town: Town) -> None:
    anna, bart, cara = await town.resident("Anna"), await town.volunteer("Bart"), await town.volunteer("Cara")
    await asks(anna)
    data = (await cara.last()).json["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await bart.taps("Ik help")
    assert "Er is al iemand gevonden" in await cara.forges(data)
    assert "Zet mij op de reservelijst" in await cara.labels()
    assert await knows_nothing(cara)


async def test_a_double_tap_shows_the_task_again(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    data = (await bart.last()).json["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    first = await bart.taps("Ik help")
    told = len(await anna.messages())
    assert await bart.forges(data) == first
    assert len(await anna.messages()) == told


async def test_not_this_time_is_fine_and_may_be_regretted(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    assert "deze keer niet" in await bart.taps("Deze keer niet")
    assert await knows_nothing(bart)
    assert "Dorpsstraat 12" in await bart.taps("Ik help toch")


async def test_who_wants_to_know_first_decides_before_the_address_is_shown(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, know=True)
    assert "De bewoner wil eerst weten wie er komt" in await bart.taps("Ik help")
    assert await knows_nothing(bart)
    assert "Bart" in await anna.last_text()
    await anna.taps("Goed")
    assert "Dorpsstraat 12" in await bart.last_text()


async def test_whom_the_resident_did_not_choose_hears_it_kindly_and_learns_nothing(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna, know=True)
    await bart.taps("Ik help")
    await anna.taps("Liever iemand anders")
    assert "Je hebt deze taak niet meer" in await bart.last_text()
    assert await knows_nothing(bart)
    with town.session() as session:
        request_id = session.scalars(select(Request.id)).one()
    assert "Je hebt deze taak niet meer" in await bart.forges(f"1:accept:{request_id}")
    assert await knows_nothing(bart)


async def test_an_offer_can_be_taken_back_while_the_resident_thinks(town: Town) -> None:
    anna, bart, cara = await town.resident("Anna"), await town.volunteer("Bart"), await town.volunteer("Cara")
    await asks(anna, know=True)
    await bart.taps("Ik help")
    await bart.taps("Ik kan toch niet")
    await bart.taps("Ja, geef terug")
    assert "Je hebt deze taak niet meer" in await bart.last_text()
    assert "Ik help" in await cara.labels()


async def test_giving_back_is_asked_once_more(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    told = len(await anna.messages())
    assert "Kan je zeker niet komen? De bewoner krijgt meteen bericht." in await bart.taps("Ik kan niet meer")
    assert "Dorpsstraat 12" in await bart.taps("Nee, ik kom wel")
    assert len(await anna.messages()) == told


@pytest.mark.both
async def test_giving_back_reopens_asks_the_reserve_first_and_tells_the_resident(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    cara, dirk = await town.volunteer("Cara"), await town.volunteer("Dirk")
    await asks(anna)
    await bart.taps("Ik help")
    await cara.taps("Zet mij op de reservelijst")
    told, dirks = len(await anna.messages()), len(await dirk.messages())
    await bart.taps("Ik kan niet meer")
    assert "Goed dat je het laat weten." in await bart.taps("Ja, geef terug")
    assert await knows_nothing(bart), "a former helper no longer sees name and address"
    assert len(await anna.messages()) == told + 1
    assert "Ik help" in await cara.labels()
    assert len(await dirk.messages()) == dirks, "the reserve comes first"
    assert "Dorpsstraat 12" in await cara.taps("Ik help")


async def test_who_leaves_the_reserve_list_is_not_asked_first(town: Town) -> None:
    anna, bart, cara = await town.resident("Anna"), await town.volunteer("Bart"), await town.volunteer("Cara")
    await asks(anna)
    await bart.taps("Ik help")
    await cara.taps("Zet mij op de reservelijst")
    assert "Er is al iemand gevonden" in await cara.taps("Haal mij van de lijst")
    before = len(await cara.messages())
    await bart.taps("Ik kan niet meer")
    await bart.taps("Ja, geef terug")
    assert len(await cara.messages()) == before


async def test_after_the_end_nothing_private_is_left(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    await anna.writes("/mijnvragen")
    with town.session() as session:
        request_id = session.scalars(select(Request.id)).one()
    await anna.forges(f"1:cancel:{request_id}:yes")
    assert "Deze hulp is niet meer nodig" in await bart.reads()
    assert await knows_nothing(bart)
    for name in BUTTONS:
        await bart.forges(f"1:{name}:{request_id}")
        assert await knows_nothing(bart), name


@pytest.mark.parametrize(
    "name", ["task", "accept", "hand_back", "give_back", "propose", "show_place", "show_media", "reserve"]
)
async def test_a_request_that_somebody_was_never_asked_for_does_not_exist(town: Town, name: str) -> None:
    anna = await town.resident("Anna")
    zoe = await town.volunteer("Zoe", categories=["garden"])
    await asks(anna)
    with town.session() as session:
        request_id = session.scalars(select(Request.id)).one()
    await zoe.writes("/taken")
    unknown = await zoe.forges(f"1:{name}:{request_id + 999}")
    assert await zoe.forges(f"1:{name}:{request_id}") == unknown
    assert await knows_nothing(zoe)


async def test_nobody_helps_with_their_own_question(town: Town) -> None:
    vera = await town.volunteer("Vera")
    await asks_at_home_as(town, vera)
    with town.session() as session:
        request_id = session.scalars(select(Request.id)).one()
    assert "je eigen vraag" in (await vera.forges(f"1:accept:{request_id}")).lower()


async def asks_at_home_as(town: Town, who: Neighbour) -> None:
    """A volunteer asks for something too."""
    with town.session() as session, session.begin():
        town.person(session, who).street = "Kerkplein 1"
    await asks(who)


async def test_the_map_is_shown_on_a_tap_and_gone_within_two_days(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk en brood")
    await anna.taps("Maakt niet uit")
    await anna.does(anna.actor.sends_location(50.79, 4.9))
    await anna.writes("Bij de kerk")
    await anna.taps("Centrum")
    await anna.taps("De eerste is goed")
    await bart.taps("Ik help")
    assert "location" not in (await bart.last()).json
    await bart.taps("Toon op de kaart")
    maps = [message for message in await bart.messages() if "location" in message.json]
    assert len(maps) == 1
    await town.jump(hours=46)
    assert [message for message in await bart.messages() if "location" in message.json]
    await town.jump(hours=1.5)
    assert not [message for message in await bart.messages() if "location" in message.json]


async def test_a_photo_comes_with_the_task_and_not_before(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.does(anna.actor.sends_photo())
    await anna.taps("Morgen")
    await anna.taps("Namiddag 14–18")
    await anna.taps("Mijn thuis")
    await anna.taps("De eerste is goed")
    assert not [message for message in await bart.messages() if "photo" in message.json]
    await bart.taps("Ik help")
    assert [message for message in await bart.messages() if "photo" in message.json]
    assert "Wat: zie de foto" in await bart.reads()


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("nl", "Dit spraakbericht hoort bij {}: Boodschappen."),
        ("fr", "Ce message vocal va avec {} : Courses."),
        ("en", "This voice message belongs to {}: Groceries."),
        ("de", "Diese Sprachnachricht gehört zu {}: Einkauf."),
    ],
)
async def test_a_voice_message_says_to_which_question_it_belongs(town: Town, language: str, caption: str) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart", language=language)
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.does(anna.actor.sends_voice(caption="Vraag het aan Anna, Dorpsstraat 12"))
    await anna.taps("Morgen")
    await anna.taps("Namiddag 14–18")
    await anna.taps("Mijn thuis")
    await anna.taps("De eerste is goed")
    await bart.forges("1:accept:1")
    spoken = next(message for message in await bart.messages() if "voice" in message.json)
    with town.session() as session:
        code = session.scalars(select(Request.code)).one()
    assert spoken.json["caption"] == caption.format(code)
