"""What every file of the project keeps to."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.structure.tree import PRODUCT, files, python_files, read

LONGEST_MODULE = 350
LONGEST_ROUTER = 250

# Places on one machine, and the addresses of package registries: a checkout must work from anywhere, behind any mirror.
ONE_MACHINE = re.compile(r"(?<![\w.~:}-])/(?:home|root|Users|work|tmp)/|\b[A-Z]:\\Users")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|crates\.io|--(?:extra-)?index-[u]rl|--find-[l]inks"
)

DIRECTIVE = re.compile(
    r"""\#\s*(?: noqa (?: :\s*[A-Z]+[0-9]+ (?:[\s,]+[A-Z]+[0-9]+)* )?
             | type:\s*ignore (?: \[[\w\s,-]+\] )?
             | pragma:\s*no\s+(?:cover|branch)
             | mypy:\s*[\w-]+
             | ruff:\s*noqa (?: :\s*[A-Z0-9,\s]+ )? )""",
    re.VERBOSE,
)
REASON = re.compile(r"[^\W\d_]{4,}")


def text_of(path: Path) -> str:
    """The text of a file, or nothing when it is a picture or other data."""
    try:
        return read(path)
    except UnicodeDecodeError:
        return ""


def without_reason(source: str) -> list[int]:
    """Lines where a linter, type checker or coverage is silenced and nobody says why."""
    return [
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
        and DIRECTIVE.search(token.string)
        and not REASON.search(DIRECTIVE.sub("", token.string))
    ]


def naps(source: str) -> list[int]:
    """Lines that let time pass, instead of waiting for an event."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"sleep", "wait_for_timeout"}
        and not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0)
    ]


def asynchronous(source: str) -> list[int]:
    """Lines with async or await."""
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def test_no_file_knows_one_machine_or_one_registry():
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if ONE_MACHINE.search(line) or REGISTRY.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("line", ["cd /" + "home/ann/buren", "https://py" + "pi.org/simple", "pip --index" + "-url x"])
def test_a_machine_or_a_registry_would_be_noticed(line):
    assert ONE_MACHINE.search(line) or REGISTRY.search(line)


@pytest.mark.parametrize(
    "line", ["/usr/bin/chromium", "https://example.org/home/", "~/src/buren", "/start", "$HOME/tmp/"]
)
def test_other_paths_are_fine(line):
    assert not ONE_MACHINE.search(line)
    assert not REGISTRY.search(line)


def test_modules_stay_short():
    modules = [path for path in python_files(*PRODUCT) if "versions" not in path.parts]
    assert modules
    lengths = {path: len(read(path).splitlines()) for path in modules}
    limits = {path: LONGEST_ROUTER if path == Path("bot/routing.py") else LONGEST_MODULE for path in modules}
    assert not [f"{path}: {lengths[path]}" for path in modules if lengths[path] > limits[path]]


def test_whoever_silences_a_check_says_why():
    assert not [f"{path}:{line}" for path in python_files() for line in without_reason(read(path))]


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# noqa: S607", False),
        ("# noqa: S607, PLR0913", False),
        ("# noqa: S607 - found in the PATH", True),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type]  # the stub forgets None", True),
        ("# type: ignore[arg-type]  # noqa: S607", False),
        ("# pragma: no cover", False),
        ("# noqa: S311 – jitter", True),
        ("# pragma: no cover - only after a kill", True),
        ("# an ordinary comment", True),
    ],
)
def test_a_reason_is_words_beside_the_directive(comment, explained):
    assert (without_reason(f"x = 1  {comment}\n") == []) is explained


def test_tests_wait_for_events_and_never_sleep():
    assert not [f"{path}:{line}" for path in python_files("tests") for line in naps(read(path))]
    assert naps("await asyncio.sleep(0.1)") == [1]
    assert naps("page.wait_for_timeout(5)") == [1]
    assert naps("await asyncio.sleep(0)\nawait event.wait()") == []


def test_rules_and_handlers_are_plain_functions():
    assert not [f"{path}:{line}" for path in python_files("handlers", "models") for line in asynchronous(read(path))]
    assert asynchronous("async def f():\n    await g()\n") == [1, 2]
