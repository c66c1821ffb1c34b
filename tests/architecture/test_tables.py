"""Tables follow the floors, though the import checker does not see their foreign keys."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table
from sqlalchemy.orm import Mapper, configure_mappers, registry, relationship

from app.core.db import Base
from tests.architecture import project


def package_of(owner: type) -> str:
    """The package in which a model is declared."""
    parts = owner.__module__.split(".")
    return parts[2] if parts[1] == "blueprints" else parts[1]


def upward_keys(table: Table, owners: dict[str, str]) -> Iterator[str]:
    """Foreign keys into tables of packages that the table's own may not know."""
    own = owners[table.name]
    for key in table.foreign_keys:
        used = owners[key.column.table.name]
        if not project.may_use(own, used):
            yield f"{table.name}.{key.parent.name} refers to {used}'s {key.column.table.name}"


def upward_relationships(mapper: Mapper[Any]) -> Iterator[str]:
    """Relationships to models of packages that the model's own may not know."""
    own = package_of(mapper.class_)
    for relation in mapper.relationships:
        used = package_of(relation.mapper.class_)
        if not project.may_use(own, used):
            yield f"{mapper.class_.__name__}.{relation.key} leads to {used}"


def unindexed_keys(table: Table) -> Iterator[str]:
    """Foreign keys that no index begins with: deleting what they refer to reads the whole table."""
    first = {next(iter(index.columns)).name for index in table.indexes if len(index.columns)}
    for constraint in table.constraints:
        columns = getattr(constraint, "columns", ())
        if type(constraint).__name__ in ("UniqueConstraint", "PrimaryKeyConstraint") and columns:
            first.add(next(iter(columns)).name)
    for key in table.foreign_keys:
        if key.parent.name not in first:
            yield f"{table.name}.{key.parent.name} has no index"


def _mappers() -> list[Mapper[Any]]:
    configure_mappers()
    return sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)


def test_foreign_keys_and_relationships_lead_downward(app: Flask) -> None:
    owners = {mapper.class_.__tablename__: package_of(mapper.class_) for mapper in _mappers()}
    found = [fault for mapper in _mappers() for fault in upward_relationships(mapper)]
    for table in Base.metadata.sorted_tables:
        found.extend(upward_keys(table, owners))
    assert found == []


def test_every_foreign_key_is_indexed(app: Flask) -> None:
    assert [fault for table in Base.metadata.sorted_tables for fault in unindexed_keys(table)] == []


def test_the_checks_find_planted_faults() -> None:
    tables = MetaData()
    Table("upper", tables, Column("id", Integer, primary_key=True))
    lower = Table(
        "lower",
        tables,
        Column("id", Integer, primary_key=True),
        Column("upper_id", ForeignKey("upper.id")),
    )
    owners = {"upper": "learning", "lower": "courses"}
    assert list(upward_keys(lower, owners)) == ["lower.upper_id refers to learning's upper"]
    assert list(upward_keys(lower, {"upper": "accounts", "lower": "courses"})) == []
    assert list(unindexed_keys(lower)) == ["lower.upper_id has no index"]
    Index("ix_lower_upper_id", lower.c.upper_id)
    assert list(unindexed_keys(lower)) == []


def test_a_planted_relationship_upward_is_found() -> None:
    tables = MetaData()
    upper = Table("upper", tables, Column("id", Integer, primary_key=True))
    key: Column[int] = Column("upper_id", ForeignKey("upper.id"))
    lower = Table("lower", tables, Column("id", Integer, primary_key=True), key)
    mapped = registry(metadata=tables)
    above = type("Upper", (), {"__module__": "app.blueprints.learning.models"})
    below = type("Lower", (), {"__module__": "app.blueprints.courses.models"})
    mapped.map_imperatively(above, upper)
    leading = {"upper": relationship(above)}
    mapper: Mapper[Any] = mapped.map_imperatively(below, lower, properties=leading)
    assert list(upward_relationships(mapper)) == ["Lower.upper leads to learning"]
    mapped.dispose()
