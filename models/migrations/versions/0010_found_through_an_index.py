"""The letters of one message, and the reminders that wait, are found without reading all others; less is written."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_letter_chat_message", "letter", ["chat_key", "message_id"])
    op.drop_index("ix_letter_about_chat", table_name="letter")
    op.create_index("ix_letter_about_chat", "letter", ["about", "chat_key"], sqlite_where=sa.text("about IS NOT NULL"))
    op.drop_index("ix_letter_edits_id", table_name="letter")
    op.create_index("ix_letter_edits_id", "letter", ["edits_id"], sqlite_where=sa.text("edits_id IS NOT NULL"))
    op.create_index("ix_reminder_state_due_at", "reminder", ["state", "due_at"])
    op.drop_index("ix_reminder_due_at", table_name="reminder")


def downgrade() -> None:
    """A database goes back by its copy."""
    raise CommandError("there is no way back: put back the copy that `buren migrate` made")
