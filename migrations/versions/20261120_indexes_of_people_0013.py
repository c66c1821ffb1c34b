"""Add indexes of people by name and by how they stand in a course."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_users_name_lower", "users", [sa.text("lower(display_name)"), "id"])
    op.create_index(
        "ix_enrollments_standing", "enrollments", ["course_id", "status", "admitted_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_enrollments_standing", table_name="enrollments")
    op.drop_index("ix_users_name_lower", table_name="users")
