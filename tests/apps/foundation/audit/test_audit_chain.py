"""The hash in Python and the hash in SQL are one; no two entries have the same bytes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.foundation.audit.conftest import DONE, thing
from youju.foundation.audit import chain, verifying
from youju.foundation.audit.models import Entry
from youju.foundation.audit.services import record
from youju.foundation.kernel.context import acting

texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=40)
fields = st.one_of(st.none(), texts)


@given(st.lists(fields, max_size=6), st.lists(fields, max_size=6))
def test_netstrings_of_two_lists_are_equal_only_if_the_lists_are(
    one: list[str | None], other: list[str | None]
) -> None:
    assert (chain.netstrings(one) == chain.netstrings(other)) == (one == other)


def test_null_and_empty_differ() -> None:
    assert chain.netstrings([None]) != chain.netstrings([""])


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(value=fields)
def test_sql_and_python_write_the_same_netstring(value: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT convert_to(audit_netstring(%s::text), 'UTF8')", [value])
        assert bytes(cursor.fetchone()[0]) == chain.netstrings([value])


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None)
@given(who=texts, label=texts, reason=texts, before=st.dictionaries(texts, texts, max_size=3))
def test_sql_and_python_give_an_entry_the_same_hash(
    who: str, label: str, reason: str, before: dict[str, str]
) -> None:
    state = {f"f{key}": value for key, value in before.items() if "secret" not in key}
    with acting(actor=who, actor_name=label), transaction.atomic():
        place = record(DONE, thing(1, label), state or None, None, reason=reason)
        rows = list(verifying.entries(place.segment))
    values, stored = rows[-1]
    previous = rows[-2][1] if len(rows) > 1 else chain.genesis(place.segment, None, None)
    assert chain.entry_hash(previous, values) == stored == place.hash


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [name for name in chain.FIELDS if name not in ("segment", "position")])
def test_each_field_weighs_in_the_hash(name: str) -> None:
    with acting(actor="a", address="10.0.0.1"), transaction.atomic():
        place = record(DONE, thing(1, "甲"), {"a": 1}, {"a": 2}, reason="理由")
        (values, stored) = next(iter(verifying.entries(place.segment)))
    changed = list(values)
    at = chain.FIELDS.index(name)
    changed[at] = (changed[at] or "") + "1"
    origin = chain.genesis(place.segment, None, None)
    assert chain.entry_hash(origin, values) == stored
    assert chain.entry_hash(origin, changed) != stored


@pytest.mark.django_db(transaction=True)
def test_a_full_segment_is_closed_and_its_successor_chained_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.foundation.audit.services.whole", lambda *_: 3)
    for number in range(8):
        with transaction.atomic():
            record(DONE, thing(number))
    heads = verifying.segments()
    assert [(head.length, head.closed) for head in heads] == [(3, True), (3, True), (2, False)]
    for before, after in pairwise(heads):
        assert after.previous == before.number
        assert after.genesis == chain.genesis(after.number, before.number, before.head)
    assert Entry.objects.count() == 8
