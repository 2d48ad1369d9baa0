"""Rows → facts for the rules EXM-…."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef

from youju.rules.trade.exemptions.facts import FilingFacts
from youju.rules.trade.exemptions.lifecycle import TOLD
from youju.rules.trade.exemptions.periods import next_month
from youju.trade.exemptions.models import ExportLine, Filing, FilingLine


def filing_facts(row: Filing, moment: Literal["file", "watch"], day: date) -> FilingFacts:
    """A filing at a moment. Two queries where it was filed, else none."""
    told = moment == "watch" and row.state in TOLD
    return FilingFacts(
        moment,
        day,
        row.month,
        row.due_on,
        row.state,
        row.lines_count,
        row.amount_cny,
        row.tax_id,
        stale_lines(row) if told else 0,
        missing_lines(row) if told else 0,
    )


def stale_lines(row: Filing) -> int:
    """Live lines of a filing whose goods are not released as filed any more."""
    there = ExportLine.objects.filter(line=OuterRef("source_id"), value_cny=OuterRef("amount_cny"))
    return FilingLine.objects.filter(filing=row, live=True).exclude(Exists(there)).count()


def missing_lines(row: Filing) -> int:
    """Released lines of a filing's consignor, filer and month that stand in no filing."""
    filed = FilingLine.objects.filter(source_id=OuterRef("line"), live=True)
    rows = ExportLine.objects.filter(
        merchant=row.consignor_id,
        filer=row.filer_id,
        released_on__gte=row.month,
        released_on__lt=next_month(row.month),
    )
    return rows.exclude(Exists(filed)).count()
