"""The demo's rectification orders: one verified with a suspension lifted, one overdue, one waiting for verification."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from youju.foundation.files.services import attach, keep
from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import working_day
from youju.performance.monitoring import events
from youju.performance.monitoring.demo.walking import FINANCE, HEAD, OFFICER, STAFF, at, walk_order
from youju.performance.monitoring.models import (
    MonitoredProject,
    MonitoredRow,
    Order,
    Reply,
    Round,
    Suspension,
)
from youju.performance.monitoring.selectors.pages import evidence_role
from youju.performance.monitoring.services.numbering import ORDERS, next_number
from youju.rules.law import whole
from youju.rules.performance.monitoring.lifecycle import ORDER_KIND, VERIFIED

_SECTION = "ZH"


def load_orders(row: Round, told: dict[str, Any], today: date) -> int:
    """Write the orders of the authored round; how many. A day like ``-8`` counts from today."""
    late = row.projects.filter(code=told["late"]).first() or row.projects.first()
    if late is None:
        return 0
    worst = MonitoredRow.objects.filter(project__round=row, colour__in=["red", "yellow"]).order_by(
        "share", "pk"
    )
    some = worst.exclude(project=late).select_related("project").first()
    last = MonitoredRow.objects.filter(project__round=row).order_by("-project__place", "place").first()
    about: dict[str, tuple[MonitoredProject, MonitoredRow | None]] = {"late": (late, None)}
    about["row"] = (some.project, some) if some else (late, None)
    about["other"] = (last.project, last) if last else (late, None)
    cases = []
    for each in told["orders"]:
        order, walk = _order(each, *about[each["key"]], today)
        cases.append((order.number, str(order), "DEMO-ZX", walk))
    write_cases(ORDER_KIND, cases)
    return len(cases)


def _order(
    each: dict[str, Any], project: MonitoredProject, row: MonitoredRow | None, today: date
) -> tuple[Order, Any]:
    issued, replied, verified = (_day(each.get(name), today) for name in ("issued", "replied", "verified"))
    assert issued is not None  # noqa: S101 - authored
    due = working_day(issued, whole(law_on(issued), "performance.monitoring.rectify_days"))
    walk = walk_order(issued, due, replied, verified)
    order = Order.objects.create(
        number=next_number(ORDERS, issued.year), project=project, row=row, title=each["title"],
        requirement=each["requirement"], section=_SECTION, state=walk.state, issued_on=issued, issued_by=OFFICER[0],
        issued_name=OFFICER[1], due_on=due, replied_on=replied, replied_by=STAFF[0] if replied else "",
        verified_on=verified, verified_by=FINANCE[0] if verified else "", verified_name=FINANCE[1] if verified else "",
        is_demo=True,
    )  # fmt: skip
    if replied is not None:
        Reply.objects.create(
            order=order, turn=1, text=each["reply"], by=STAFF[0], by_name=STAFF[1], at=at(replied, 15)
        )
        kept = keep(f"{order.number} {each['reply']}".encode(), name="整改情况说明.txt", purpose="evidence")
        attach(sha256=kept.sha256, subject=events.order_subject(order), name=kept.name, role=evidence_role(1))
    if each.get("suspended") and project.funds_id is not None and order.state == VERIFIED and verified:
        Suspension.objects.create(
            order=order, funds_id=project.funds_id, code=project.code, reason=each["reason"], decided_by=HEAD[0],
            decided_name=HEAD[1], decided_at=at(each["suspended"], 9), lifted_by=FINANCE[0], lifted_name=FINANCE[1],
            lifted_at=at(verified, 11), lifted_why="整改通知已核实，恢复拨付", is_demo=True,
        )  # fmt: skip
    return order, walk


def _day(given: Any, today: date) -> date | None:
    if given is None or isinstance(given, date):
        return given
    return today + timedelta(days=int(given))
