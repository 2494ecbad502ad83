"""The table as it stands in `table.txt`: one line a door and state of the request, one column a person."""

from pathlib import Path
from typing import NamedTuple

from tests.doors.cast import PEOPLE, STATES

TABLE = Path(__file__).parent / "table.txt"


class Line(NamedTuple):
    """One door, and what each person gets there."""

    door: str
    state: str
    cells: dict[str, str]

    @property
    def is_command(self) -> bool:
        """Typed, not tapped."""
        return self.door.startswith("/")

    @property
    def name(self) -> str:
        """Of the route."""
        return self.door.removeprefix("/").split(":")[0]


def lines() -> list[Line]:
    """All of them."""
    found = []
    for number, text in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        door, state, *cells = text.split()
        assert state in (*STATES, "-"), f"table.txt:{number}"
        assert len(cells) == len(PEOPLE), f"table.txt:{number}"
        found.append(Line(door, state, dict(zip(PEOPLE, cells, strict=True))))
    return found
