"""What `deploy/` holds is taken by the programs that will read it."""

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.structure.tree import ROOT, read

UNIT, QUADLET, CONTAINER = Path("deploy/buren.service"), Path("deploy/buren.container"), Path("deploy/Containerfile")
BESIDE_PYTHON = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def run(*words: str) -> tuple[int, str]:
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout + found.stderr


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit as it would be on a machine where the bot is installed: its program is there."""
    copy = tmp_path / UNIT.name
    copy.write_text(read(UNIT).replace("/opt/buren/bin/buren", str(shutil.which("true"))), "utf-8")
    return copy


def test_systemd_takes_the_unit_without_a_word(unit: Path) -> None:
    assert shutil.which("systemd-analyze"), "apt-get install systemd"
    assert run("systemd-analyze", "verify", "--man=no", str(unit)) == (0, "")


def test_a_unit_that_systemd_does_not_take_would_be_noticed(unit: Path) -> None:
    unit.write_text(unit.read_text("utf-8").replace("ProtectHome=yes", "ProtectHome=perhaps"), "utf-8")
    _, said = run("systemd-analyze", "verify", "--man=no", str(unit))
    assert "Failed to parse protect home value" in said


def test_the_unit_is_as_closed_as_systemd_can_judge(unit: Path) -> None:
    """0 is closed, 10 is open; what remains is the network, which it needs."""
    code, said = run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(unit))
    assert code == 0, said


def test_the_container_file_passes_hadolint(tmp_path: Path) -> None:
    hadolint = shutil.which("hadolint", path=BESIDE_PYTHON)
    assert hadolint, "hadolint comes with the development dependencies"
    assert run(hadolint, "--no-color", str(ROOT / CONTAINER)) == (0, "")
    (tmp_path / "Containerfile").write_text("FROM debian\nRUN cd /tmp && apt-get install curl\n")
    code, said = run(hadolint, str(tmp_path / "Containerfile"))
    assert code == 1
    assert "DL3006" in said


def test_the_container_runs_as_nobody_special_and_has_all_folders_of_the_product() -> None:
    words = read(CONTAINER)
    assert re.search(r"^USER 10001:10001$", words, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", words, re.MULTILINE)
    assert set(re.findall(r"^COPY (\w+) \1$", words, re.MULTILINE)) == {"bot", "handlers", "locales", "models"}


def test_the_quadlet_is_read_only_rootless_and_drops_everything() -> None:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # configparser's own way: names keep their case
    parser.read_string(read(QUADLET))
    container = parser["Container"]
    assert (container["ReadOnly"], container["NoNewPrivileges"], container["DropCapability"]) == ("true", "true", "all")
    assert container["Volume"] == "buren-data:/data"


@pytest.mark.parametrize("file", [UNIT, QUADLET, CONTAINER], ids=lambda file: file.name)
def test_only_settings_that_exist_are_set(file: Path) -> None:
    known = {f"BUREN_{field.upper()}" for field in Settings.model_fields}
    assert set(re.findall(r"BUREN_\w+", read(file))) <= known


def test_each_file_is_explained() -> None:
    told = read(Path("docs/operate.md"))
    for file in (UNIT, QUADLET, CONTAINER):
        assert str(file) in told
