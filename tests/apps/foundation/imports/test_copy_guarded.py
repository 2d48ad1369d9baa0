"""COPY into tables that row-level security guards."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from youju.foundation.imports.staging import copy_rows
from youju.foundation.kernel.context import acting, reaching_all

pytestmark = pytest.mark.django_db

COLUMNS = ("roles", "name", "organisation_id", "sections", "state", "revision", "country", "channel",
           "number", "name_en", "credit_code", "legal_person", "contact", "address", "scope", "chapters", "tax_id", "tax_kind",
           "customs_code", "region", "buyer_type", "email", "credit_level", "created_by", "is_demo")  # fmt: skip


def row(name: str) -> tuple[object, ...]:
    return (["merchant"], name, None, ["SC"], "draft", 0, "CN", "excel", *[""] * 7, [], *[""] * 8, False)


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM parties_party")
        return cursor.fetchone()[0]


def test_rows_come_in_twice_in_one_transaction() -> None:
    with reaching_all():
        assert copy_rows("parties_party", COLUMNS, [row("甲"), row("乙")]) == 2
        assert copy_rows("parties_party", COLUMNS, [row("丙")]) == 1
        assert count() == 3


def test_the_guard_judges_what_is_copied() -> None:
    with acting(reads="sections:WM", writes="sections:WM"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            copy_rows("parties_party", COLUMNS, [row("甲")])
        assert count() == 0
