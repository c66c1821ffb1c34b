"""Add quotas, thumbnails, shared files and files on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MEGABYTE = 1024 * 1024
# What tiers that are there allow from now on: enough for everything that was made under them.
QUOTAS = (
    ("most_courses", sa.Integer(), "100"),
    ("most_courses_a_day", sa.Integer(), "20"),
    ("most_file_bytes", sa.BigInteger(), str(100 * MEGABYTE)),
    ("most_bytes", sa.BigInteger(), str(2_000 * MEGABYTE)),
)
# Those who publish by themselves are trusted with more.
LARGER = (
    "UPDATE tiers SET most_courses = 500, most_courses_a_day = 50, most_file_bytes = :file, "
    "most_bytes = :all WHERE can_self_publish"
)
TRUSTED = {"file": 500 * MEGABYTE, "all": 20_000 * MEGABYTE}


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "done",
                "refused",
                name="arrivalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(length=500), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (asset_id IS NOT NULL)", name=op.f("ck_arrivals_done_with_asset")
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["assets.id"],
            name=op.f("fk_arrivals_asset_id_assets"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_arrivals_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_arrivals_owner_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("token", name=op.f("uq_arrivals_token")),
    )
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrivals_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrivals_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrivals_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrivals_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrivals_state"), ["state"], unique=False)

    op.create_table(
        "asset_shares",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["assets.id"],
            name=op.f("fk_asset_shares_asset_id_assets"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_asset_shares_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_shares")),
        sa.UniqueConstraint(
            "asset_id", "course_id", name=op.f("uq_asset_shares_asset_id_course_id")
        ),
    )
    with op.batch_alter_table("asset_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_shares_course_id"), ["course_id"], unique=False)

    with op.batch_alter_table("blobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seconds", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "thumbnail_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.create_index(batch_op.f("ix_blobs_thumbnail_id"), ["thumbnail_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_blobs_thumbnail_id_blobs"), "blobs", ["thumbnail_id"], ["id"]
        )

    with op.batch_alter_table("tiers", schema=None) as batch_op:
        for name, kind, usual in QUOTAS:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
        batch_op.create_check_constraint(
            batch_op.f("ck_tiers_quotas_not_negative"),
            " AND ".join(f"{name} >= 0" for name, _, _ in QUOTAS),
        )
    op.execute(sa.text(LARGER).bindparams(**TRUSTED))
    with op.batch_alter_table("tiers", schema=None) as batch_op:
        for name, _, _ in QUOTAS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("tiers", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_tiers_quotas_not_negative"), type_="check")
        for name, _, _ in reversed(QUOTAS):
            batch_op.drop_column(name)

    with op.batch_alter_table("blobs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_blobs_thumbnail_id_blobs"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_blobs_thumbnail_id"))
        batch_op.drop_column("thumbnail_id")
        batch_op.drop_column("seconds")

    with op.batch_alter_table("asset_shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asset_shares_course_id"))

    op.drop_table("asset_shares")
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrivals_state"))
        batch_op.drop_index(batch_op.f("ix_arrivals_owner_id"))
        batch_op.drop_index(batch_op.f("ix_arrivals_created_at"))
        batch_op.drop_index(batch_op.f("ix_arrivals_course_id"))
        batch_op.drop_index(batch_op.f("ix_arrivals_asset_id"))

    op.drop_table("arrivals")
