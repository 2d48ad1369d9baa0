"""The demo's assets, authored in ``demo/funds``, written once in one transaction with depreciation up to the end of 2023."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel import places
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.walks import CHINA
from youju.funds.assets import events
from youju.funds.assets.demo import deeds
from youju.funds.assets.models import Asset, Expensed, Funding
from youju.funds.assets.services.depreciating import depreciate
from youju.funds.assets.services.registering import months_of, next_number
from youju.funds.payments.selectors import paid_ids
from youju.rules.funds.assets.depreciation import month_after

PEOPLE = {
    "demo-stf": "陈立",
    "demo-stf2": "刘洋",
    "demo-fin": "王芳",
    "demo-pfo": "周敏",
    "demo-hed": "李建国",
}
FIRST_RUN, LAST_RUN = date(2022, 12, 1), date(2023, 12, 1)
Card = tuple[int, int]


@cache
def lines() -> tuple[dict[str, str], ...]:
    """The lines of ``demo/funds/assets.csv``."""
    with (places.DEMO / "funds" / "assets.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def told() -> dict[str, Any]:
    """``demo/funds/asset_deeds.yaml``."""
    with (places.DEMO / "funds" / "asset_deeds.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)
        return found


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. The payments are there already."""
    with reaching_all():
        paid = paid_ids()
        if not paid or Asset.objects.exists():
            return False
        keys, rows = zip(*_cards(), strict=True)
        cards: dict[Card, Asset] = dict(zip(keys, Asset.objects.bulk_create(rows), strict=True))
        Funding.objects.bulk_create(
            Funding(asset=cards[line, place], payment_id=paid[_key(each["payment"])], amount=cards[line, place].cost,
                    line=each["name"], is_demo=True)
            for (line, place), each in ((key, lines()[key[0] - 1]) for key in keys)
            if each["payment"]
        )  # fmt: skip
        Expensed.objects.bulk_create(
            Expensed(payment_id=paid[_key(each["payment"])], amount=Decimal(each["amount"]), note=each["note"],
                     written_by="demo-fin", is_demo=True)
            for each in told()["expensed"]
        )  # fmt: skip
        month = FIRST_RUN
        while month <= LAST_RUN:
            deeds.dispose(cards, told()["disposals"], before=month_after(month))
            run = depreciate(month=month)
            run.is_demo, run.made_at = True, datetime.combine(month_after(month), time(1, 30), CHINA)
            run.save()
            month = month_after(month)
        for row in cards.values():
            row.refresh_from_db()
        deeds.move(cards, told()["moves"])
        deeds.count(list(cards.values()), cards, told()["stocktake"])
        record(
            events.LOADED, Subject(events.DEMO_KIND, "2023", "示例年度的资产"), None, {"count": len(cards)}
        )
    return True


def _key(text: str) -> tuple[str, str]:
    project, _, purpose = text.partition("|")
    return project, purpose


def _cards() -> Iterator[tuple[Card, Asset]]:
    for line, each in enumerate(lines(), start=1):
        acquired = date.fromisoformat(each["acquired_on"])
        for place in range(1, int(each["count"]) + 1):
            serial = (
                f"SN{line:02d}{acquired:%y%m}{place:03d}" if each["category"] in ("A0201", "A0202") else ""
            )
            yield (line, place), Asset(
                number=next_number("assets_asset_number", "ZC", f"{acquired:%Y}"),
                name=each["name"], category=each["category"], model=each["model"], serial=serial,
                cost=Decimal(each["cost"]), acquired_on=acquired, months=months_of(each["category"], acquired),
                project=each["payment"].partition("|")[0], section=each["section"], place=each["place"],
                keeper=each["keeper"], keeper_name=PEOPLE.get(each["keeper"], ""), note=each["note"],
                created_by="demo-fin", is_demo=True,
            )  # fmt: skip
