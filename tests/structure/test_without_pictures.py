""" "Accessibility": everything is said in words. Who hears or feels the screen misses nothing."""

import re
import unicodedata

import pytest

from bot.legible import plain
from handlers.words import CATEGORIES
from tests.structure.test_catalogues import LANGUAGES, the_code, translations

# Labels of one word, in Dutch: they turn a page or a dialogue, or answer the question right above them.
ALONE = {
    "Answer", "Approve", "Back", "Begin again", "Done", "Go on with it", "Newer", "Older", "See volunteers", "Stop",
    "That is good",
}  # fmt: skip
EVERYWHERE = [*LANGUAGES, "en"]


def pictures(text: str) -> list[int]:
    """Where pictures stand: emoji, and signs that nobody says aloud."""
    return [at for at, sign in enumerate(text) if unicodedata.category(sign) in {"So", "Sk", "Cn"} or sign in "✓✔✗→←"]


def unsaid(text: str) -> str:
    """What is wrong with a sentence for who does not see its pictures; empty where nothing is."""
    found = pictures(text)
    if not found:
        return ""
    if len(found) > 1:
        return "more than one picture"
    if re.search(r"\w", text[found[0] :]):
        return "the picture does not come after the words"
    return "" if plain(text[: found[0]]) else "nothing but a picture"


def said(language: str) -> list[tuple[str, str]]:
    return [(each, each) for each in the_code().plurals] if language == "en" else translations(language)


@pytest.mark.parametrize("language", EVERYWHERE)
def test_no_sentence_needs_its_pictures(language: str) -> None:
    assert said(language)
    assert not [(words, unsaid(words)) for _, words in said(language) if unsaid(words)]


def test_the_kinds_of_help_have_names_of_their_own_without_their_pictures() -> None:
    for language in EVERYWHERE:
        names = dict(said(language))
        labels = [plain(names[name]) for name, _ in CATEGORIES.values()]
        assert all(labels)
        assert len(set(labels)) == len(labels), language


def test_a_label_of_one_word_was_thought_about() -> None:
    dutch = dict(translations("nl"))
    labels = {label: plain(dutch[label]) for label in the_code().labels}
    assert not [label for label, words in labels.items() if not re.search(r"[^\W\d]", words)]
    assert {label for label, words in labels.items() if len(words.split()) == 1} <= ALONE


def test_labels_that_are_typed_alike_mean_the_same() -> None:
    for language in LANGUAGES:
        names = dict(translations(language))
        typed: dict[str, set[str]] = {}
        for label in the_code().labels:
            typed.setdefault(plain(names[label]), set()).add(names[label].casefold().rstrip("!.… "))
        assert not [alike for alike in typed.values() if len(alike) > 1], language


@pytest.mark.parametrize("text", ["✓", "🛒 Boodschappen", "Goed 👍 zo", "Goed 👍👍", "Kies ✓ of ✗"])
def test_what_needs_its_pictures_would_be_noticed(text: str) -> None:
    assert unsaid(text)
