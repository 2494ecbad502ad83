"""A number behind an hour: its minutes ("tien uur dertig"), or what somebody counts ("om 10 uur twee zakken")?

Only what follows tells, which a rule does not see; so it is decided before the rules are applied. Before a word that
says nothing about time a number counts, or may count, and then it is asked whether it was minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.spoken.chart import Node
    from models.spoken.lexicon import Lexicon, Number
    from models.spoken.tokens import Token

BEHIND = {"oclock", "midday"}
# So many things are not counted: in digits, and in words.
MINUTES_IN_DIGITS, MINUTES_IN_WORDS = {15, 30, 45}, {35, 45, 55}


def told_apart(words: Lexicon, found: Sequence[Token]) -> tuple[list[Node], set[int]]:
    """What each word can mean, without numbers that count, and the places of those.

    A number that may count is `perhaps_minutes`.
    """
    nodes = list(words.nodes(found))
    numbers = {node.start for node in nodes if node.kind == "number"}
    at = {node.end for node in nodes if node.kind == "at"}
    behind = {node.end for node in nodes if node.kind in BEHIND} | {start + 1 for start in numbers if start in at}
    linking = {node.start for node in nodes if node.kind in {"or", "and", "comma", "dash"}}
    lasting = {node.start: node.end for node in nodes if node.kind == "span_minutes"}
    kept: list[Node] = []
    counts: set[int] = set()
    for node in nodes:
        after = node.end
        while after in numbers or (after in linking and after + 1 in numbers):  # "vijf of zes zakken"
            after += 1
        if node.kind == "number" and node.start in behind and _before_a_thing(words, found, node.start, after):
            if (kind := _kind(node.value)) is not None:
                kept.append(node._replace(kind=kind))
            else:
                counts |= {at for at in range(node.start, after) if at in numbers or at in linking}
        elif node.kind != "and_quarter" or lasting.get(node.start, 0) <= node.end:  # not that of "un quart d'heure"
            kept.append(node)
    return kept, counts


def _before_a_thing(words: Lexicon, found: Sequence[Token], start: int, after: int) -> bool:
    """Whether a word follows that says nothing about time; not behind "14u12", which is an hour whatever follows."""
    apart = found[start - 1].end < found[start].start
    return apart and after < len(found) and found[after].kind == "word" and not words.knows(found[after].text)


def _kind(number: Number) -> str | None:
    """What it is before a thing; `None`: it counts."""
    if number.n in (MINUTES_IN_DIGITS if number.digits else MINUTES_IN_WORDS):
        return "number"
    return "perhaps_minutes" if number.n % 5 == 0 and (number.digits == 2 or number.n >= 15) else None
