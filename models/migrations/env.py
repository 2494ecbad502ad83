"""Run by alembic for each command: takes the connection that `models.migrations` was given."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from models import Base
from models.columns import UTC, Digest, Sealed, SealedJSON

STORED_AS = {UTC: "sa.DateTime()", Sealed: "sa.LargeBinary()", SealedJSON: "sa.LargeBinary()", Digest: "sa.String(64)"}


def _stored(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a revision writes our column types: as what is stored, so that it still runs when the types have changed."""
    if kind == "type" and type(item) in STORED_AS:
        return STORED_AS[type(item)]
    return f"sa.String({item.length})" if kind == "type" and isinstance(item, sa.Enum) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_stored,
)
with context.begin_transaction():
    context.run_migrations()
