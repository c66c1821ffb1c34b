"""The declarative base, its mixins and the one database object."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.core import clock
from app.core.db.lengths import bound_lengths
from app.core.db.types import TYPE_MAP, BigId

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table has: a number of its own."""

    # The map stands on the registry, not on the class: Flask-SQLAlchemy makes its own subclass.
    registry: ClassVar[registry] = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map=TYPE_MAP
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, sort_order=-100)


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)
bound_lengths(db.Model)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def table_of(model: type[Base]) -> Table:
    """Return the table of a model: rows put into it directly cost half of what objects do."""
    return cast(Table, model.__table__)


class Timestamps:
    """When a row was made and last changed, by the application's clock."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        default=clock.now, onupdate=clock.now, sort_order=91
    )


class SoftDelete:
    """A row that can be deleted and brought back."""

    deleted_at: Mapped[datetime | None] = mapped_column(default=None, index=True, sort_order=92)
