"""The running numbers of filings (备案号): unique, by year, in the shape of the policy."""

from __future__ import annotations

from datetime import date

from django.db import connection

from youju.rules.law import Law, text


def take_numbers(*, day: date, law: Law, count: int = 1) -> list[str]:
    """The next numbers of the year, taken for good once the transaction is committed; others wait until then."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO parties_numberseries AS s (series, "last") VALUES (%s, %s)'
            ' ON CONFLICT (series) DO UPDATE SET "last" = s."last" + excluded."last" RETURNING "last"',
            [f"filing-{day.year}", count],
        )
        last = int(cursor.fetchone()[0])
    shape = text(law, "trade.parties.number_shape")
    return [shape.format(year=day.year, serial=serial) for serial in range(last - count + 1, last + 1)]
