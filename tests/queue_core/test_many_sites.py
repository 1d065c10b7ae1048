"""Rows of many sites can lie in one store and be spread over many servers: the site leads each key, and each statement names it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Delete, Index, PrimaryKeyConstraint, Select, Table, UniqueConstraint, Update

import queue_core
from queue_core.models import METADATA
from tests.support.sites import nameless

TABLES = tuple(METADATA.tables.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_site_leads_every_key_and_every_index(table: Table) -> None:
    unique = (each for each in table.constraints if isinstance(each, UniqueConstraint))
    keys: list[PrimaryKeyConstraint | UniqueConstraint | Index] = [table.primary_key, *unique, *table.indexes]
    for key in keys:
        assert next(iter(key.columns)).name == "site_id", key.name
    for foreign in table.foreign_key_constraints:
        assert "site_id" in {each.parent.name for each in foreign.elements}, foreign.name
        assert "site_id" in {each.column.name for each in foreign.elements}, foreign.name


def statements() -> Iterator[tuple[str, Select[Any] | Update | Delete]]:
    """All statements that are constants of a module."""
    for found in pkgutil.walk_packages(queue_core.__path__, "queue_core."):
        if ".migrations" in found.name:
            continue
        for name, value in vars(import_module(found.name)).items():
            if isinstance(value, Select | Update | Delete):
                yield f"{found.name}.{name}", value


def test_every_statement_names_its_site_for_each_table() -> None:
    seen = 0
    for name, statement in statements():
        if isinstance(statement, Select) and statement.whereclause is None:
            continue  # it is completed where it is used, see tests/kiosk/cli/test_many_sites.py
        seen += 1
        assert nameless(statement) == set(), name
    assert seen > 100
