"""Which kind of help a sentence asks for, heard from the words in `words/`: nothing learnt, nothing sent anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from models.category import Category
from models.sentence.vocabulary import lexicons, split

SURE = 2.0  # points that the best kind of help needs …
AHEAD = 1.5  # … and so many more than the next one
NEAR = 2.5  # kinds of help as close as this to the best one are offered
OFFERED = 3  # kinds of help at most
WORDS = 200  # the beginning of a long story says what it is about
OWN = 1.5  # points that the language of somebody's app is ahead of the others


class Talk(StrEnum):
    """What else a sentence can be: help that is not for neighbours, or no question for help at all."""

    CARE = "care"
    THANKS = "thanks"
    GREETING = "greeting"
    ABOUT = "about"


@dataclass(frozen=True)
class Understood:
    """What was heard: `sure` of one kind of help, or `perhaps` some, the likeliest first, or neither.

    With `talk` it is rather something else; what kind of help it would be is there for who says that it is one.
    """

    sure: Category | None = None
    perhaps: tuple[Category, ...] = ()
    talk: Talk | None = None
    points: dict[str, float] = field(default_factory=dict)  # of each kind, so that it can be explained


def understand(text: str, language: str = "nl") -> Understood:
    """Hear what kind of help `text` asks for; `language` is that of somebody's app, not always that of the text."""
    points = _points(split(text)[:WORDS], language)
    kinds = sorted((each for each in Category if each in points), key=lambda kind: -points[kind])
    best, second = ([points[kind] for kind in kinds] + [0.0, 0.0])[:2]
    talk = max(Talk, key=lambda each: points.get(each, 0.0))
    said = points.get(talk, 0.0)
    rather = talk if said >= SURE and (said > best or (talk is Talk.CARE and said == best)) else None
    if best >= SURE and best - second >= AHEAD:
        return Understood(kinds[0], (), rather, points)
    return Understood(None, tuple(kind for kind in kinds if best - points[kind] <= NEAR)[:OFFERED], rather, points)


def _points(words: list[str], language: str) -> dict[str, float]:
    """The points of the language that the words are in; the common words and the known ones tell which it is."""
    known = lexicons()
    heard = {name: lexicon.points(words) for name, lexicon in known.items()}

    def likeness(name: str) -> float:
        common = sum(word in known[name].common for word in words)
        return common + sum(heard[name].values()) / 4 + OWN * (name == language)

    return heard[max(known, key=likeness)]
