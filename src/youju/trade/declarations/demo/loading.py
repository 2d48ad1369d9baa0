"""The demo year into the database: once, in one transaction, by COPY, some packings at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.trade.declarations.demo import events
from youju.trade.declarations.demo.planting import count_of
from youju.trade.declarations.demo.records import Filing
from youju.trade.declarations.demo.rows import write_declarations
from youju.trade.declarations.demo.year import Counters, year
from youju.trade.declarations.models import Declaration
from youju.trade.goods.demo.loading import first_id as first_good
from youju.trade.orders.demo.loading import Ids, numbered_up_to, write_orders
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.orders.services import count_usual_prices
from youju.trade.packing.demo.loading import numbered_up_to as packings_up_to
from youju.trade.packing.demo.loading import write_packings
from youju.trade.parties.demo.loading import first_id as first_party

Progress = Callable[[int, int], None]
SCALE = "YOUJU_DEMO_SCALE"
_CHUNK = 150  # packings
_USUAL_DEALS = 20


def scale_asked() -> float:
    """The size of the demo year: ``YOUJU_DEMO_SCALE``, 1 where it is not set.

    Raises:
        InputError: it is no number above 0 and at most 100.
    """
    asked = os.environ.get(SCALE, "") or "1"
    try:
        scale = float(asked)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 100:
        raise InputError(
            f"{SCALE}：示例年度的规模“{asked[:20]}”不对", how="请写大于 0、至多 100 的数，例如 1 或 0.02"
        )
    return scale


def load(progress: Progress | None = None, plan: YearPlan | None = None) -> bool:
    """Write the year's orders, packings and declarations; whether anything was written: a second call finds them.

    Without the demo's parties and goods there is nothing to write.

    Args:
        progress: called with (done, all) packings.
        plan: what to make; the demo as of today unless said.
    """
    plan = plan or YearPlan(timezone.localdate(), scale_asked())
    with reaching_all(), transaction.atomic():
        party, good = first_party(), first_good()
        if party is None or good is None or Declaration.objects.filter(is_demo=True).exists():
            return False
        partners, counters = Partners(plan.parties), Counters()
        ids = Ids(plan.parties, party, good)
        made = year(plan, partners, counters)
        count = plan.before + plan.batches + plan.recent + count_of(plan)
        done = orders_count = declarations = 0
        for chunk in _ahead(made):
            orders = write_orders([each.shipment.batch for each in chunk], ids)
            packings = write_packings([each.shipment for each in chunk], orders, ids, partners)
            declarations += write_declarations(chunk, orders, packings, ids, partners)
            done, orders_count = done + len(chunk), orders_count + len(orders)
            if progress:
                progress(done, count)
        numbered_up_to(counters.orders.last)
        packings_up_to(counters.packing)
        _numbered_up_to(counters.declarations.declaration)
        _count_usual_prices()
        record(
            events.DEMO_LOADED,
            Subject(events.DEMO_KIND, "year", "示例年度的交易和报关"),
            None,
            {"orders": orders_count, "packings": done, "declarations": declarations, "seed": plan.seed},
        )
    return True


def _ahead(made: Iterator[Filing]) -> Iterator[list[Filing]]:
    """Some packings at a time; the next ones are made while the database stores the last: making them asks nothing of it."""

    def some() -> list[Filing]:
        return list(islice(made, _CHUNK))

    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(some)
        while chunk := following.result():
            following = beside.submit(some)
            yield chunk


def _numbered_up_to(serial: int) -> None:
    """Let the series of declaration numbers go on behind what was made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('declarations_number', greatest(%s, (SELECT last_value FROM declarations_number)))",
            [max(1, serial)],
        )


def _count_usual_prices() -> None:
    """Count them over what was just written: the planner still thinks the tables small, and would go through them row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        count_usual_prices(_USUAL_DEALS)
        cursor.execute("SET LOCAL enable_nestloop = on")
