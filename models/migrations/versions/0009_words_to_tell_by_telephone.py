"""Words that somebody wrote for who has no Telegram, until a coordinator has told them."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("writer_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_call_writer_id_person"), "person", ["writer_id"], ["id"])


def downgrade() -> None:
    """A database goes back by its copy."""
    raise CommandError("there is no way back: put back the copy that `buren migrate` made")
