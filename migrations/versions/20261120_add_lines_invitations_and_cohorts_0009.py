"""Add lines, invitations and cohorts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATUSES = ("pending", "enrolled", "completed", "paused", "withdrawn", "rejected")
STATES = ("waiting", "offered", "seated", "declined", "expired", "left")
OPEN_ENTRY = sa.text("ended_at IS NULL")

# Whoever has been in a course before may come back without being let in again.
WERE_IN = """
    UPDATE enrollments SET admitted_at = enrolled_at
    WHERE status IN ('enrolled', 'completed', 'paused', 'withdrawn')
"""
# Without offers, only people hold seats.
SEATS_OF_PEOPLE = """
    UPDATE seat_pools SET taken = (
        SELECT count(*) FROM enrollments JOIN courses ON courses.id = enrollments.course_id
        WHERE courses.seat_pool_id = seat_pools.id AND enrollments.holds_seat
    )
"""


def upgrade() -> None:
    """Nobody waits, and nobody is invited; who is in a course was let in once."""
    _add_cohorts()
    _add_invitations()
    _add_entries()
    _widen_enrollments()
    _add_changes_and_waivers()
    with op.batch_alter_table("courses") as courses:
        courses.add_column(sa.Column("enrolment_opens_at", MOMENT, nullable=True))
        courses.add_column(sa.Column("enrolment_closes_at", MOMENT, nullable=True))
        courses.add_column(
            sa.Column(
                "completion_frees_seat", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
        courses.create_check_constraint(
            op.f("ck_courses_opens_before_it_closes"), "enrolment_opens_at < enrolment_closes_at"
        )


def downgrade() -> None:
    """Forget it all; offers no longer hold seats."""
    with op.batch_alter_table("courses") as courses:
        courses.drop_constraint(op.f("ck_courses_opens_before_it_closes"), type_="check")
        for name in ("completion_frees_seat", "enrolment_closes_at", "enrolment_opens_at"):
            courses.drop_column(name)
    op.drop_table("prerequisite_waivers")
    op.drop_table("enrollment_changes")
    _narrow_enrollments()
    op.drop_table("waitlist_entries")
    op.drop_table("invitations")
    pools = [row[0] for row in op.get_bind().execute(sa.text("SELECT seat_pool_id FROM cohorts"))]
    op.drop_table("cohorts")
    seat_pools = sa.table("seat_pools", sa.column("id"))
    op.execute(sa.delete(seat_pools).where(seat_pools.c.id.in_(pools)))
    op.execute(SEATS_OF_PEOPLE)


def _add_cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("seat_pool_id", BIG, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("instructor_id", BIG, nullable=True),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        _refers("cohorts", "course_id", "courses", ondelete="CASCADE"),
        _refers("cohorts", "instructor_id", "users"),
        _refers("cohorts", "seat_pool_id", "seat_pools"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("course_id", "name", name=op.f("uq_cohorts_course_id_name")),
        sa.UniqueConstraint("seat_pool_id", name=op.f("uq_cohorts_seat_pool_id")),
    )
    _index("cohorts", "instructor_id")


def _add_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("cohort_id", BIG, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", BIG, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        _check("invitations", "address_once", "email = '' OR most_uses = 1"),
        _check("invitations", "most_uses_positive", "most_uses > 0"),
        _check("invitations", "not_overused", "used >= 0 AND used <= most_uses"),
        _refers("invitations", "cohort_id", "cohorts", ondelete="CASCADE"),
        _refers("invitations", "course_id", "courses", ondelete="CASCADE"),
        _refers("invitations", "invited_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    _index("invitations", "cohort_id", "course_id", "email", "expires_at", "invited_by_id")


def _add_entries() -> None:
    table = "waitlist_entries"
    op.create_table(
        table,
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("cohort_id", BIG, nullable=True),
        sa.Column("state", _one_of("waitliststate", STATES), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("offered_at", MOMENT, nullable=True),
        sa.Column("offer_ends_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        _check(table, "open", "(state IN ('waiting', 'offered')) = (ended_at IS NULL)"),
        _check(table, "offer_ends", "state <> 'offered' OR offer_ends_at IS NOT NULL"),
        _check(table, "waits_without_offer", "state <> 'waiting' OR offer_ends_at IS NULL"),
        _refers(table, "cohort_id", "cohorts", ondelete="CASCADE"),
        _refers(table, "course_id", "courses", ondelete="CASCADE"),
        _refers(table, "user_id", "users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entries")),
        sa.UniqueConstraint(
            "course_id", "ticket", name=op.f("uq_waitlist_entries_course_id_ticket")
        ),
    )
    _index(table, "cohort_id", "user_id")
    op.create_index("ix_waitlist_entries_line", table, ["course_id", "state", "priority", "ticket"])
    op.create_index("ix_waitlist_entries_offers", table, ["state", "offer_ends_at"])
    op.create_index(
        "uq_waitlist_entries_open",
        table,
        ["course_id", "user_id"],
        unique=True,
        sqlite_where=OPEN_ENTRY,
        postgresql_where=OPEN_ENTRY,
    )


def _add_changes_and_waivers() -> None:
    changes, waivers = "enrollment_changes", "prerequisite_waivers"
    op.create_table(
        changes,
        sa.Column("id", BIG, nullable=False),
        sa.Column("enrollment_id", BIG, nullable=False),
        sa.Column("from_status", _one_of("from_status", STATUSES), nullable=True),
        sa.Column("to_status", _one_of("to_status", STATUSES), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers(changes, "actor_id", "users"),
        _refers(changes, "enrollment_id", "enrollments", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment_changes")),
    )
    _index(changes, "actor_id", "enrollment_id")
    op.create_table(
        waivers,
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("actor_id", BIG, nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers(waivers, "actor_id", "users"),
        _refers(waivers, "course_id", "courses", ondelete="CASCADE"),
        _refers(waivers, "user_id", "users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisite_waivers")),
        sa.UniqueConstraint(
            "course_id", "user_id", name=op.f("uq_prerequisite_waivers_course_id_user_id")
        ),
    )
    _index(waivers, "actor_id", "user_id")


def _widen_enrollments() -> None:
    with op.batch_alter_table("enrollments") as enrollments:
        enrollments.add_column(sa.Column("cohort_id", BIG, nullable=True))
        enrollments.add_column(sa.Column("requested_at", MOMENT, nullable=True))
        enrollments.add_column(sa.Column("message", sa.Text(), nullable=False, server_default=""))
        enrollments.add_column(sa.Column("ticket", sa.Integer(), nullable=True))
        enrollments.add_column(sa.Column("admitted_at", MOMENT, nullable=True))
        enrollments.add_column(sa.Column("invitation_id", BIG, nullable=True))
        enrollments.add_column(
            sa.Column("reason", sa.String(length=1000), nullable=False, server_default="")
        )
        enrollments.create_index(op.f("ix_enrollments_cohort_id"), ["cohort_id"])
        enrollments.create_index(op.f("ix_enrollments_invitation_id"), ["invitation_id"])
        enrollments.create_foreign_key(
            op.f("fk_enrollments_cohort_id_cohorts"), "cohorts", ["cohort_id"], ["id"]
        )
        enrollments.create_foreign_key(
            op.f("fk_enrollments_invitation_id_invitations"),
            "invitations",
            ["invitation_id"],
            ["id"],
            ondelete="SET NULL",
        )
        enrollments.create_check_constraint(
            op.f("ck_enrollments_enrolled_on_a_seat"), "status <> 'enrolled' OR holds_seat"
        )
    op.execute(WERE_IN)


def _narrow_enrollments() -> None:
    with op.batch_alter_table("enrollments") as enrollments:
        enrollments.drop_constraint(op.f("ck_enrollments_enrolled_on_a_seat"), type_="check")
        for name, table in (("invitation_id", "invitations"), ("cohort_id", "cohorts")):
            key = op.f(f"fk_enrollments_{name}_{table}")
            enrollments.drop_constraint(key, type_="foreignkey")
            enrollments.drop_index(op.f(f"ix_enrollments_{name}"))
            enrollments.drop_column(name)
        for name in ("reason", "admitted_at", "ticket", "message", "requested_at"):
            enrollments.drop_column(name)


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, **options: Any) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **options)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
