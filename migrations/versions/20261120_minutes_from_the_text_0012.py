"""Let a lesson's text tell how long it takes, unless its author does."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_number = sa.BigInteger()
_lessons = sa.table(
    "lessons",
    *(sa.column(name, _number) for name in ("id", "body_id")),
    *(sa.column(name, sa.Integer()) for name in ("minutes", "own_minutes", "text_minutes")),
)
_drafts = sa.table("lesson_drafts", sa.column("lesson_id", _number), sa.column("facts", sa.JSON()))
_bodies = sa.table("lesson_bodies", sa.column("id", _number), sa.column("facts", sa.JSON()))


def upgrade() -> None:
    """Minutes that are what the text should take follow it; others are their authors' own."""
    with op.batch_alter_table("lessons") as lessons:
        lessons.add_column(sa.Column("own_minutes", sa.Integer(), nullable=True))
        lessons.add_column(
            sa.Column("text_minutes", sa.Integer(), nullable=False, server_default="5")
        )
    drafted = (
        sa.select(_drafts.c.facts["minutes"].as_integer())
        .where(_drafts.c.lesson_id == _lessons.c.id)
        .scalar_subquery()
    )
    written = (
        sa.select(_bodies.c.facts["minutes"].as_integer())
        .where(_bodies.c.id == _lessons.c.body_id)
        .scalar_subquery()
    )
    told = sa.func.coalesce(sa.func.nullif(drafted, 0), sa.func.nullif(written, 0), 5)
    op.execute(sa.update(_lessons).values(text_minutes=told))
    differs = _lessons.c.minutes != _lessons.c.text_minutes
    op.execute(sa.update(_lessons).values(own_minutes=_lessons.c.minutes).where(differs))
    with op.batch_alter_table("lessons") as lessons:
        lessons.alter_column("text_minutes", server_default=None)
        lessons.drop_column("minutes")


def downgrade() -> None:
    """What learners were told stays, whoever said it."""
    with op.batch_alter_table("lessons") as lessons:
        lessons.add_column(sa.Column("minutes", sa.Integer(), nullable=False, server_default="5"))
    told = sa.func.coalesce(_lessons.c.own_minutes, _lessons.c.text_minutes)
    op.execute(sa.update(_lessons).values(minutes=told))
    with op.batch_alter_table("lessons") as lessons:
        lessons.alter_column("minutes", server_default=None)
        lessons.drop_column("text_minutes")
        lessons.drop_column("own_minutes")
