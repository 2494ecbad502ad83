"""Whatever can be tapped leads somewhere: each button has a route, that takes what the button carries."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import NamedTuple

import pytest

import handlers
from bot.routing import router
from tests.structure.tree import python_files, read

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)


class Made(NamedTuple):
    """One `Button(label, name, *words)` in the sources; `words` is `None` where a `*` hides how many."""

    where: str
    name: str
    words: int | None


def buttons() -> Iterator[Made]:
    """All buttons that the product makes, but for those whose name is a variable."""
    for path in python_files("handlers", "bot"):
        source = read(path)
        for node in ast.walk(ast.parse(source)) if "Button(" in source else ():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button"):
                continue
            name = node.args[1] if len(node.args) > 1 else None
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                words = node.args[2:]
                count = None if any(isinstance(each, ast.Starred) for each in words) else len(words)
                yield Made(f"{path}:{node.lineno}", name.value, count)


MADE = list(buttons())


def test_the_buttons_are_found() -> None:
    assert len(MADE) > 50
    assert {"ask", "accept", "agree", "case"} <= {made.name for made in MADE}


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.name}@{made.where}")
def test_a_button_has_a_route_that_takes_its_words(made: Made) -> None:
    assert made.name in router.buttons
    wanted = list(inspect.signature(router.buttons[made.name].handler).parameters.values())[1:]
    needed = [each for each in wanted if each.default is each.empty]
    assert made.words is None or len(needed) <= made.words <= len(wanted)


def test_each_route_has_a_button() -> None:
    assert set(router.buttons) - {made.name for made in MADE} == set()
