"""What is imported is declared, and what is declared is pinned."""

import ast
import os
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.structure.tree import PRODUCT, ROOT, python_files, read

PROJECT = tomllib.loads(read(Path("pyproject.toml")))["project"]
OWN = {*PRODUCT, "locales", "tests", "benchmarks"}


def normal(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """The distributions that requirements like `psycopg[binary]>=3.2; marker` speak of."""
    return {normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in requirements}


def imported(folder: str) -> set[str]:
    """Top-level modules from elsewhere that the modules of a folder import, also inside functions."""
    found = set()
    for path in python_files(folder):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found - OWN - sys.stdlib_module_names


def distributions(modules: set[str]) -> set[str]:
    providers = packages_distributions()
    return {normal(providers[module][0]) if module in providers else module for module in modules}


def test_what_the_product_imports_is_declared():
    declared = names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["postgresql"])
    used = distributions(set().union(*(imported(folder) for folder in PRODUCT)))
    assert used
    assert used <= declared, f"not among the dependencies: {sorted(used - declared)}"


def test_what_the_tests_import_is_declared():
    every = PROJECT["dependencies"] + [name for extra in PROJECT["optional-dependencies"].values() for name in extra]
    used = distributions(imported("tests"))
    assert used <= names(every), f"not among the dependencies: {sorted(used - names(every))}"


def test_every_declared_dependency_is_pinned_to_one_version():
    lines = [line for line in read(Path("constraints.txt")).splitlines() if not line.startswith("#")]
    assert not [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
    pinned = names(lines)
    assert len(pinned) == len(lines)
    every = PROJECT["dependencies"] + [name for extra in PROJECT["optional-dependencies"].values() for name in extra]
    assert names(every) - pinned == {normal(PROJECT["name"])}


def test_a_machine_can_start_the_tests_with_one_command():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert read(Path(".ci/run")).rstrip().endswith("make test")
