"""Every table has a factory, and each factory makes a row that both engines accept."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import get_type_hints

import factories
import pytest

from khabarayn.store import models
from khabarayn.store.db import Base, db


def row_factories() -> dict[type[Base], Callable[[], Base]]:
    found = {}
    for module in pkgutil.iter_modules(factories.__path__):
        loaded = importlib.import_module(f"factories.{module.name}")
        for _, function in inspect.getmembers(loaded, inspect.isfunction):
            made = get_type_hints(function).get("return")
            if function.__module__ == loaded.__name__ and made in vars(models).values():
                found[made] = function
    return found


def test_every_table_has_a_factory():
    tables = {getattr(models, name) for name in models.__all__}
    assert set(row_factories()) == tables


@pytest.mark.parametrize("table", sorted(models.__all__))
def test_a_factory_makes_a_row_that_the_database_keeps(any_app_context, table):
    model = getattr(models, table)
    row_factories()[model]()
    db.session.commit()
    assert db.session.query(model).count() >= 1
