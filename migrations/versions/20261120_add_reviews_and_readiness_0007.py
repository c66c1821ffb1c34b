"""Add comments of reviews, and what is known of texts without reading them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_comments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lesson_key", sa.String(length=32), nullable=False),
        sa.Column("block_key", sa.String(length=32), nullable=False),
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "resolved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "lesson_key <> '' OR block_key = ''", name=op.f("ck_review_comments_block_in_lesson")
        ),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)",
            name=op.f("ck_review_comments_resolver_known"),
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR resolved_at IS NULL",
            name=op.f("ck_review_comments_thread_resolved"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_review_comments_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["review_comments.id"],
            name=op.f("fk_review_comments_parent_id_review_comments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["review_requests.id"],
            name=op.f("fk_review_comments_request_id_review_requests"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["users.id"], name=op.f("fk_review_comments_resolved_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comments")),
    )
    with op.batch_alter_table("review_comments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_comments_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_comments_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_comments_request_id"), ["request_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_comments_resolved_by_id"), ["resolved_by_id"], unique=False
        )

    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("accessibility", sa.JSON(), nullable=True))

    with op.batch_alter_table("lesson_bodies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("lesson_drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("review_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("outline", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("review_requests", schema=None) as batch_op:
        batch_op.alter_column("size", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("review_requests", schema=None) as batch_op:
        batch_op.drop_column("outline")
        batch_op.drop_column("size")

    with op.batch_alter_table("lesson_drafts", schema=None) as batch_op:
        batch_op.drop_column("facts")

    with op.batch_alter_table("lesson_bodies", schema=None) as batch_op:
        batch_op.drop_column("facts")

    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.drop_column("accessibility")

    with op.batch_alter_table("review_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_comments_resolved_by_id"))
        batch_op.drop_index(batch_op.f("ix_review_comments_request_id"))
        batch_op.drop_index(batch_op.f("ix_review_comments_parent_id"))
        batch_op.drop_index(batch_op.f("ix_review_comments_author_id"))

    op.drop_table("review_comments")
