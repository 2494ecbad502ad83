"""Everything sealed anew: under a new key, or after a copy came back that an older one sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from models import Base
from models.columns import Digest, Sealed, SealedJSON

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

    from bot.sealing import KeyRing

PAGE = 500  # rows at a time


def reseal(engine: Engine, ring: KeyRing) -> None:
    """Seal everything with the newest key of `ring`, which also opens what is there; all of it or nothing."""
    engine.dialect.sealer = ring  # type: ignore[attr-defined]  # where the column types in models/columns.py find it
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            _reseal(connection, table)


def _reseal(connection: Connection, table: Table) -> None:
    sealed = [column for column in table.columns if isinstance(column.type, Sealed | SealedJSON)]
    digests = [column for column in table.columns if isinstance(column.type, Digest)]
    for digest in digests:
        if digest.info.get("of") is None:
            # What it was made of is nowhere: a link of today, which has to be made anew.
            connection.execute(table.delete())
            return
    if not sealed:
        return
    key = table.c.id
    change = update(table).where(key == bindparam("the_row"))
    values: dict[str, Any] = {column.name: bindparam(f"new_{column.name}") for column in [*sealed, *digests]}
    last = 0
    while rows := connection.execute(select(key, *sealed).where(key > last).order_by(key).limit(PAGE)).all():
        told: list[dict[str, Any]] = []
        for row in rows:
            found = row._mapping  # noqa: SLF001 – SQLAlchemy's public name for it
            new = {"the_row": found["id"]} | {f"new_{column.name}": found[column.name] for column in sealed}
            told.append(new | {f"new_{digest.name}": found[digest.info["of"]] for digest in digests})
        connection.execute(change.values(values), told)
        last = rows[-1].id
