"""The demo's district statistics of two years, authored in ``demo/trade/districts.csv``: invented, and said to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.trade.parties.demo.tables import rows
from youju.trade.statistics import events
from youju.trade.statistics.models import DistrictFigure

SOURCE = "示例数据，不是海关统计"


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where figures stand already nothing is touched."""
    with reaching_all():
        if DistrictFigure.objects.exists():
            return False
        made = [
            DistrictFigure(
                month=date.fromisoformat(f"{row['month']}-01"),
                district=row["district"],
                mode=row["mode"],
                value_cny=Decimal(row["value_cny"]),
                value_usd=Decimal(row["value_usd"]),
                source=SOURCE,
                is_demo=True,
            )
            for row in rows("districts")
        ]
        DistrictFigure.objects.bulk_create(made)
        record(
            events.DISTRICTS_LOADED,
            Subject(events.DISTRICT_KIND, "demo", "示例的全口径统计"),
            None,
            {"rows": len(made), "month": f"{made[0].month:%Y-%m} 至 {made[-1].month:%Y-%m}"},
        )
    return True
