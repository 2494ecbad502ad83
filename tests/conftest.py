"""What all tests share: settings of Hypothesis, and where pictures go."""

from pathlib import Path

import hypothesis
import pytest

# A busy machine is slow now and then: that is no failure. Found examples are printed, so that they can be repeated.
hypothesis.settings.register_profile("buren", deadline=None, print_blob=True)
hypothesis.settings.load_profile("buren")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="keep the pictures that browser tests take in FOLDER")


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder for pictures: the README's with `make screenshots`, otherwise one that is thrown away."""
    folder = Path(request.config.getoption("--screenshots") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
