"""The drawing in the documents is the table that everything goes through."""

from pathlib import Path

from models import drawing
from models.lifecycle import TRANSITIONS, Action, State


def test_the_drawing_is_current() -> None:
    assert drawing.TARGET.read_text(encoding="utf-8") == drawing.render(), "run python -m models.drawing"


def test_every_transition_is_drawn_and_told() -> None:
    page = drawing.render()
    for (source, action), target in TRANSITIONS.items():
        arrow = next(line for line in page.splitlines() if line.strip().startswith(f"{source} --> {target}:"))
        assert action.replace("_", " ") in arrow
        told = next(line for line in page.splitlines() if line.startswith(f"| {action.replace('_', ' ')} |"))
        assert told.split("|")[4 + list(State).index(source)].strip() == f"→ {target}"


def test_every_step_says_who_and_what() -> None:
    assert drawing.WHO.keys() == drawing.MEANS.keys() == set(Action)


def test_it_is_written_where_it_is_asked(tmp_path: Path) -> None:
    drawing.main(tmp_path / "states.md")
    assert (tmp_path / "states.md").read_text("utf-8") == drawing.render()
