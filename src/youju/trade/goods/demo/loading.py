"""The demo's tariff and goods into the database: once, in one transaction, by COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.goods import events
from youju.trade.goods.demo.making import goods, waits
from youju.trade.goods.demo.tariffs import DemoTariff, tariffs
from youju.trade.goods.models import Good, TariffVersion
from youju.trade.goods.services.recognition import decide
from youju.trade.goods.services.tariffs import TariffRow, store_tariff
from youju.trade.parties.demo.loading import first_id as first_party
from youju.trade.parties.demo.planning import Plan

Progress = Callable[[int, int], None]
_EVERY = 500
_CHUNK = 2_000
_BY = "demo-stf"
_GOOD = (
    "id",
    "party_id", "number", "state", "name", "name_en", "model", "brand_kind", "brand", "producer", "unit", "hs_code", "elements",
    "created_by", "created_at", "changed_at", "is_demo",
)  # fmt: skip


def load(progress: Progress | None = None, plan: Plan | None = None) -> bool:
    """Write the tariff versions and the goods of the demo's merchants; whether anything was written.

    A second call finds them, each kind for itself; without the demo's parties there are no goods.

    Args:
        progress: called with (done, all) goods.
        plan: the one that the parties were made by; the demo as of today unless said.
    """
    plan = plan or Plan(timezone.localdate())
    with reaching_all(), transaction.atomic():
        lines = _write_tariffs()
        first = first_party()
        count = 0
        if first is not None and not Good.objects.filter(is_demo=True).exists():
            block = reserve(Good._meta.db_table, plan.goods)
            count = write(Good, _GOOD, _rows(plan, block, first + plan.first(PartyRole.MERCHANT), progress))
            _recognise(plan)
        if lines or count:
            record(
                events.DEMO_LOADED,
                Subject(events.DEMO_KIND, "goods", "示例税则和商品"),
                None,
                {"lines": lines, "goods": count, "seed": plan.seed},
            )
    return bool(lines or count)


def first_id() -> int | None:
    """The id of the demo's first good; the others follow in the order of their index. ``None`` where none are loaded."""
    return Good.objects.filter(is_demo=True, number="DG00000000").values_list("pk", flat=True).first()


def _rows(plan: Plan, first: int, merchants: int, progress: Progress | None) -> Iterator[dict[str, Any]]:
    for done, made in enumerate(goods(plan), start=1):
        yield {
            **made.values,
            "id": first + made.index,
            "party_id": merchants + made.owner,
            "state": "draft",
            "is_demo": True,
        }
        if progress and (done % _EVERY == 0 or done == plan.goods):
            progress(done, plan.goods)


def _recognise(plan: Plan) -> None:
    """Decide on the goods under the law of the plan's day; one in so many waits for it, but none that is odd on purpose."""
    last = 0
    while rows := list(Good.objects.filter(is_demo=True, pk__gt=last).order_by("pk")[:_CHUNK]):
        last = rows[-1].pk
        wanted = [row for row in rows if not waits(int(row.number[2:]))]
        decide(wanted, as_of=plan.today, by=_BY)


def _write_tariffs() -> int:
    """Lines written; none where a version of any kind is there: the demo's do not mix with a loaded tariff."""
    if TariffVersion.objects.exists():
        return 0
    return sum(_write_tariff(each) for each in tariffs())


def _write_tariff(tariff: DemoTariff) -> int:
    stored = store_tariff(
        actor=None,
        name=tariff.name,
        valid_from=tariff.valid_from,
        rows=[
            TariffRow(**{each.name: getattr(line, each.name) for each in fields(TariffRow)})
            for line in tariff.lines.values()
        ],
        source_name=tariff.source_name,
        source_sha256=tariff.source_sha256,
        is_demo=True,
    )
    return stored.lines_count
