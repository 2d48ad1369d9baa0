"""Sums hold to the cent, and no line is filed twice, whoever files when."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exemptions_made import JUNE, at, exported
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import SourceLine
from youju.trade.exemptions import services
from youju.trade.exemptions.models import ExportLine, Filing, FilingLine

pytestmark = pytest.mark.django_db


@kept
def deal() -> Deal:
    """Three declarations of June."""
    made = make_deal()
    exported(made, "2023-06-10", 1000, 777, 3)
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cents=st.lists(st.integers(1, 10**11), min_size=3, max_size=3), gone=st.sets(st.integers(0, 2)))
def test_a_filing_is_the_sum_of_what_was_declared(deal: Deal, cents: list[int], gone: set[int]) -> None:
    with reaching_all():
        Filing.objects.all().delete()
        sources = list(SourceLine.objects.order_by("pk"))
        for place, source in enumerate(sources):
            SourceLine.objects.filter(pk=source.pk).update(
                amount_cny=Decimal(cents[place]) / 100, live=place not in gone
            )
    with at("2023-07-05"), as_(deal.agent) as user:
        done = services.file_all(actor=user, month=JUNE)
    with reaching_all():
        declared = sum(ExportLine.objects.values_list("value_cny", flat=True))
        lines = list(FilingLine.objects.filter(live=True))
        filings = list(Filing.objects.all())
    assert sum(each.amount_cny for each in lines) == sum(each.amount_cny for each in filings) == declared
    assert Decimal(done["amount"]) == declared
    assert len({each.source_id for each in lines}) == len(lines) == 3 - len(gone)


@pytest.fixture
def racing() -> Iterator[Deal]:
    with reaching_all():
        made = make_deal()
        exported(made, "2023-06-10", 1000, 2000)
        yield made


@pytest.mark.django_db(transaction=True)
def test_two_that_file_at_once_file_each_line_once(racing: Deal) -> None:
    start, done = threading.Barrier(2), list[int]()

    def work() -> None:
        try:
            with as_(racing.agent) as user:
                start.wait()
                try:
                    done.append(services.file_all(actor=user, month=JUNE)["filed"])
                except Exception:
                    done.append(0)
        finally:
            connection.close()

    with at("2023-07-05"):
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with reaching_all():
        lines = list(FilingLine.objects.values_list("source_id", flat=True))
        assert sorted(done) == [0, 1] and len(lines) == len(set(lines)) == 2
        assert Filing.objects.get().state == "filed"
