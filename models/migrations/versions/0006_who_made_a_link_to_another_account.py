"""Who made a link that moves somebody to another Telegram account."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("relink", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_relink_by_id_person"), "person", ["by_id"], ["id"])
    # The history knows who made those that may still be opened.
    op.execute(
        "UPDATE relink SET by_id = (SELECT by_id FROM event WHERE kind = 'relink_offered' "
        "AND event.person_id = relink.person_id ORDER BY event.id DESC LIMIT 1)"
    )


def downgrade() -> None:
    with op.batch_alter_table("relink", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_relink_by_id_person"), type_="foreignkey")
        batch_op.drop_column("by_id")
