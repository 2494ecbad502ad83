"""From words to a reading: the rules applied, the likeliest taken, and what is over or impossible found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from models.moment import PART_HOURS, Moment, Part
from models.spoken import dates as _dates
from models.spoken import stretches as _stretches_of_hours
from models.spoken import wishes as _wishes
from models.spoken.chart import Node, parse
from models.spoken.clocks import daytime
from models.spoken.counted import told_apart
from models.spoken.grammar import GRAMMAR, Clock, Known, Wish, Wishes, Wrong, united
from models.spoken.lexicon import Lexicon, lexicon
from models.spoken.reading import Found, Kind, Reading
from models.spoken.tokens import Token, tokens
from models.spoken.wishes import over_today, together
from models.spoken.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.calendar import Calendar

RULES = (_dates, _stretches_of_hours, _wishes)  # imported for their rules
LONGEST = 200  # letters that an answer to "when" may have
MOST_WORDS = 24  # of an answer that is about nothing else
MOST_TOKENS = 250  # of a sentence
# Words that may stand beside a moment and leave it as it is.
MEANINGLESS = {
    "filler",
    "greeting",
    "goes_on",
    "noise",
    "comma",
    "dot",
    "dash",
    "the",
    "at",
    "or",
    "to",
    "and",
    "hour_span",
}


def read(text: str, now: datetime, calendar: Calendar, language: str = "nl", day: date | None = None) -> Reading:
    """Understand `text` as the answer to "when".

    `language` is that of the person: it is read first, then the others, then all of them mixed, and at last with slips
    of the finger. `day`: the day that is spoken of already, which an hour alone then belongs to.
    """
    known = Known(now, calendar.day(now), calendar, day)
    found = tokens(text[:LONGEST])
    while found and found[-1].kind == "sign" and found[-1].text != ".":
        found.pop()
    if not found or len(text) > LONGEST:
        return Reading(Kind.NOT_UNDERSTOOD)
    others = [each for each in LANGUAGES if each != language]
    alone = [lexicon(each) for each in (language, *others)]
    if len(found) <= MOST_WORDS:
        for typos in (False, True):
            for words in (*alone, lexicon(language, *others)):
                if (wishes := _whole(known, words, words.split(found, typos=typos))) is not None:
                    return _reading(known, wishes)
    return _inside(replace(known, sentence=True), alone, _without_greetings(found))


def find(text: str, now: datetime, calendar: Calendar, language: str = "nl") -> Found | None:
    """Find a moment inside a sentence: "kan iemand morgen om 14u mijn brood halen" → tomorrow 14:00, and its place.

    `None` where there is none. It is stricter than `read`: a number alone is no hour, and "de 2de verdieping" no date.
    Several moments that belong together ("morgen … om 14u") are one, with two spans; else the reading is ambiguous.
    What is past or impossible is found too: look at `reading.is_clear` before filling anything in. The spans cover the
    words with their prepositions ("op dinsdag", "à 14h"); `Found.without(text)` is the sentence without them.
    """
    known = Known(now, calendar.day(now), calendar, sentence=True)
    found = _without_greetings(tokens(text)[:MOST_TOKENS])
    best: Found | None = None
    for each in (language, *(each for each in LANGUAGES if each != language)):
        words = lexicon(each)
        split = words.split(found)
        if not (nodes := _stretches(known, words, split)):
            continue
        reading = _reading(known, _joined(known, [node.value for node in nodes]))
        says_day = reading.is_clear and reading.moment.day is not None
        # Words of another language are believed where they say a day: "hier" is here in Dutch, yesterday in French.
        if each == language or says_day:
            here = Found(reading, tuple((split[node.start].start, split[node.end - 1].end) for node in nodes))
            best = here if best is None or here.length > best.length else best
        if each == language and says_day:
            break
    return best


# ── the likeliest ──


def _whole(known: Known, words: Lexicon, found: Sequence[Token]) -> Wishes | None:
    """What all the words together mean; several readings of equal cost are all meant."""
    nodes = list(words.nodes(found))
    if len({at for node in nodes for at in range(node.start, node.end)}) < len(found):
        return None
    parsed = [node for node in parse(GRAMMAR, nodes, known) if (node.start, node.end) == (0, len(found))]
    whole = [node for node in parsed if node.kind in {"wish", "alone"}]
    least = min((node.cost for node in whole), default=0)
    return tuple(dict.fromkeys(wish for node in whole if node.cost == least for wish in node.value)) or None


def _inside(known: Known, alone: Sequence[Lexicon], found: Sequence[Token]) -> Reading:
    """What is said among other words, where none of those changes it: not, every, before, …"""
    best, reading = 0, Reading(Kind.NOT_UNDERSTOOD)
    for words in alone:
        split = words.split(found)
        nodes = _stretches(known, words, split)
        polite = [
            node for node in words.nodes(split) if node.kind in {"filler", "greeting"} and node.end - node.start > 1
        ]
        used = {at for node in [*nodes, *polite] for at in range(node.start, node.end)} | told_apart(words, split)[1]
        left = [token for at, token in enumerate(split) if at not in used]
        if (
            nodes
            and len(used) > best
            and not any(_changes(each, token) for token in left for each in (alone[0], words))
        ):
            best, reading = len(used), _reading(known, _joined(known, [node.value for node in nodes]))
    return reading


def _without_greetings(found: Sequence[Token]) -> list[Token]:
    """In any language: "Guten Morgen" is no tomorrow, for a Dutch reader neither."""
    nodes = [node for each in LANGUAGES for node in lexicon(each).nodes(found) if node.kind == "greeting"]
    greeting = {at for node in nodes for at in range(node.start, node.end)}
    return [token for at, token in enumerate(found) if at not in greeting]


def _changes(words: Lexicon, token: Token) -> bool:
    if token.kind != "word":
        return token.kind != "sign"
    meanings = {kind for kind, _ in words.phrases.get((token.text,), ())}
    return bool(meanings) and not meanings & MEANINGLESS


def _stretches(known: Known, words: Lexicon, found: Sequence[Token]) -> list[Node]:
    """The longest moments that do not overlap, in their order; of the past only where nothing else is said."""
    nodes = [node for node in told_apart(words, found)[0] if node.kind != "filler"]
    barred = {at for node in nodes if node.kind in {"not", "every"} for at in range(node.start - 1, node.end + 1)}
    moments = [node for node in parse(GRAMMAR, nodes, known) if node.kind == "wish"]
    moments = [
        node for node in moments if not barred & set(range(node.start, node.end)) and _is_strong(node, words, found)
    ]
    moments.sort(key=lambda node: (node.start - node.end, node.cost))
    chosen: list[Node] = []
    for node in moments:
        if all(node.end <= other.start or other.end <= node.start for other in chosen):
            chosen.append(node)
    chosen.sort(key=lambda node: node.start)
    return [node for node in chosen if not any(wish.day is Wrong.PAST for wish in node.value)] or chosen


def _is_strong(node: Node, words: Lexicon, found: Sequence[Token]) -> bool:
    """Whether it is surely about time: "zo", "ma", "may" are other words too, and "om twee broden te halen" no hour."""
    inside = found[node.start : node.end]
    if all(token.kind == "word" and len(token.text) <= 3 for token in inside):
        return False
    last, after = inside[-1], found[node.end : node.end + 1]
    counts = any(kind == "number" for kind, _ in words.phrases.get((last.text,), ())) or last.kind == "number"
    if not counts or not after or after[0].kind != "word" or words.knows(after[0].text):
        return True
    return not (len(inside) > 1 and any(kind == "at" for kind, _ in words.phrases.get((inside[-2].text,), ())))


def _joined(known: Known, several: list[Wishes]) -> Wishes:
    """Of several moments in one sentence: together where they complete each other, else each of them."""
    joined = several[0]
    for wishes in several[1:]:
        both = together(known, joined, wishes)
        joined = both if both is not None else united(joined, wishes)
    return joined


# ── what is over, and what cannot be ──


def _reading(known: Known, wishes: Wishes) -> Reading:
    said = [_with_day(known, wish) for wish in wishes]
    meant = [_moment(known, wish) for wish in said]
    if not any(isinstance(each, Moment) for each in meant):
        meant += [_moment(known, each) for wish in said for each in over_today(known, wish)]
    moments = {each for each in meant if isinstance(each, Moment)}
    if moments:
        return Reading.of(tuple(sorted(moments, key=_in_time)))
    return Reading(Kind.IMPOSSIBLE if Wrong.IMPOSSIBLE in meant else Kind.PAST)


def _in_time(moment: Moment) -> tuple[date, time]:
    return moment.day or date.min, moment.hour or PART_HOURS[moment.part or Part.ANY][0]


def _with_day(known: Known, wish: Wish) -> Wish:
    if known.day is None or wish.day is not None:
        return wish
    return wish._replace(day=known.day, part=Part.ANY if wish.free else wish.part, free=False)


def _moment(known: Known, wish: Wish) -> Moment | Wrong:
    """The moment, or why there is none."""
    for wrong in (wish.day, wish.clock):
        if isinstance(wrong, Wrong):
            return wrong
    day = wish.day if isinstance(wish.day, date) else None
    hour = daytime(wish.clock) if isinstance(wish.clock, Clock) else None
    moment = Moment(day, wish.part if hour is None else None, hour)
    if day is None:
        return moment
    if hour is not None and not _exists(known.calendar, day, hour):
        return Wrong.IMPOSSIBLE
    if moment.part is not None or hour is not None:
        last = known.calendar.bounds(moment, timedelta(0))[1]
        return moment if last is not None and last > known.now else Wrong.PAST
    return moment if day >= known.today else Wrong.PAST


def _exists(calendar: Calendar, day: date, hour: time) -> bool:
    """Whether clocks show that hour: one is skipped in March."""
    return calendar.wall(calendar.at(day, hour).astimezone(UTC)).time() == hour
