"""Links that move somebody to another Telegram account."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relink_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relink")),
        sa.UniqueConstraint("secret", name=op.f("uq_relink_secret")),
    )
    op.create_index(op.f("ix_relink_person_id"), "relink", ["person_id"], unique=False)


def downgrade() -> None:
    """There is nothing before; a database goes back by its copy."""
    raise CommandError("there is no way back: put back the copy that `buren migrate` made")
