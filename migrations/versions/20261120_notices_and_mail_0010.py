"""Add notices, their mail, what people want no mail of, and seeds of invitations to teach."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Nobody has been told anything; invitations of before have a link that is known to nobody."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "mail_mutes",
        sa.Column("id", number, nullable=False),
        sa.Column("user_id", number, nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_mail_mutes_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_mutes")),
        sa.UniqueConstraint("user_id", "topic", name=op.f("uq_mail_mutes_user_id_topic")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", number, nullable=False),
        sa.Column("user_id", number, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("course_id", number, nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (email = '')", name=op.f("ck_notifications_to_one")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_notifications_course_id_courses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_notifications_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("key", name=op.f("uq_notifications_key")),
    )
    with op.batch_alter_table("notifications") as notifications:
        notifications.create_index(op.f("ix_notifications_at"), ["at"])
        notifications.create_index(op.f("ix_notifications_course_id"), ["course_id"])
        notifications.create_index("ix_notifications_list", ["user_id", "at"])
        notifications.create_index(
            "ix_notifications_unread", ["user_id"], sqlite_where=UNREAD, postgresql_where=UNREAD
        )
    op.create_table(
        "mails",
        sa.Column("id", number, nullable=False),
        sa.Column("notification_id", number, nullable=False),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("queued", "sent", "failed", "dropped"),
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mails_sent_when")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mails_attempts_not_negative")),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.id"],
            name=op.f("fk_mails_notification_id_notifications"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("notification_id", name=op.f("uq_mails_notification_id")),
    )
    with op.batch_alter_table("mails") as mails:
        mails.create_index(op.f("ix_mails_state"), ["state"])
    with op.batch_alter_table("teaching_invitations") as invitations:
        invitations.add_column(
            sa.Column("seed", sa.String(length=32), nullable=False, server_default="")
        )
    with op.batch_alter_table("teaching_invitations") as invitations:
        invitations.alter_column("seed", server_default=None)


def downgrade() -> None:
    """Forget it all."""
    with op.batch_alter_table("teaching_invitations") as invitations:
        invitations.drop_column("seed")
    op.drop_table("mails")
    op.drop_table("notifications")
    op.drop_table("mail_mutes")
