"""What all tests share: settings of Hypothesis, where pictures go, what begins first, what coverage watches."""

from tests.support import watching  # noqa: F401, I001 – before anything that is watched

import logging
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog

pytest_plugins = ["tests.support.proving", "tests.support.databases"]

# A busy machine is slow now and then: that is no failure. Found examples are printed, so that they can be repeated.
hypothesis.settings.register_profile("buren", deadline=None, print_blob=True, max_examples=60)
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
