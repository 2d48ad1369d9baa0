"""Parties with records of conduct for tests of credit: the records stand in a book that one source tells from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from trade_made_changes import party
from trade_people import organisation
from youju.foundation.kernel import conduct
from youju.foundation.kernel.conduct import ConductRecord
from youju.rules.trade.credit.kinds import KINDS
from youju.trade.credit.models import Snapshot
from youju.trade.credit.services import make_snapshot
from youju.trade.parties.models import Party

MONTH, DAY = date(2023, 12, 1), date(2023, 12, 31)
MADE = datetime(2024, 1, 1, 2, 30, tzinfo=UTC)


@dataclass
class Book:
    """Records that tests write; what is not told of tests' parties is not told at all."""

    records: list[ConductRecord] = field(default_factory=list)

    def told(
        self, row: Party, kind: str, day: date = date(2023, 9, 1), key: str = "1", count: int = 1
    ) -> str:
        """Write a record; its mark."""
        record = ConductRecord(row.pk, day, kind, key, f"N{key}", "/x/", count=count)
        self.records.append(record)
        return record.mark

    def __call__(self, parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
        for each in self.records:
            if since <= each.day <= until and (parties is None or each.party_id in parties):
                yield each


@contextmanager
def only(book: Book) -> Iterator[Book]:
    """Within the block the book alone tells records."""
    before = dict(conduct._sources)
    conduct._sources.clear()
    conduct.register_conduct("book", "测试", KINDS, book)
    try:
        yield book
    finally:
        conduct._sources.clear()
        conduct._sources.update(before)


def scored_party(name: str, code: str = "", **fields: object) -> Party:
    """A party that has been on file since 2020."""
    body = organisation(code) if code else None
    return party(name, organisation=body, approved_at=datetime(2020, 5, 1, tzinfo=UTC), **fields)


def snapshot(month: date = MONTH, at: datetime = MADE) -> Snapshot:
    """A month's scores, made at the beginning of the next."""
    return make_snapshot(month=month, made_at=at)
