"""Blocks of ids, and rows that get what they do not name."""

from __future__ import annotations

import pytest
from django.db import transaction

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.identity.models import Organisation

pytestmark = pytest.mark.django_db
TABLE = Organisation._meta.db_table


def test_blocks_do_not_overlap_and_later_rows_come_after_them() -> None:
    with transaction.atomic():
        first, second = reserve(TABLE, 5), reserve(TABLE, 3)
        assert second >= first + 5
        assert Organisation.objects.create(code="B-AFTER", name="以后的", kind="public").pk >= second + 3


def test_rows_get_the_ids_that_were_reserved() -> None:
    with transaction.atomic():
        first = reserve(TABLE, 2)
        rows = [
            {"id": first + place, "code": f"B-{place}", "name": f"第 {place}", "kind": "public"}
            for place in range(2)
        ]
        assert write(Organisation, ("id", "code", "name", "kind"), rows) == 2
    made = Organisation.objects.get(pk=first + 1)
    assert (made.code, made.credit_code, made.is_demo) == ("B-1", "", False)
    assert made.created_at is not None


def test_no_rows_are_no_rows() -> None:
    assert write(Organisation, ("code", "name", "kind"), []) == 0
