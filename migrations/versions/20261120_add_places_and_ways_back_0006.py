"""Add places and ways back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MODES = "mode IN ('do', 'undo', 'redo')"


def upgrade() -> None:
    with op.batch_alter_table("builder_operations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("mode", sa.String(length=32), nullable=False, server_default="do")
        )
        batch_op.add_column(sa.Column("undoes", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_builder_operations_mode"), MODES)
        batch_op.create_index(
            "ix_builder_operations_own", ["version_id", "actor_id", "sequence"], unique=False
        )
    with op.batch_alter_table("builder_operations", schema=None) as batch_op:
        batch_op.alter_column("mode", server_default=None)
    # Ways back that were kept before do not tell whether somebody has been there since, so they
    # are not gone any more; what was done stays on record.
    op.execute("UPDATE builder_operations SET inverse = NULL")
    for table in ("lessons", "modules"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("placed_by", sa.Integer(), nullable=False, server_default="0")
            )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("placed_by", server_default=None)


def downgrade() -> None:
    for table in ("modules", "lessons"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("placed_by")
    op.execute("UPDATE builder_operations SET inverse = NULL")
    with op.batch_alter_table("builder_operations", schema=None) as batch_op:
        batch_op.drop_index("ix_builder_operations_own")
        batch_op.drop_constraint(batch_op.f("ck_builder_operations_mode"), type_="check")
        batch_op.drop_column("undoes")
        batch_op.drop_column("mode")
