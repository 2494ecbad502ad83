"""The words of one language by which kinds of help are heard, read from a file in `words/` that anybody can read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "words"
WEIGHTS = {"certain": 4.0, "likely": 2.0, "hint": 1.0}
SLIP = 0.5  # what a word counts that is only nearly known
LONG = 6  # sounds of a known word of which one may be wrong
STEM = 5  # letters of a known word that can stand at the end of a compound …
FIRST = 4  # … and letters before it, at least
LONGEST = 40  # letters of a word; what is longer is none

Places = dict[str, dict[int, float]]  # known word → where it stands in the sentence, and how surely (1, or `SLIP`)
Pattern = tuple[tuple[str, ...], ...]  # all of them anywhere in the sentence, each of them words in a row


class Entry(NamedTuple):
    """What words of the file say: the name of a kind, and how many points for it."""

    kind: str
    points: float
    pattern: Pattern


class Lexicon:
    """What the words of one file say about a sentence."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.common = frozenset(content["common"])
        self._entries = [
            Entry(kind, points, _pattern(written))
            for weight, points in WEIGHTS.items()  # what says most comes first
            for kind, weights in content.items()
            if isinstance(weights, dict)
            for written in weights.get(weight, ())
        ]
        self._beginning: dict[str, list[int]] = defaultdict(list)  # the entries whose first word it is
        for at, entry in enumerate(self._entries):
            self._beginning[entry.pattern[0][0]].append(at)
        self._known = {word for entry in self._entries for row in entry.pattern for word in row}
        self._stems = {word.strip("*") for word in self._known if len(word.strip("*")) >= STEM}
        self._slips: dict[str, set[str]] = defaultdict(set)
        for stem in self._stems:
            for form in _shorter(sound(stem)) if len(sound(stem)) >= LONG else ():
                self._slips[form].add(stem)

    def points(self, words: list[str]) -> dict[str, float]:
        """How much `words` say each kind, by its name in the file; each word counts once, for the most that it says."""
        places = self._places(words)
        found: dict[str, float] = defaultdict(float)
        counted: dict[str, set[int]] = defaultdict(set)
        for at in sorted({at for word in places for at in self._beginning.get(word, ())}):
            entry = self._entries[at]
            rows = [_row(row, places) for row in entry.pattern]
            where = {at for _, ats in rows for at in ats}
            if all(ats for _, ats in rows) and not where <= counted[entry.kind]:
                counted[entry.kind] |= where
                found[entry.kind] += entry.points * min(surely for surely, _ in rows)
        return dict(found)

    def _places(self, words: list[str]) -> Places:
        places: Places = defaultdict(dict)
        for at, word in enumerate(words):
            exactly = self._matching(word)
            for known in exactly:
                places[known][at] = 1.0
            if not exactly and word not in self.common:
                for known in self._nearly(word):
                    places[known][at] = SLIP
        return places

    def _matching(self, word: str) -> set[str]:
        """The known words that `word` is, with the stars they are written with."""
        letters = range(1, len(word) + 1)
        forms = {word, *(f"{word[:end]}*" for end in letters), *(f"*{word[-end:]}" for end in letters)}
        return forms & self._known

    def _nearly(self, word: str) -> set[str]:
        """The known words that `word` can be a slip of, or ends with: `keukenkraan` for `kraan`."""
        heard = sound(word)
        stems = {word[at:] for at in range(FIRST, len(word) - STEM + 1)} & self._stems
        stems |= self._alike(heard)
        begun = {f"{stem}*" for end in range(STEM, len(heard)) for stem in self._alike(heard[:end])}
        return {form for stem in stems for form in (stem, f"{stem}*", f"*{stem}")} & self._known | begun & self._known

    def _alike(self, heard: str) -> set[str]:
        """The long known words that sound like this, but for one letter."""
        stems = {stem for form in _shorter(heard) for stem in self._slips.get(form, ())}
        return {stem for stem in stems if _one_apart(heard, sound(stem))}


@cache
def lexicons() -> dict[str, Lexicon]:
    """The languages that sentences are understood in."""
    return {path.stem: Lexicon(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))}


def split(text: str) -> list[str]:
    """The words of `text`: lower case, without accents; `l'été` is two."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", letters.casefold())]


def sound(word: str) -> str:
    """`word` as it sounds, roughly: people who spell by ear write `apoteek` and `bootschappen`."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word)


_SOUNDS = (("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("dt", "t"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def _pattern(entry: str) -> Pattern:
    """`gras + maai*`, `naar de dokter`: as they stand in the file."""
    return tuple(tuple(_word(word) for word in part.split()) for part in entry.split("+"))


def _word(written: str) -> str:
    """One word of a file, its letters as `split` makes them, with its star."""
    return "*" * written.startswith("*") + "".join(split(written)) + "*" * written.endswith("*")


def _row(row: tuple[str, ...], places: Places) -> tuple[float, set[int]]:
    """How surely these words stand in a row, and all places where they do; none where they do not."""
    found = [
        (min(places.get(word, {}).get(start + n, 0.0) for n, word in enumerate(row)), start)
        for start in places.get(row[0], {})
    ]
    where = {start + n for surely, start in found if surely for n in range(len(row))}
    return max((surely for surely, _ in found), default=0.0), where


def _shorter(word: str) -> set[str]:
    """The word, and the word with each of its letters left out: words one letter apart have one of these in common."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, another, or two that changed places make these the same; or nothing does."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, their = one[same:], other[same:]
    return (
        rest[1:] == their[1:]
        or rest[1:] == their
        or rest == their[1:]
        or (rest[:2] == their[:2][::-1] and rest[2:] == their[2:])
    )
