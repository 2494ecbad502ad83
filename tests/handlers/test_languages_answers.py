""" "Languages": whoever has a French, German or English app reads no other language in what they are answered.

What the bot begins by itself comes in Dutch (its buttons too), by rule; the answer to a tap on it does not.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import select

from bot.i18n import LOCALES, SOURCE, translator
from handlers.volunteer.note import PAGES
from models import Request
from tests.support.asking import asks
from tests.support.phoning import asks_for_who_calls
from tests.support.town import Neighbour, Town, open_town

PLACEHOLDER = re.compile(r"\{\w*\}")
WORD = re.compile(r"\w+")
OTHERS = "Français · Deutsch · English"
ENOUGH = 5  # letters: shorter words are the same in too many languages
WRITTEN = {
    "fr": "mardi 24 novembre à 15 h",
    "de": "Dienstag, 24. November um 15 Uhr",
    "en": "Tuesday 24 November at 15 o'clock",
}


@cache
def said_in(language: str) -> tuple[str, ...]:
    """All that the bot can say in a language."""
    with (LOCALES / f"{'nl' if language == SOURCE else language}.po").open("rb") as file:
        found = [message.id if language == SOURCE else message.string for message in read_po(file) if message.id]
    return tuple(form for words in found for form in ([words] if isinstance(words, str) else words or ()))


def foreign(text: str, language: str) -> list[str]:
    """What nobody should read who reads `language`: the words of the others."""
    found = []
    for word in WORD.finditer(text):
        for chunk, begins in _foreign_chunks(language).get(word[0], ()):
            start = word.start() - begins
            around = text[max(start - 1, 0) : start] + text[start + len(chunk) :][:1]
            if start >= 0 and text.startswith(chunk, start) and not WORD.search(around):
                found.append(chunk)
    return found


@cache
def _foreign_chunks(language: str) -> dict[str, list[tuple[str, int]]]:
    """The words of the others, cut where facts stand in them; by their first word, with where that begins."""
    own = "\n".join(said_in(language)).casefold()
    chunks = {
        chunk.strip(" .,:;!?“”()•")
        for other in {"nl", SOURCE} - {language}
        for words in said_in(other)
        for chunk in PLACEHOLDER.split(words)
    }
    wrong = [each for each in chunks if len(re.findall(r"[^\W\d_]", each)) >= ENOUGH and each.casefold() not in own]
    by_word: dict[str, list[tuple[str, int]]] = {}
    for each in wrong:
        first = WORD.search(each)
        assert first is not None
        by_word.setdefault(first[0], []).append((each, first.start()))
    return by_word


class Reader:
    """Somebody who acts in their own language, and reads all that answers it."""

    def __init__(self, who: Neighbour, language: str) -> None:
        self.who, self.t, self.language = who, translator(language), language
        self.read: list[str] = []

    async def _shown(self) -> dict[int, str]:
        return {each.id: "\n".join([each.text, *each.labels]) for each in await self.who.messages()}

    async def writes(self, text: str) -> str:
        before = await self._shown()
        await self.who.writes(text)
        return await self._check(before)

    async def taps(self, words: str, *, more: str = "", **facts: object) -> str:
        """Tap what carries these (English) words in their own language; what the bot began carries them in Dutch."""
        before = await self._shown()
        own, dutch = (each(words, **facts) + more for each in (self.t, translator("nl")))
        labels = await self.who.labels()
        assert own in labels or dutch in labels, f"{own!r} or {dutch!r} among {labels}"
        await self.who.taps(own if own in labels else dutch)
        return await self._check(before)

    async def _check(self, before: dict[int, str]) -> str:
        after = await self._shown()
        new = [text for key, text in after.items() if before.get(key) not in {text, *self._stripped(before, key, text)}]
        assert new, "nothing answered"
        for text in new:
            assert not foreign(text, self.language), text
        self.read += new
        return "\n".join(new)

    @staticmethod
    def _stripped(before: dict[int, str], key: int, text: str) -> set[str]:
        """An older message may have lost its buttons, but for the one for other languages: that is no answer."""
        words = text.removesuffix(OTHERS)
        return {before[key]} if before.get(key, "").startswith(words) else set()


@pytest.mark.parametrize(("asking", "helping"), [("fr", "de"), ("de", "fr"), ("en", "fr")])
async def test_asking_and_helping_in_other_languages(town: Town, asking: str, helping: str) -> None:
    marie = Reader(await town.somebody("Marie", asking), asking)
    karl = Reader(await town.volunteer("Karl", language=helping), helping)

    # asking, from the very beginning
    await marie.writes("/start")
    await marie.taps("I am looking for help")
    await marie.taps("Groceries", more=" 🛒")
    await marie.writes("???")
    await marie.taps("Tomorrow")
    await marie.taps("Afternoon", more=" 14–18")
    await marie.taps("My home")
    await marie.who.taps("Centrum")
    await marie.writes("Kastanjelaan 3")
    await marie.writes("Marie Dupont")
    await marie.taps("Yes, keep it")
    await marie.taps("Change something")
    await marie.taps("What exactly")
    await marie.writes("2 × 1 l")
    await marie.taps("First know who")

    # helping, and agreeing on an hour
    await karl.taps("I help")
    await marie.taps("That is good")
    await karl.taps("Propose an hour")
    await karl.writes("99")
    await karl.writes("15")
    await marie.taps("That suits me")
    await karl.taps("Send a message")
    await karl.writes("OK!")
    await marie.taps("Answer")
    await marie.writes("OK!")

    # where somebody stands, and what can be done
    for who in (marie, karl):
        for command in ("/start", "/hulp", "/privacy", "/mijnvragen", "/taken", "/stop", "/taal", "/onbestaand"):
            await who.writes(command)
        await who.writes("ok")

    # how it went
    await town.jump(days=1, hours=9)
    await karl.taps("Yes, it worked out")
    await marie.taps("Yes, it worked out")
    assert any(marie.t("It worked out. Good!") in text for text in marie.read)
    assert any(WRITTEN[asking] in text for text in marie.read)


@pytest.mark.parametrize("language", ["fr", "de", "en"])
async def test_becoming_a_volunteer_in_another_language(town: Town, language: str) -> None:
    marie = Reader(await town.somebody("Marie", language), language)
    await marie.writes("/start")
    await marie.taps("I want to help")
    for _ in PAGES[1:]:
        await marie.taps("Read on")
    await marie.taps("I have read it")
    for _ in ("what", "where", "when"):
        await marie.taps("Choose all")
        await marie.taps("Done")
    await marie.taps("Rather not")  # a number to call
    await marie.taps("Send it")


@pytest.mark.parametrize("language", ["fr", "de", "en"])
async def test_coordinating_in_another_language(town: Town, language: str) -> None:
    anna, rita = await town.resident("Anna"), await town.coordinator("Rita")
    await town.volunteer("Wim", categories=["pets"])
    await rita.actor.speaks(language)
    await anna.writes("/vraag 2 × 1 l")
    for label in ("Boodschappen 🛒", "Morgen", "Namiddag 14–18", "Mijn thuis", "De eerste is goed"):
        await anna.taps(label)
    reader = Reader(rita, language)
    await reader.taps("See the question")
    await reader.taps("Choose somebody")
    await reader.writes("/open")
    code = re.search(r"\b[A-Z2-9]{4}\b", await rita.last_text())
    assert code
    await reader.taps("See {code}", code=code[0])
    await reader.taps("Close it")
    await reader.taps("Passed on")
    await reader.writes("/vrijwilligers")
    await reader.taps("See {name}", name="Wim")


@pytest.mark.parametrize("language", ["fr", "de", "en"])
async def test_calling_who_has_no_telegram_in_another_language(town: Town, language: str) -> None:
    rita, jef = await town.coordinator("Rita"), await town.volunteer("Jef")
    code = await asks_for_who_calls(rita, know=True)
    await rita.actor.speaks(language)
    reader = Reader(rita, language)
    await jef.taps("Ik help")
    await reader.writes("/bellen")
    await reader.taps("That is good")
    for label, hour in (("Another hour", "15 uur"), ("That suits", "16 uur")):
        await jef.taps("Stel een uur voor")
        await jef.taps(hour)
        await reader.writes("/bellen")
        await reader.taps("Not reached")
        await reader.taps(label)
    await jef.taps("Stuur een bericht")
    await jef.writes("2 × 1 l")
    await reader.writes("/bellen")
    await reader.taps("I called")
    await town.jump(hours=10)  # the evening before
    await reader.writes("/bellen")
    await reader.taps("I called")
    await reader.writes("/open")
    await reader.taps("See {code}", code=code)
    await reader.taps("See all steps")
    await reader.taps("Back to the question")
    await town.jump(hours=24)  # it is over
    await reader.writes("/bellen")
    await reader.taps("Yes, it worked out")


@pytest.mark.parametrize("language", ["fr", "de"])
async def test_where_languages_are_remembered_nobody_reads_another_one(tmp_path: Path, language: str) -> None:
    t = translator(language)
    async with open_town(tmp_path, language_memory="remember") as town:
        marie = await town.resident("Marie", language=language)
        karl, lise = [await town.volunteer(name, language=language) for name in ("Karl", "Lise")]
        rita = await town.coordinator("Rita")
        greeted = {message.id for message in await rita.messages()}  # before she chose
        await rita.writes("/language")
        await rita.taps(next(each for each in await rita.labels() if each[:2].casefold() == language))
        await marie.writes("/vraag 2 × 1 l")
        await marie.taps(t("Groceries") + " 🛒")
        await marie.taps(t("Tomorrow"))
        await marie.taps(t("Afternoon") + " 14–18")
        await marie.taps(t("My home"))
        await marie.taps(t("The first is fine"))
        await karl.taps(t("I help"))
        await lise.taps(t("Put me on the reserve list"))
        await karl.taps(t("I can't any more"))
        await karl.taps(t("Yes, give it back"))
        await lise.taps(t("I help"))
        await lise.taps(t("Propose an hour"))
        await lise.writes("15")
        await marie.taps(t("Another hour"))
        await lise.taps(t("Propose an hour"))
        await lise.writes("16")
        await marie.taps(t("That suits me"))
        await town.jump(hours=8, minutes=30)  # the reminder of the evening before
        await town.jump(hours=28)  # the one of two hours before, and how it went
        await town.jump(days=3)  # nobody says so: again, and then a coordinator
        told = [
            (who, "\n".join([each.text, *each.labels]))
            for who in (marie, karl, lise, rita)
            for each in await who.messages()
            if who is not rita or each.id not in greeted
        ]
        assert any(t("Nobody says how it went.") in text for _, text in told)
        assert any(t("Reminder: {what}", what=t("Groceries")) in text for _, text in told)
        assert not [(who.name, text) for who, text in told if foreign(text, language)]


def test_a_word_of_another_language_would_be_noticed() -> None:
    assert foreign("Courses\nNamiddag 14–18", "fr")
    assert foreign("Marie komt je helpen. Aan de deur zegt Marie le mot", "fr")
    assert foreign("Tippen Sie. Please tap one of the buttons below.", "de")
    assert not foreign("\n".join(said_in("fr")), "fr")
    assert not foreign("\n".join(said_in("de")), "de")


@pytest.mark.parametrize(
    ("language", "written", "on_a_button"),
    [
        ("nl", "donderdag 24 september", "donderdag 24 sep"),
        ("fr", "jeudi 24 septembre", "jeudi 24 sept"),
        ("de", "Donnerstag, 24. September", "Donnerstag 24. Sept"),
        ("en", "Thursday 24 September", "Thursday 24 Sep"),
    ],
)
def test_a_day_is_written_as_people_do_there(language: str, written: str, on_a_button: str) -> None:
    t, day = translator(language), date(2026, 9, 24)
    assert (t.day(day), t.short_day(day)) == (written, on_a_button)


@pytest.mark.parametrize(("language", "word"), [("nl", "beret"), ("fr", "béret"), ("en", "beret"), ("de", "Beret")])
async def test_the_code_word_is_written_as_in_the_language_of_who_reads_it(
    town: Town, language: str, word: str
) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart", language=language)
    await asks(anna)
    await bart.forges("1:accept:1")
    with town.session() as session, session.begin():
        session.scalars(select(Request)).one().code_word = "beret"
    assert f": {word}\n" in (await bart.forges("1:task:1")).replace(" :", ":")
