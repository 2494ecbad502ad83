""" "Languages": what the bot begins comes in Dutch, with a button that shows the same in another language."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.gap import Gap
from bot.i18n import translator
from models import Letter, Volunteer, VolunteerState
from simulator.actors import Message
from tests.handlers.test_languages_answers import foreign
from tests.support.asking import asks
from tests.support.telling import asks_at, wall
from tests.support.town import Neighbour, Town, open_town

IN_DUTCH = "Français · Deutsch · English"
IN_FRENCH = "Nederlands · Deutsch · English"


ADDRESS = "Dorpsstraat 12"


async def buttons(who: Neighbour) -> list[str]:
    """All labels of the newest message."""
    return (await who.last()).labels


async def test_one_tap_shows_it_in_the_language_of_the_app(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim", language="fr")
    await asks_at(anna, "27/11", "14:00")
    assert "Iemand in de buurt vraagt hulp" in await wim.last_text()
    assert (await buttons(wim))[-1] == IN_DUTCH
    told = len(await wim.messages())
    assert "Quelqu'un près de chez vous demande de l'aide" in await wim.taps(IN_DUTCH)
    assert await buttons(wim) == ["J'aide", "Pas cette fois", IN_FRENCH]
    assert len(await wim.messages()) == told, "the same message, no new one"
    assert "Tâche" in await wim.taps("J'aide")
    assert IN_FRENCH not in await buttons(wim), "an answer is in the language of who acts: it needs no other"


async def test_whose_app_speaks_dutch_chooses_among_all_languages_and_is_answered_in_it(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks_at(anna, "27/11", "Namiddag 14–18")
    await wim.taps(IN_DUTCH)
    assert "Iemand in de buurt vraagt hulp" in await wim.last_text()
    assert await buttons(wim) == ["Ik help", "Deze keer niet", "Français", "Deutsch", "English"]
    assert "Jemand in der Nähe" in await wim.taps("Deutsch")
    assert "Aufgabe" in await wim.taps("Ich helfe")
    assert "Um wie viel Uhr" in await wim.taps("Uhrzeit vorschlagen")
    assert "Ich verstehe diese Uhrzeit nicht." in await wim.writes("99"), "what is typed in the dialogue is too"
    await wim.writes("/stop")
    assert "Dag Wim" in await wim.writes("/start"), "nothing is remembered after it"
    with town.session() as session:
        assert town.person(session, wim).language is None


async def test_where_languages_are_remembered_it_comes_in_that_one_and_the_button_is_still_there(
    tmp_path: Path,
) -> None:
    async with open_town(tmp_path, language_memory="remember") as town:
        anna, wim = await town.resident("Anna"), await town.volunteer("Wim", language="fr")
        await asks_at(anna, "27/11", "14:00")
        assert "Quelqu'un près de chez vous demande de l'aide" in await wim.last_text()
        await wim.taps(IN_FRENCH)
        assert "Jemand in der Nähe" in await wim.taps("Deutsch")
        await asks_at(anna, "28/11", "14:00")
        assert "Jemand in der Nähe" in await wim.last_text(), "the language that was tapped is remembered"


async def test_an_older_notice_can_still_be_read_and_the_newer_one_keeps_the_buttons(town: Town) -> None:
    """Who did not tap in time would never know what it said."""
    marie, wim = await town.resident("Marie"), await town.volunteer("Wim")
    await asks_at(marie, "27/11", "Namiddag 14–18")
    await marie.actor.speaks("fr")
    await wim.taps("Ik help")
    older = await marie.last()
    await wim.taps("Stel een uur voor")
    await wim.writes("15")
    newer = await marie.last()
    assert older.id != newer.id
    labels = newer.labels
    stripped = next(each for each in await marie.messages() if each.id == older.id)
    assert stripped.labels == [IN_DUTCH]
    await marie.taps(IN_DUTCH, on=stripped)
    read = next(each for each in await marie.messages() if each.id == older.id)
    assert not foreign(read.text, "fr")
    assert read.labels == [IN_FRENCH], "it is only read"
    assert (await marie.last()).labels == labels


async def test_a_card_that_is_read_in_french_stays_french_when_it_changes(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    els, ann = await town.volunteer("Els", language="fr"), await town.volunteer("Ann")
    await asks_at(anna, "27/11", "14:00")
    await els.taps(IN_DUTCH)  # her app is French
    for label in (IN_DUTCH, "Français"):  # this one she chose
        await ann.taps(label)
    await wim.taps("Ik help")
    for who in (els, ann):
        assert "Quelqu'un a déjà été trouvé" in await who.last_text()
        assert (await buttons(who))[-1] == IN_FRENCH
        assert not foreign(await who.last_text(), "fr")
        assert not foreign(await who.taps("Me mettre en réserve"), "fr")


async def test_also_where_she_chose_it_and_answered_in_it(town: Town) -> None:
    anna, wim, ann = await town.resident("Anna"), await town.volunteer("Wim"), await town.volunteer("Ann")
    await asks_at(anna, "27/11", "14:00")
    for label in (IN_DUTCH, "Français", "Pas cette fois"):
        await ann.taps(label)
    before = await ann.last_text()
    await wim.taps("Ik help")
    assert await ann.last_text() != before
    assert not foreign(await ann.last_text(), "fr")
    await town.jump(wall("2026-11-27 18:00"))
    assert "Le moment de cette demande est passé." in await ann.last_text(), "also what is left of it after two days"


async def test_a_living_card_keeps_its_buttons_also_where_its_letter_is_not_kept_any_more(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim", language="fr")
    await asks_at(anna, "27/11", "14:00")
    with town.session() as session, session.begin():
        session.execute(delete(Letter).where(Letter.card == "offer"))
    await wim.taps(IN_DUTCH)
    assert await buttons(wim) == ["J'aide", "Pas cette fois", IN_FRENCH]


async def test_a_former_helper_is_not_shown_the_address_again(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks_at(anna, "24/11", "14:00")
    await wim.taps("Ik help")
    await town.jump(wall("2026-11-23 18:30"))
    reminder = await wim.last()
    assert ADDRESS in reminder.text
    again = data_of(reminder, IN_DUTCH)
    await anna.taps("Liever iemand anders")
    await anna.taps("Ja, zoek iemand anders")
    assert ADDRESS not in await wim.reads()
    for data in (again, again.replace("other:nl", "say_in:fr"), again.replace("other:nl:reminder", "say_in:fr:task")):
        await wim.forges(data, reminder)
        assert ADDRESS not in await wim.reads()


async def test_nobody_else_is_shown_anything(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    eve = await town.resident("Eve")
    await asks_at(anna, "24/11", "14:00")
    await wim.taps("Ik help")
    await wim.writes("/stop")
    for name in town.app.turns.router.renderers:
        text = await eve.forges(f"1:say_in:fr:{name}:1:1")
        assert not {ADDRESS, "Anna", "Wim"} & set(re.findall(r"\w+(?: 12)?", text)), (name, text)
    assert "Dat vind ik niet meer terug." in await eve.forges("1:say_in:fr:task:1")
    assert "Dat vind ik niet meer terug." in await eve.forges("1:say_in:xx:task:1")
    assert "Dat vind ik niet meer terug." in await eve.forges("1:say_in:fr:nothing:1")


async def test_what_somebody_wrote_stays_in_their_own_words(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim", language="de")
    await asks_at(anna, "27/11", "14:00")
    await wim.taps("Ik help")
    await anna.taps("Schrijf naar Wim")
    await anna.writes("Bel twee keer.\n\nIk hoor slecht.")
    assert "Anna schrijft:" in await wim.last_text()
    assert await wim.taps(IN_DUTCH) == "Anna schreibt:\n\nBel twee keer.\n\nIk hoor slecht."
    shown = await wim.last()
    await anna.taps("Liever iemand anders")
    await anna.taps("Ja, zoek iemand anders")
    assert "Bel twee keer" not in await wim.reads()
    await wim.forges("1:say_in:fr:wrote:" + data_of(shown, "Nederlands · Français · English").split(":")[-1], shown)
    assert "Bel twee keer" not in await wim.reads()


def data_of(message: Message, label: str) -> str:
    """What the button with this label carries."""
    keyboard = message.json["reply_markup"]["inline_keyboard"]
    return next(button["callback_data"] for line in keyboard for button in line if button["text"] == label)


# ── all of it ──


class Retold:
    """Taps each message that the bot began into French and back, and keeps what was read."""

    def __init__(self, *people: Neighbour) -> None:
        self._people = people
        self.read = ""

    async def check(self, *, same: bool = True) -> None:
        """Every message of everybody that has the button now; `same`: nothing of it was overtaken meanwhile.

        One whose buttons stand below a newer message says in the other language how it is now.
        """
        for who in self._people:
            messages = await who.messages()
            for at, message in enumerate(messages):
                if message.labels[-1:] == [IN_DUTCH]:
                    theirs = ":wrote:" in data_of(message, IN_DUTCH)  # people's own words stay as they are
                    overtaken = message.labels == [IN_DUTCH] and not theirs and at + 1 < len(messages)
                    await self._there_and_back(who, message.id, same=same and not overtaken)

    async def _there_and_back(self, who: Neighbour, key: int, *, same: bool) -> None:
        dutch = await self._shows(who, key)
        await who.taps(IN_DUTCH, on=await self._message(who, key))
        if await who.toast() == "Dit bericht is te oud om het te vertalen.":
            assert await self._shows(who, key) == dutch, "after two days only Telegram knows what somebody wrote"
            return
        await who.taps("Français", on=await self._message(who, key))
        french = await self._shows(who, key)
        assert french != dutch
        assert not foreign(french, "fr"), french
        for label in (IN_FRENCH, "Nederlands"):
            await who.taps(label, on=await self._message(who, key))
        now = await self._shows(who, key)
        assert now == dutch or not same, "what did not change since is the same again"
        self.read += f"{french}\n\n"

    async def _shows(self, who: Neighbour, key: int) -> str:
        message = await self._message(who, key)
        return "\n".join([message.text, *message.labels])

    @staticmethod
    async def _message(who: Neighbour, key: int) -> Message:
        return next(each for each in await who.messages() if each.id == key)


async def test_all_that_is_told_around_one_task_is_said_in_french_and_in_dutch_again(town: Town) -> None:
    anna, rita = await town.resident("Anna"), await town.coordinator("Rita")
    wim, els = await town.volunteer("Wim"), await town.volunteer("Els")
    retold, t = Retold(anna, rita, wim, els), translator("fr")

    await asks_at(anna, "27/11", "Namiddag 14–18", know=True, what="2 × 1 l")
    await retold.check()
    await wim.taps("Ik help")
    await retold.check()
    assert t("{name} would like to help you. Is that good?", name="Wim") in retold.read
    await anna.taps("Goed")
    await els.taps("Zet mij op de reservelijst")
    await wim.taps("Stel een uur voor")
    await wim.writes("15")
    await retold.check()
    await anna.taps("Ander uur")
    await retold.check()
    assert t("The hour does not suit {name}.", name="Anna") in retold.read
    await wim.taps("Stel een uur voor")
    await wim.writes("16")
    await anna.taps("Dat past")
    await anna.writes("/mijnvragen")
    await retold.check()
    assert t("The hour suits {name}.", name="Anna") in retold.read
    await wim.taps("Stuur een bericht")
    await wim.writes("OK?\n\n3 > 2")
    await wim.writes("/hulp")
    await wim.taps("Schrijf de coördinator")
    await wim.writes("OK!")
    await retold.check()
    assert t("{name} writes:", name="Wim") + "\n\nOK?\n\n3 > 2" in retold.read
    await rita.taps("Antwoord")
    await rita.writes("OK!")
    await retold.check()
    assert t("{name} of {organisation} writes:", name="Rita", organisation="OCMW Lindebeek") in retold.read
    await town.jump(wall("2026-11-26 18:30"))
    await retold.check()
    assert t("Reminder: {what}", what=t("Groceries")) in retold.read
    await wim.writes("/taken")
    await wim.taps("Toon taak 1")
    await wim.taps("Ik kan niet meer")
    await wim.taps("Ja, geef terug")
    await retold.check()
    assert t("{name} cannot come after all.", name="Wim") in retold.read
    assert t("It is free again, and you are on the reserve list.") in retold.read
    assert t("This message no longer counts.") not in retold.read, "what was reminded of an hour ago is deleted"
    await els.taps("Ik help")
    await anna.taps("Goed")
    await town.jump(wall("2026-11-28 12:00"))
    await retold.check(same=False)
    assert t("Did it work out with {name}?", name="Els") in retold.read
    await els.taps("Ja, gelukt")
    await town.jump(days=4)
    await retold.check(same=False)
    assert t("{name} does not say how it went.", name="Anna") in retold.read
    await rita.taps("Bekijk de vraag")
    await rita.taps("Sluit af")
    await rita.taps("Het is gelukt")
    await town.jump(days=3)
    await retold.check(same=False)
    assert t("It is done. Thank you for helping!") in retold.read


async def test_all_that_is_told_when_nobody_comes_is_said_in_french_and_in_dutch_again(town: Town) -> None:
    anna, rita = await town.resident("Anna"), await town.coordinator("Rita")
    wim = await town.volunteer("Wim")
    retold, t = Retold(anna, rita, wim), translator("fr")
    await asks_at(anna, "27/11", "14:00", what="2 × 1 l")
    await town.jump(wall("2026-11-27 13:55"))
    await retold.check()
    nobody = "We have not found anybody yet. The coordinator knows and is looking too. Can somebody else help you?"
    assert t(nobody) in retold.read
    assert t("Nobody was found yet for {resident}. Can you call somebody?", resident="Anna") in retold.read
    await town.jump(hours=1)
    await retold.check()
    assert t("We found nobody in time. We are sorry about that.") in retold.read
    assert t("Nobody was found in time for {resident}.", resident="Anna") in retold.read
    assert t("This question is over. You do not have to do anything. Thank you!") in retold.read


async def test_all_that_is_told_about_who_wants_to_help_is_said_in_french_and_in_dutch_again(town: Town) -> None:
    rita = await town.coordinator("Rita")
    wim, els = await town.resident("Wim"), await town.resident("Els")
    retold, t = Retold(rita, wim, els), translator("fr")
    with town.session() as session, session.begin():
        for who in (wim, els):
            person, area = town.person(session, who), town.area(session, "Centrum")
            wishes = {
                "state": VolunteerState.APPLIED,
                "categories": ["pets"],
                "times": ["week-noon"],
                "areas": [area],
                "note_version": "1",
            }
            session.add(Volunteer(person=person, note_read_at=town.clock.now(), applied_at=town.clock.now(), **wishes))
    await rita.writes("/vrijwilligers")
    await rita.taps("Bekijk Els (nieuw)")
    await rita.taps("Goedkeuren")
    await rita.writes("/vrijwilligers")
    await rita.taps("Bekijk Wim (nieuw)")
    await rita.taps("Niet goedkeuren")
    await rita.taps("Ja, niet goedkeuren")
    await retold.check()
    assert t("Welcome!") in retold.read
    no = "Thank you for wanting to help. We cannot take you on as a volunteer now. Do you have a question about it?"
    assert t(no) in retold.read


async def test_the_question_that_is_shown_again_after_an_outage_has_the_button_too(town: Town) -> None:
    anna = await town.resident("Anna", language="fr")
    await anna.writes("/vraag")
    await town.app.turns.run(Gap(timedelta()).show, town.app.turns)
    await town.settled()
    assert "Waarvoor zoek je hulp?" in await anna.last_text()
    assert "Pour quoi cherchez-vous de l'aide" in await anna.taps(IN_DUTCH)
    assert "Courses 🛒" in await anna.labels()


async def test_what_telegram_does_not_delete_any_more_can_be_read_in_french_too(town: Town) -> None:
    anna, wim, t = await town.resident("Anna"), await town.volunteer("Wim"), translator("fr")
    retold = Retold(wim)
    await asks_at(anna, "27/11", "14:00")
    await wim.taps("Ik help")
    await town.jump(wall("2026-11-26 18:30"))
    assert "Herinnering" in await wim.last_text()
    refused = {"error_code": 400, "description": "Bad Request: message can't be deleted for everyone"}
    await town.phones.fault("error", "deleteMessage", times=2, **refused)
    await anna.taps("Liever iemand anders")
    await anna.taps("Ja, zoek iemand anders")
    await retold.check(same=False)
    for words in ("This message was taken away: it is no longer needed.", "This message no longer counts."):
        assert t(words) in retold.read


async def test_hearing_it_again_leaves_the_card_with_the_button_for_other_languages(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim", language="fr")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.does(anna.actor.sends_voice())
    await anna.taps("Morgen")
    await anna.taps("Namiddag 14–18")
    await anna.taps("Mijn thuis")
    await anna.taps("Eerst weten wie")
    await wim.taps("Ik help")
    await anna.taps("Goed")
    card = next(each for each in reversed(await wim.messages()) if "Luister opnieuw" in each.labels)
    assert card.labels[-1] == IN_DUTCH
    heard = [each for each in await wim.messages() if "voice" in each.json]
    await wim.taps("Luister opnieuw", on=card)
    assert "disparaît" in await wim.toast(), "an answer is in the language of the app"
    assert len([each for each in await wim.messages() if "voice" in each.json]) == len(heard) + 1
    again = next(each for each in await wim.messages() if each.id == card.id)
    assert (again.text, again.labels) == (card.text, card.labels)
    await wim.taps(IN_DUTCH, on=again)
    assert "Tâche" in await wim.reads()


@pytest.mark.parametrize("language", ["fr", "de"])
async def test_a_coordinators_card_stays_in_its_language_when_the_end_takes_the_address_out(
    town: Town, language: str
) -> None:
    anna, rita = await town.resident("Anna"), await town.coordinator("Rita")
    code, t = await asks(anna, text="2 × 1 l"), translator(language)
    await rita.actor.speaks(language)
    await rita.writes("/open")
    await rita.taps(t("See {code}", code=code))
    assert "Dorpsstraat" in await rita.last_text()
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    case = next(each for each in reversed(await rita.messages()) if code in each.text)
    assert t("Closed: {outcome}.", outcome=t("Stopped")) in case.text
    assert "Dorpsstraat" not in case.text
    assert not foreign(case.text, language)
