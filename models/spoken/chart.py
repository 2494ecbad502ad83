"""Puts words together by rules, every way that fits: a chart of what each stretch of a text can mean."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Build = TypeVar("Build", bound="Callable[..., object]")
MOST_NODES = 1500  # nobody says so much about time; a text made to take long is not read to its end


class Node(NamedTuple):
    """The tokens from `start` up to before `end` can mean `value`; less `cost` is likelier."""

    start: int
    end: int
    kind: str
    value: Any
    cost: int = 0


@dataclass(frozen=True)
class Rule:
    """Neighbours of the kinds in `pattern` make one of `makes`; `build` gives its value, or `None`: not these."""

    makes: str
    pattern: tuple[str, ...]
    build: Callable[..., object]
    cost: int


@dataclass
class Grammar:
    """Rules, written as `@grammar.rule("clock", "at clock", "clock hours")` above the function that builds."""

    by_kind: dict[str, list[tuple[Rule, int]]] = field(default_factory=lambda: defaultdict(list))

    def rule(self, makes: str, *patterns: str, cost: int = 0) -> Callable[[Build], Build]:
        """Register a rule for each of `patterns`. The function takes what is known, then the values in their order."""

        def register(build: Build) -> Build:
            for pattern in patterns:
                rule = Rule(makes, tuple(pattern.split()), build, cost)
                for position, kind in enumerate(rule.pattern):
                    self.by_kind[kind].append((rule, position))
            return build

        return register


def parse(grammar: Grammar, words: Iterable[Node], known: object) -> Iterator[Node]:
    """All that the words and the rules make, each once at its lowest cost so far."""
    starting: dict[int, list[Node]] = defaultdict(list)
    ending: dict[int, list[Node]] = defaultdict(list)
    costs: dict[tuple[int, int, str, Any], int] = {}
    agenda = deque(words)
    while agenda and len(costs) < MOST_NODES:
        node = agenda.popleft()
        if costs.get(node[:4], node.cost + 1) <= node.cost:
            continue
        costs[node[:4]] = node.cost
        starting[node.start].append(node)
        ending[node.end].append(node)
        yield node
        for rule, position in grammar.by_kind.get(node.kind, ()):
            for parts in _around(rule.pattern, position, node, starting, ending):
                value = rule.build(known, *(part.value for part in parts))
                if value is not None:
                    cost = rule.cost + sum(part.cost for part in parts)
                    agenda.append(Node(parts[0].start, parts[-1].end, rule.makes, value, cost))


def _around(
    pattern: Sequence[str], position: int, node: Node, starting: dict[int, list[Node]], ending: dict[int, list[Node]]
) -> Iterator[list[Node]]:
    """Every row of neighbours that fits the pattern, with `node` in its place."""
    lefts = [[node]]
    for kind in reversed(pattern[:position]):
        lefts = [[other, *row] for row in lefts for other in ending.get(row[0].start, ()) if other.kind == kind]
    rows = lefts
    for kind in pattern[position + 1 :]:
        rows = [[*row, other] for row in rows for other in starting.get(row[-1].end, ()) if other.kind == kind]
    yield from rows
