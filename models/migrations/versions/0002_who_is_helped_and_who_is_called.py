"""Who is helped, and who is called."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the call list, and room for whom a request helps and for who acted for somebody."""
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("wanted_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_call_request_id_request"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("key", name=op.f("uq_call_key")),
    )
    op.create_index(op.f("ix_call_request_id"), "call", ["request_id"], unique=False)
    op.create_index(op.f("ix_call_state"), "call", ["state"], unique=False)
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("via_id", sa.Integer(), nullable=True))
        event.create_foreign_key(op.f("fk_event_via_id_person"), "person", ["via_id"], ["id"])
    with op.batch_alter_table("request") as request:
        request.add_column(sa.Column("for_name", sa.LargeBinary(), nullable=True))
        request.add_column(sa.Column("for_relation", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """A database goes back by its copy."""
    raise CommandError("there is no way back: put back the copy that `buren migrate` made")
