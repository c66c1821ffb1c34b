"""Reasons of versions, publications of copies, and what learners have seen."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OF_SOMETHING = "ck_publications_of_something"
SOURCE = "fk_publications_source_id_course_versions"
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Nobody is told anew of what they have had before them already.
ALL_SEEN = """
    UPDATE enrollments SET seen_number = (
        SELECT course_versions.number FROM course_versions
        JOIN courses ON courses.id = enrollments.course_id
        WHERE course_versions.id =
            coalesce(enrollments.pinned_version_id, courses.current_version_id)
    )
"""


def _note() -> sa.Column[str]:
    return sa.Column("note", sa.String(length=500), nullable=False, server_default="")


def upgrade() -> None:
    op.add_column("course_versions", _note())
    op.add_column("enrollments", sa.Column("seen_number", sa.Integer(), nullable=True))
    op.execute(ALL_SEEN)
    with op.batch_alter_table("publications") as batch_op:
        batch_op.add_column(sa.Column("source_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("expected_number", sa.Integer(), nullable=True))
        batch_op.add_column(_note())
        batch_op.alter_column("version_id", existing_type=BIG, nullable=True)
        batch_op.create_index(op.f("ix_publications_source_id"), ["source_id"])
        batch_op.create_foreign_key(
            op.f(SOURCE), "course_versions", ["source_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(
            op.f(OF_SOMETHING), "version_id IS NOT NULL OR source_id IS NOT NULL"
        )


def downgrade() -> None:
    # A copy that was never made has no version, which the older table cannot hold: its source it is.
    op.execute("UPDATE publications SET version_id = source_id WHERE version_id IS NULL")
    with op.batch_alter_table("publications") as batch_op:
        batch_op.drop_constraint(op.f(OF_SOMETHING), type_="check")
        batch_op.drop_constraint(op.f(SOURCE), type_="foreignkey")
        batch_op.drop_index(op.f("ix_publications_source_id"))
        batch_op.alter_column("version_id", existing_type=BIG, nullable=False)
        batch_op.drop_column("note")
        batch_op.drop_column("expected_number")
        batch_op.drop_column("source_id")
    op.drop_column("enrollments", "seen_number")
    op.drop_column("course_versions", "note")
