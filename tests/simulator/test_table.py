"""The page about methods is made from the code, and the code knows no field that Telegram does not have."""

from pathlib import Path

import pytest
import telegram.constants

from simulator import table
from simulator.methods import METHODS
from simulator.methods.editing import EMOJI


def test_the_page_about_methods_is_current() -> None:
    assert table.TARGET.read_text(encoding="utf-8") == table.render(), "run python -m simulator.table"


def test_reactions_are_those_of_telegram() -> None:
    plain = {str(emoji.value).replace("\ufe0f", "") for emoji in telegram.constants.ReactionEmoji}
    assert plain == {emoji.replace("\ufe0f", "") for emoji in EMOJI}


def test_the_page_can_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table.main(tmp_path / "methods.md")
    assert (tmp_path / "methods.md").read_text(encoding="utf-8") == table.render()
    assert capsys.readouterr().out == f"{len(METHODS)} methods\n"
