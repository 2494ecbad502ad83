"""What words mean, in one language: looked up as they are written, or a slip of the finger away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from models.spoken.chart import Node
from models.spoken.tokens import Token, fold, tokens
from models.spoken.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHORTEST_TYPO = 5  # shorter words are too near to others
SIGNS = {":": "colon", "/": "slash", ".": "dot", ",": "comma", "-": "dash", "&": "or"}


class Number(NamedTuple):
    """`digits`: how many were typed, 0 where it was written as a word."""

    n: int
    digits: int = 0


Meaning = tuple[str, Any]


@dataclass
class Lexicon:
    """Phrases of one or more words, with all they can mean; `joined` are words that are written as one."""

    phrases: dict[tuple[str, ...], list[Meaning]] = field(default_factory=lambda: defaultdict(list))
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1

    def add(self, kind: str, value: object, phrases: str) -> None:
        """Every phrase of a comma-separated list; letters with an umlaut may be typed `ue` too."""
        for phrase in phrases.split(", "):
            for spelled in {phrase, phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")}:
                words = tuple(token.text for token in tokens(spelled))
                if (kind, value) not in self.phrases[words]:
                    self.phrases[words].append((kind, value))
                self.longest = max(self.longest, len(words))

    def split(self, found: Sequence[Token], *, typos: bool = False) -> list[Token]:
        """Words that were written as one become two; with `typos` each word that is unknown becomes the nearest."""
        return [part for token in found for part in self._parts(self._corrected(token) if typos else token)]

    def nodes(self, found: Sequence[Token]) -> Iterator[Node]:
        """What each word and phrase can mean."""
        for at, token in enumerate(found):
            yield from _signs(token, at)
            meant = []
            for length in range(1, min(self.longest, len(found) - at) + 1):
                words = tuple(each.text for each in found[at : at + length])
                for kind, value in self.phrases.get(words, ()):
                    meant.append(Node(at, at + length, kind, value, 1 - length))  # a phrase is likelier than its words
            about = any(node.kind == "around" and node.end > at + 1 for node in meant)
            yield from (node for node in meant if not (about and node.kind == "weekday"))  # "so um fünf" is no Sunday

    def knows(self, word: str) -> bool:
        """Whether it is a word of this lexicon, alone or in a phrase."""
        return word in self._words or word in self.joined

    def _parts(self, token: Token) -> Iterator[Token]:
        at = token.start
        parts = self.joined.get(token.text, (token.text,))
        for part in parts[:-1]:
            yield replace(token, text=part, start=at, end=at + len(part))
            at += len(part)
        yield replace(token, text=parts[-1], start=at)

    def _corrected(self, token: Token) -> Token:
        if token.kind != "word" or len(token.text) < SHORTEST_TYPO or self.knows(token.text):
            return token
        for distance in (1, 2) if len(token.text) > 7 else (1,):
            near = [word for word in self._long if slips(token.text, word, distance) <= distance]
            if near and len({str(self._meant(word)) for word in near}) == 1:
                return replace(token, text=near[0])
            if near:
                break
        return token

    def _meant(self, word: str) -> object:
        return self.joined[word] if word in self.joined else self.phrases[(word,)]

    @cached_property
    def _long(self) -> list[str]:
        return [
            word
            for word in self._words
            if len(word) >= SHORTEST_TYPO and (word in self.joined or (word,) in self.phrases)
        ]

    @cached_property
    def _words(self) -> set[str]:
        return {word for phrase in self.phrases for word in phrase} | self.joined.keys()


def _signs(token: Token, at: int) -> Iterator[Node]:
    if token.kind == "sign":
        yield Node(at, at + 1, SIGNS[token.text], None)
    elif token.kind == "number" and len(token.text) <= 4:
        yield Node(at, at + 1, "number", Number(int(token.text), len(token.text)))
    elif token.kind == "ordinal":
        yield Node(at, at + 1, "ordinal", int("".join(sign for sign in token.text if sign.isdecimal())))


def slips(typed: str, word: str, limit: int) -> int:
    """How many letters are missing, doubled, swapped, or (in words of seven and more) wrong; at most `limit` + 1."""
    if abs(len(typed) - len(word)) > limit:
        return limit + 1
    wrong_letter = 1 if len(word) >= 7 else limit + 1
    earlier: list[int] = []
    above = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(word, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (0 if letter == other else wrong_letter))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        earlier, above = above, row
    return above[-1]


@cache
def lexicon(*languages: str) -> Lexicon:
    """The words of one language, or of several mixed."""
    lexicon = Lexicon()
    for language in languages:
        _fill(lexicon, language)
    return lexicon


def _fill(lexicon: Lexicon, language: str) -> None:
    words = LANGUAGES[language]
    for n, name in words.NUMBERS.items():
        lexicon.add("number", Number(n), name)
    for n, name in words.ORDINALS.items():
        lexicon.add("ordinal", n, name)
    for n, names in enumerate(words.WEEKDAYS):
        lexicon.add("weekday", (n,), names)
    for n, names in enumerate(words.MONTHS, 1):
        lexicon.add("month", n, names)
    for kind, value, phrases in words.WORDS:
        lexicon.add(kind, Number(value) if kind == "number" and isinstance(value, int) else value, phrases)
    for name, phrases in words.FEASTS.items():
        lexicon.add("feast", name, phrases)
    lexicon.joined.update({fold(word): tuple(fold(part) for part in parts) for word, parts in words.JOINED.items()})
    for head, tail in _tailed(words.TAILED, words.TAILS):
        lexicon.joined[head + tail] = (head, "~" + tail)
    for tail, parts in words.TAILS.items():
        lexicon.phrases[("~" + fold(tail),)].append(("part", parts))


def _tailed(heads: str, tails: Iterable[str]) -> Iterator[tuple[str, str]]:
    for head in heads.split(", ") if heads else ():
        for tail in tails:
            yield fold(head), fold(tail)
