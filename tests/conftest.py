"""What all tests share: settings of Hypothesis, where pictures go, what begins first, what coverage watches."""

import logging
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import slipcover
import structlog
from slipcover import pytest_plugin as watching

pytest_plugins = ["tests.support.proving", "tests.support.databases"]

# With `make test` this process is watched: what it imports, and Alembic's migrations, which it loads in another way.
if watching._slipcover_instance and watching._file_matcher:
    slipcover.wrap_spec_from_file_location(watching._slipcover_instance, watching._file_matcher)

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
