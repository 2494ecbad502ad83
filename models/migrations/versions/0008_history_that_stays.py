"""History that stays as it is, whose business it is, the PINs of coordinators, and who invited whom."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The triggers themselves are put there after each upgrade, by `models.guard`."""
    op.create_table(
        "history_door",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_door")),
    )
    op.create_table(
        "pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("open_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pin_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("person_id", name=op.f("uq_pin_person_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_event_area_id"), ["area_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_event_area_id_area"), "area", ["area_id"], ["id"])
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_invitation_by_id_person"), "person", ["by_id"], ["id"])
    # Whose business the older ones are: the area that they name, else where the person lives now.
    op.execute(
        "UPDATE event SET area_id = coalesce("
        "(SELECT area.id FROM area WHERE area.slug = event.detail "
        "AND event.kind IN ('invited', 'became_coordinator')), "
        "(SELECT person.area_id FROM person WHERE person.id = event.person_id)) WHERE request_id IS NULL"
    )


def downgrade() -> None:
    """A database goes back by its copy."""
    raise CommandError("there is no way back: put back the copy that `buren migrate` made")
