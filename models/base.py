"""What every table shares: names for constraints, and how a Python type becomes a column."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase

from models.columns import UTC


def choice(kind: type[StrEnum]) -> Enum:
    """A column for one of `kind`, kept as its text, so that a new member needs no new column type."""
    return Enum(
        kind, native_enum=False, length=24, values_callable=lambda members: [member.value for member in members]
    )


class Base(DeclarativeBase):
    """The parent of all models."""

    # Alembic's batch mode can only drop a constraint that has a name.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTC(), str: String(64)}  # noqa: RUF012 – SQLAlchemy's own way to say it
