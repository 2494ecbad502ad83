""" "Languages": every screen in every language, with real facts: nothing foreign, simple, fit to tap."""

import faulthandler
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.i18n import languages, translator
from handlers.coordinator.pin import PAD
from models.person import Role
from models.reminder import ReminderKind
from tests.handlers.test_languages_answers import foreign
from tests.structure.test_catalogues import (
    HALF,
    LABEL,
    LONG_LABELS,
    SENTENCES,
    WORDS,
    WORDS_ELSEWHERE,
    sentences,
    the_code,
)
from tests.support.town import open_town
from tests.support.walk import SAID, SWITCHES, Shown, Walk

A_FACT = re.compile(r"^[^.?!:]{1,40}: ?\S|^[•/]|^\d+\.|\s–\s")  # under its name, in a list, a command, in the history
A_SENTENCE = re.compile(r"[.?!:…][^\w]*$")

# What a walk does not come upon: somebody without Telegram, who is called, and what was sent along with a request.
ELSEWHERE = {"act_for", "report_for", "calls", "call_done", "call_missed", "call_says"}
ELSEWHERE.update({"case_media", "show_media", "show_place", "home"})
ELSEWHERE.add("new_question")  # below an answer right under a message: test_writing_simply.py
ELSEWHERE.update({"move", "keep_hour"})  # below words that name an hour: test_another_moment.py
ELSEWHERE.add("stay")  # asked after eleven months of silence: test_rights_retention.py
APPLICANTS = {"approve", "decline", "decline_now"}  # a coordinator meets them on the walk of who wants to help
# Before an appointment: test_languages_retelling.py reads them. What only deletes shows nothing: test_cleaning.py.
REMINDERS_ELSEWHERE = {ReminderKind.EVENING_BEFORE, ReminderKind.TWO_HOURS, ReminderKind.HIDE}

# How those begin that say more, in English; and why. What stands above a card says only what has just happened.
LONGER = (
    "Do you need something? Just write it here",  # what you can do: all of it
    "We have an insurance",  # the information note, which the law asks for
    "You visit people",  # likewise
    "Are you in danger? Call 112 now.",  # the numbers for people in need
)
# As short as it can be said: in the English source; and in French, in a row of its own, as an old person says it.
LONGER_LABELS = {"Not needed any more", "Phone and computer"}
AROUND = "✓ 📱"  # a tick or a picture beside the words


def parts(shown: Shown) -> Iterator[list[str]]:
    """The sentences of each paragraph, but for facts under their names, lists, and what people wrote themselves."""
    own = {str(said["text"]) for said in SAID if said["kind"] == "text"}
    for paragraph in shown.text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if A_SENTENCE.search(line) and not A_FACT.search(line)]
        yield [
            sentence for line in lines if line not in own for sentence in sentences(line) if re.search(r"\w", sentence)
        ]


def too_hard(shown: Shown) -> list[str]:
    """What makes a message hard to read."""
    limit, found = WORDS.get(shown.language, WORDS_ELSEWHERE), []
    for part in parts(shown):
        found += [each for each in part if len([word for word in each.split() if re.search(r"\w", word)]) > limit]
        found += [f"{len(part)} sentences"] if len(part) > SENTENCES else []
    questions = sum(each.endswith("?") for part in parts(shown) for each in part)
    return [*found, *([f"{questions} questions"] if questions > 1 else [])]


def too_long(shown: Shown) -> list[str]:
    """Labels that do not fit on a phone; the names of the languages and what was reviewed apart."""
    t = translator(shown.language)
    reviewed = {t(words) for words in {*LONG_LABELS, *LONGER_LABELS} if "{" not in words}
    return [
        label
        for row in shown.rows
        for label, _ in row
        if len(label) > (HALF if len(row) > 1 else LABEL) and " · " not in label and label.strip(AROUND) not in reviewed
    ]


def begun_without_a_choice(shown: Shown) -> bool:
    """Whether the bot began it, and it cannot be read in another language."""
    return not shown.answered and not any(":other:" in data for row in shown.rows[-1:] for _, data in row)


def is_keypad(shown: Shown) -> bool:
    """Three digits beside each other, as on every telephone: docs/decisions/0013."""
    return [[label for label, _ in row] for row in shown.rows[:4]] == [list(line) for line in PAD]


def is_longer(shown: Shown) -> bool:
    """Whether it is one of those that may say more."""
    t = translator(shown.language)
    return any(t(words).split("{")[0] in shown.text for words in the_code().plurals if words.startswith(LONGER))


@pytest.mark.long
@pytest.mark.parametrize("coordinators", [False, True], ids=["residents and volunteers", "coordinators"])
async def test_every_screen_in_every_language(tmp_path: Path, coordinators: bool) -> None:
    faulthandler.cancel_dump_traceback_later()  # some thousand turns take longer than one test usually does
    async with open_town(tmp_path, language_memory="remember") as town:
        await town.resident("Anna")
        await town.resident("Bert", home=False)
        await town.volunteer("Wim")
        await town.volunteer("Jef")
        await town.coordinator("Rita")
        await town.coordinator("Mark", pin=False)
        await town.coordinator("Greet")
        walk = Walk(town.app.turns, town.clock.now())
        shown = await town.app.turns.run(partial(walk.everything, coordinators=coordinators))
        routes, strikers = town.app.turns.router.buttons, town.app.turns.router.strikers

    to_coordinators = {name for name, route in routes.items() if route.role is Role.COORDINATOR} - APPLICANTS
    theirs = to_coordinators if coordinators else set(routes) - to_coordinators
    assert theirs - walk.routes - SWITCHES <= ELSEWHERE, "the walk comes by every button"
    assert coordinators or set(strikers) - walk.struck <= REMINDERS_ELSEWHERE
    assert {each.language for each in shown} == set(languages())
    assert len(shown) > 1000

    assert not [each for each in shown if re.search(r"[{}]", each.words)]
    assert not [(each, found) for each in shown if (found := foreign(each.words, each.language))]
    assert not [(each, hard) for each in shown if (hard := too_hard(each)) and not is_longer(each)]
    assert not [each for each in shown if any(len(row) > 2 for row in each.rows) and not is_keypad(each)]
    assert not [(each, labels) for each in shown if (labels := too_long(each))]
    newer = {
        (each.person_id, each.after, each.language) for each in shown if each.rows
    }  # it took the older one's buttons
    begun = [each for each in shown if each.rows or (each.person_id, each.after, each.language) not in newer]
    # What had the choice and lost all its buttons is a card that a newer one took the place of.
    could = {(each.person_id, each.message_id) for each in shown if not begun_without_a_choice(each)}
    replaced = [each for each in begun if not each.rows and (each.person_id, each.message_id) in could]
    assert not [each for each in begun if begun_without_a_choice(each) and each not in replaced]
