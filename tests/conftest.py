"""What all tests share: settings of Hypothesis, where pictures go, what begins first, and what coverage watches."""

import logging
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import coverage
import hypothesis
import pytest
import structlog

pytest_plugins = ["tests.support.proving", "tests.support.databases"]

TESTS = Path(__file__).parent

# A busy machine is slow now and then: that is no failure. Found examples are printed, so that they can be repeated.
hypothesis.settings.register_profile("buren", deadline=None, print_blob=True)
hypothesis.settings.load_profile("buren")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="keep the pictures that browser tests take in FOLDER")


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A command that is run in this process sets up the log; the next test finds it as it was."""
    yield
    logging.disable(logging.NOTSET)
    if structlog.is_configured():
        structlog.reset_defaults()


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder for pictures: the README's with `make screenshots`, otherwise one that is thrown away."""
    folder = Path(request.config.getoption("--screenshots") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any order, but what takes long begins early: in the end nobody waits for it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def is_watched(item: pytest.Item) -> bool:
    """Whether coverage learns from this test: of rules, machine and stories; proofs play the same once more."""
    return item.path.relative_to(TESTS).parts[0] in {"models", "bot", "handlers"}


@contextmanager
def unwatched(watcher: coverage.Coverage) -> Iterator[None]:
    """Neither this process is watched nor those that it starts."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_PROCESS_")}
    watcher.stop()
    try:
        yield
    finally:
        watcher.start()
        os.environ.update(hidden)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let coverage look on, or not."""
    watcher = coverage.Coverage.current()
    if watcher is None or is_watched(item):
        return (yield)
    with unwatched(watcher):
        return (yield)
