"""Add an index of how people stand in a course."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("enrollments") as enrollments:
        enrollments.create_index("ix_enrollments_standing", ["course_id", "status", "admitted_at"])


def downgrade() -> None:
    with op.batch_alter_table("enrollments") as enrollments:
        enrollments.drop_index("ix_enrollments_standing")
