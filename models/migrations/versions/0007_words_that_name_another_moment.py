"""Whether the words of a request name another moment than the one that counts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words_differ", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.alter_column("words_differ", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("words_differ")
