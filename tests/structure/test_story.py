"""Each sentence of the story names the tests that play it, and those tests exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.structure.tree import files, read

STORY = Path("docs/story.md")
PARTS = (
    "Arriving", "Asking", "Volunteering", "Helping", "Reminding", "Coordinating", "Anything else",
    "Languages", "Days in words", "In one's own words", "For somebody else", "A change of mind",
    "Odd messages", "Eyes and hands", "More for coordinators", "Operating",
)  # fmt: skip
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of one file; none where there is no such file."""
    if Path(path) not in files():
        return frozenset()
    tree = ast.parse(read(Path(path)))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def rows(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each line of the tables: its part, the sentence, and the tests that it names."""
    found, part = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| What people find |"):
            sentence, tests = line.strip("|").split(" | ", 1)
            found.append((part, sentence.strip(), NAMED.findall(tests)))
    return found


def missing(text: str) -> list[str]:
    """What a reader would not find: a sentence without a test, a test that does not exist."""
    untested = [sentence for _, sentence, tests in rows(text) if not tests]
    return untested + [f"{path}::{name}" for path, name in NAMED.findall(text) if name not in names_in(path)]


def test_each_part_of_the_story_is_told() -> None:
    told = [part for part, _, _ in rows(read(STORY))]
    assert tuple(dict.fromkeys(told)) == PARTS
    assert len(told) > 60


def test_each_sentence_has_its_tests_and_they_exist() -> None:
    assert not missing(read(STORY))


@pytest.mark.parametrize(
    "line",
    [
        "| Something new. | soon |",
        "| Something. | `tests/structure/test_story.py::test_that_nobody_wrote` |",
        "| Something. | `tests/nowhere/test_story.py::test_each_part_of_the_story_is_told` |",
    ],
)
def test_what_is_not_tested_would_be_noticed(line: str) -> None:
    assert missing(f"## Arriving\n{line}")
