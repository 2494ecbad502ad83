"""How SQLite goes about what runs while something is told: through an index, or through all rows there are."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

# Tables that grow with what people write. SCAN: it reads all of one; so does an open end of its row ids.
_GROWING = "letter|seen_update|reminder|event|request|person|asked"
_SMALL = "INDEX ix_letter_waiting"  # holds only what is not sent yet
_ALL_OF_IT = re.compile(
    rf"SCAN ({_GROWING})\b(?! USING {_SMALL})|SEARCH ({_GROWING}) USING INTEGER PRIMARY KEY \(rowid[<>]"
)


@contextmanager
def plans_of(engine: Engine) -> Iterator[dict[str, list[str]]]:
    """Each statement that runs meanwhile, and its plan."""
    found: dict[str, list[str]] = {}

    def note(_connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and statement not in found:
            given = (parameters[0] if many and isinstance(parameters[0], tuple) else parameters)[: statement.count("?")]
            found[statement] = [row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)]

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "after_cursor_execute", note)


def reads_all(plans: dict[str, list[str]]) -> list[str]:
    """The statements that read all rows of a table which grows."""
    return [f"{statement}\n{plan}" for statement, plan in plans.items() if any(map(_ALL_OF_IT.search, plan))]
