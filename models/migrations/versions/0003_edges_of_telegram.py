"""Remember which message a request came in, the newest album of a person, and the buttons that a message has."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keys", sa.LargeBinary(), nullable=True))
        batch_op.create_index(
            "ix_letter_keys", ["chat_key", "id"], unique=False, sqlite_where=sa.text("keys IS NOT NULL")
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("album", sa.String(length=64), nullable=True))

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("message_id")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("album")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_keys")
        batch_op.drop_column("keys")
