"""Proofs: tests that say which promise they hold, run small by default, and in full with `--prove`.

@pytest.mark.proof("kill", promise="…", how="…", figure="{kills} kills, {lost} lost", goal={"kills": 1000})
def test_nothing_is_lost(proof):
    for n in range(proof.size(small=10)):  # 1000 with --prove: the goal of `kills`, divided over the shards
        …
        proof.count(kills=1, lost=0)       # a later count of the same name adds up, over shards and workers too
        proof.most(slowest_seconds=0.4)    # of these the highest is kept

With `only_in_full=True` it has no small size; one that is `alone` measures time, and runs before all others.

`make prove` runs all of them and writes `docs/reliability.md`; `make prove ONLY=kill` runs one and renews its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

REPORT = Path(__file__).parents[2] / "docs" / "reliability.md"
HEAD = """# What is promised, and what was measured

`make prove` runs every proof in full and writes this table; `make test` runs a small share of each.
`make prove ONLY=name` repeats one. Where a promise did not hold on that day, its row says so.

| proof | promise | how it is tested | figure | on | command |
|---|---|---|---|---|---|
"""


class Proof:
    """The figures of one test."""

    def __init__(self, goal: dict[str, int], shards: int, *, full: bool) -> None:
        self.full = full
        self.counted: dict[str, float] = {}
        self.highest: dict[str, float] = {}
        self._goal, self._shards = goal, shards

    def size(self, small: int, of: str | None = None) -> int:
        """How many: `small`, or with `--prove` this test's share of the goal (the first one, unless `of` names it)."""
        if not self.full:
            return small
        goal = self._goal[of] if of else next(iter(self._goal.values()))
        return -(-goal // self._shards)

    def count(self, **figures: float) -> None:
        """Add to figures."""
        for name, figure in figures.items():
            self.counted[name] = self.counted.get(name, 0) + figure

    def most(self, **figures: float) -> None:
        """Keep the highest of each."""
        for name, figure in figures.items():
            self.highest[name] = max(self.highest.get(name, figure), figure)


class Row(NamedTuple):
    """One line of the report."""

    name: str
    promise: str
    how: str
    figure: str
    on: str
    command: str

    def __str__(self) -> str:
        return "| " + " | ".join(self) + " |"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--prove`."""
    parser.addoption(
        "--prove",
        metavar="NAME",
        help="run the proof NAME in full and write docs/reliability.md; `alone`: those that measure time, beside which "
        "nothing else should run; `together`: all others",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marker means, and let proofs that are only for `--prove` run."""
    config.addinivalue_line(
        "markers",
        "proof(name, promise, how, figure, goal, shards=1, only_in_full=False, alone=False): a promise and its figures",
    )
    if config.getoption("--prove"):
        config.option.markexpr = "proof"
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(Report(), "proofs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the proofs, only those that were asked for; without `--prove`, none that has no small size."""
    wanted = config.getoption("--prove")
    others = [item for item in items if (mark := item.get_closest_marker("proof")) and not _is_wanted(mark, wanted)]
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)


def _is_wanted(mark: pytest.Mark, wanted: str | None) -> bool:
    if wanted in {"alone", "together"}:
        return bool(mark.kwargs.get("alone")) == (wanted == "alone")
    return mark.args[0] == wanted if wanted else not mark.kwargs.get("only_in_full")


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Proof]:
    """What the test counts."""
    mark = request.node.get_closest_marker("proof")
    assert mark is not None, "a test that asks for `proof` says with @pytest.mark.proof what it proves"
    said = mark.kwargs
    figures = Proof(said["goal"], said.get("shards", 1), full=bool(request.config.getoption("--prove")))
    yield figures
    for name in ("promise", "how", "figure"):
        request.node.user_properties.append((f"proof.{name}", said[name]))
    request.node.user_properties.append(("proof", mark.args[0]))
    request.node.user_properties.append(("proof.goal", said["goal"] if figures.full else {}))
    request.node.user_properties.append(("proof.counted", figures.counted))
    request.node.user_properties.append(("proof.highest", figures.highest))


class Report:
    """Gathers figures from all workers, and writes the table at the end."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, str]] = {}
        self.figures: dict[str, dict[str, float]] = {}
        self.goals: dict[str, dict[str, int]] = {}
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One test is over; the figures come with its teardown, a failure with its call."""
        told: dict[str, Any] = dict(report.user_properties)
        name = told.get("proof")
        if report.failed:
            self.failed.add(name or report.nodeid)
        if name is None:
            return
        if report.nodeid in self.said.get(name, {}):
            return
        self.said.setdefault(name, {})[report.nodeid] = ""
        self.said[name] |= {key: told[f"proof.{key}"] for key in ("promise", "how", "figure")}
        self.goals[name] = told["proof.goal"]
        figures = self.figures.setdefault(name, {})
        for key, figure in told["proof.counted"].items():
            figures[key] = figures.get(key, 0) + figure
        for key, figure in told["proof.highest"].items():
            figures[key] = max(figures.get(key, figure), figure)

    def pytest_sessionfinish(self) -> None:
        """Renew the rows of what ran."""
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        rows = {row.name: row for row in known()}
        for name, said in self.said.items():
            broken = name in self.failed or any(node in self.failed for node in said)
            # A part that never came to its end, such as that of a worker that died, has failed nothing.
            broken = broken or any(self.figures[name].get(key, 0) < goal for key, goal in self.goals[name].items())
            figure = said["figure"].format_map(_Figures(self.figures[name]))
            figure = f"**did not hold** – {figure}" if broken else figure
            rows[name] = Row(name, said["promise"], said["how"], figure, today, f"`make prove ONLY={name}`")
        if rows:
            write(rows, REPORT)


def write(rows: dict[str, Row], report: Path) -> None:
    """Renew these rows; the others stay."""
    rows = {row.name: row for row in known()} | rows
    report.write_text(HEAD + "".join(f"{rows[name]}\n" for name in sorted(rows)), encoding="utf-8")


class _Figures(dict[str, str]):
    """Figures as they are read; what was never counted is 0."""

    def __init__(self, figures: dict[str, float]) -> None:
        super().__init__(
            (name, f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.2f}") for name, figure in figures.items()
        )

    def __missing__(self, name: str) -> str:
        return "0"


def known() -> list[Row]:
    """The rows that the report has now."""
    if not REPORT.exists():
        return []
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    cells = [re.split(r"\s*(?<!\\)\|\s*", line.strip("| ")) for line in lines if line.startswith("| ")]
    return [Row(*each) for each in cells if len(each) == len(Row._fields) and each[0] != "proof"]
