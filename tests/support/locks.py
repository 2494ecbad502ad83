"""No turn changes a request, or what somebody is as a volunteer, that it did not lock first.

SQLite has one writer and needs no locks; PostgreSQL would lose what the other of two turns decided. So every story
is watched, on either database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from models import Request, Volunteer

DECIDED = {Request: {"state", "helper_id", "helper", "attention", "outcome", "starts_at"}, Volunteer: {"state"}}
_LOCKED, _MADE = "locked", "made"


@contextmanager
def watched() -> Iterator[list[str]]:
    """Gives what was changed without a lock, while it lasts."""
    found: list[str] = []

    def note_locks(state: ORMExecuteState) -> Any:
        if not state.is_select or getattr(state.statement, "_for_update_arg", None) is None:
            return None
        result = state.invoke_statement().freeze()
        locked = state.session.info.setdefault(_LOCKED, set())
        for row in result().unique().all():
            locked.update(_name(each) for each in row if type(each) in DECIDED)
        return result()

    def look(session: Session, _context: object, _instances: object) -> None:
        locked = session.info.setdefault(_LOCKED, set())
        for row in session.dirty:
            attributes = inspect(row).attrs
            changed = [name for name in DECIDED.get(type(row), ()) if attributes[name].history.has_changes()]
            made = row in session.info.get(_MADE, ())
            if changed and not made and _name(row) not in locked:
                found.append(f"{_name(row)}: {sorted(changed)}")
        session.info.setdefault(_MADE, set()).update(session.new)

    event.listen(Session, "do_orm_execute", note_locks)
    event.listen(Session, "before_flush", look)
    try:
        yield found
    finally:
        event.remove(Session, "do_orm_execute", note_locks)
        event.remove(Session, "before_flush", look)


def _name(row: Any) -> str:
    return f"{type(row).__name__} {inspect(row).identity[0]}"
