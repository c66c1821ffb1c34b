"""Add when a lesson opens, how long it takes, and when learners opened it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lessons that there are open at once."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "lesson_openings",
        sa.Column("id", number, nullable=False),
        sa.Column("enrollment_id", number, nullable=False),
        sa.Column("lesson_key", sa.String(length=32), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_lesson_openings_enrollment_id_enrollments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_openings")),
        sa.UniqueConstraint(
            "enrollment_id",
            "lesson_key",
            name=op.f("uq_lesson_openings_enrollment_id_lesson_key"),
        ),
    )
    with op.batch_alter_table("lessons") as lessons:
        lessons.add_column(sa.Column("completion_seconds", sa.Integer(), nullable=True))
        lessons.add_column(sa.Column("release", sa.JSON(), nullable=False, server_default="{}"))
        lessons.create_check_constraint("completion_seconds_positive", "completion_seconds > 0")
    with op.batch_alter_table("lessons") as lessons:
        lessons.alter_column("release", server_default=None)


def downgrade() -> None:
    """Forget it all."""
    with op.batch_alter_table("lessons") as lessons:
        lessons.drop_constraint("completion_seconds_positive", type_="check")
        lessons.drop_column("release")
        lessons.drop_column("completion_seconds")
    op.drop_table("lesson_openings")
