"""Add what courses are set to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COURSES = (
    ("price", sa.Integer(), "0"),
    ("currency", sa.String(length=3), "EUR"),
    ("has_waitlist", sa.Boolean(), sa.true()),
    ("offer_hours", sa.Integer(), "48"),
    ("product_suite", sa.String(length=80), ""),
    ("product_concept", sa.String(length=80), ""),
    ("cover", sa.String(length=32), ""),
)
RULES = (
    ("templatereach", "template IN ('mine', 'everyone')"),
    ("price_not_negative", "price >= 0"),
    ("priced_not_open", "price = 0 OR enrollment_type <> 'open'"),
    ("offer_hours_in_range", "offer_hours BETWEEN 1 AND 720"),
    ("template_not_published", "template IS NULL OR current_version_id IS NULL"),
)


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")),
    )
    op.create_table(
        "course_categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_course_categories_category_id_categories"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_course_categories_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_categories")),
        sa.UniqueConstraint(
            "course_id", "category_id", name=op.f("uq_course_categories_course_id_category_id")
        ),
    )
    with op.batch_alter_table("course_categories", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_categories_category_id"), ["category_id"], unique=False
        )

    op.create_table(
        "course_prerequisites",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "required_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.CheckConstraint(
            "course_id <> required_id", name=op.f("ck_course_prerequisites_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_course_prerequisites_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["required_id"],
            ["courses.id"],
            name=op.f("fk_course_prerequisites_required_id_courses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_prerequisites")),
        sa.UniqueConstraint(
            "course_id", "required_id", name=op.f("uq_course_prerequisites_course_id_required_id")
        ),
    )
    with op.batch_alter_table("course_prerequisites", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_prerequisites_required_id"), ["required_id"], unique=False
        )

    op.create_table(
        "course_tags",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("tag_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_course_tags_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_course_tags_tag_id_tags"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_tags")),
        sa.UniqueConstraint("course_id", "tag_id", name=op.f("uq_course_tags_course_id_tag_id")),
    )
    with op.batch_alter_table("course_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_tags_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "import_jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "requested_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('done', 'failed')) = (ended_at IS NOT NULL)",
            name=op.f("ck_import_jobs_ended_when"),
        ),
        sa.CheckConstraint(
            "done >= 0 AND done <= total", name=op.f("ck_import_jobs_done_of_total")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_import_jobs_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["users.id"],
            name=op.f("fk_import_jobs_requested_by_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_jobs")),
    )
    with op.batch_alter_table("import_jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_jobs_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_jobs_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_import_jobs_requested_by_id"), ["requested_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_jobs_state"), ["state"], unique=False)

    op.create_table(
        "teaching_invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "instructor",
                "assistant",
                name="courserole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "declined",
                "revoked",
                name="invitationoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_teaching_invitations_ended_how")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_teaching_invitations_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["users.id"],
            name=op.f("fk_teaching_invitations_invited_by_id_users"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaching_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_teaching_invitations_token_hash")),
    )
    with op.batch_alter_table("teaching_invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_teaching_invitations_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_teaching_invitations_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_teaching_invitations_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_teaching_invitations_invited_by_id"), ["invited_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_teaching_invitations_open",
            ["course_id", "email"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pacing", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column(
                "cover_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.create_index(batch_op.f("ix_course_versions_cover_id"), ["cover_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_course_versions_cover_id_assets"), "assets", ["cover_id"], ["id"]
        )
    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.alter_column("pacing", server_default=None)

    with op.batch_alter_table("courses", schema=None) as batch_op:
        for name, kind, usual in COURSES:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
        batch_op.add_column(sa.Column("template", sa.String(length=32), nullable=True))
        # Nothing had a price before, so nothing that is there can break these.
        for name, rule in RULES:
            batch_op.create_check_constraint(batch_op.f(f"ck_courses_{name}"), rule)
    with op.batch_alter_table("courses", schema=None) as batch_op:
        for name, _, _ in COURSES:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("courses", schema=None) as batch_op:
        for name, _ in reversed(RULES):
            batch_op.drop_constraint(batch_op.f(f"ck_courses_{name}"), type_="check")
        for name in ("template", *(name for name, _, _ in reversed(COURSES))):
            batch_op.drop_column(name)

    with op.batch_alter_table("course_versions", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_course_versions_cover_id_assets"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_course_versions_cover_id"))
        batch_op.drop_column("cover_id")
        batch_op.drop_column("pacing")

    with op.batch_alter_table("teaching_invitations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_teaching_invitations_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_teaching_invitations_invited_by_id"))
        batch_op.drop_index(batch_op.f("ix_teaching_invitations_expires_at"))
        batch_op.drop_index(batch_op.f("ix_teaching_invitations_email"))
        batch_op.drop_index(batch_op.f("ix_teaching_invitations_course_id"))

    op.drop_table("teaching_invitations")
    with op.batch_alter_table("import_jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_jobs_state"))
        batch_op.drop_index(batch_op.f("ix_import_jobs_requested_by_id"))
        batch_op.drop_index(batch_op.f("ix_import_jobs_digest"))
        batch_op.drop_index(batch_op.f("ix_import_jobs_course_id"))

    op.drop_table("import_jobs")
    with op.batch_alter_table("course_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_tags_tag_id"))

    op.drop_table("course_tags")
    with op.batch_alter_table("course_prerequisites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_prerequisites_required_id"))

    op.drop_table("course_prerequisites")
    with op.batch_alter_table("course_categories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_categories_category_id"))

    op.drop_table("course_categories")
    op.drop_table("tags")
    op.drop_table("categories")
