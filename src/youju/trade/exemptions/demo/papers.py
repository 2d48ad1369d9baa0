"""The demo's certificates and invoices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, next_moment
from youju.rules.trade.exemptions.lifecycle import CERTIFICATE_FLOW, CERTIFICATE_KIND, OVER
from youju.trade.exemptions import events
from youju.trade.exemptions.demo.walking import TAX
from youju.trade.exemptions.models import Certificate, CertificateLine, ExportLine, Invoice, Series
from youju.trade.parties.selectors.entrusted import agreement_between, tax_ids_of
from youju.trade.parties.selectors.partners import names_of, organisations_of

_BY = ("demo-agt", "示例代理员工")
_STEPS = ("issue", "issue", "issue", "", "cancel", "refuse")
"""How the certificates went, in turn."""
_SINCE, _VALID = date(2023, 11, 1), 365
_PARTLY, _NOT = 12, 30
"""Of a hundred orders: invoiced in part, not at all."""


def certificates(agents: Sequence[int]) -> int:
    """Some certificates of the demo agent: issued, asked for, cancelled, refused; how many."""
    lines = ExportLine.objects.filter(
        agent__in=agents, mode="agent", released_on__gte=_SINCE, released_on__year=2023
    )
    grouped: dict[tuple[str, int], list[ExportLine]] = defaultdict(list)
    for line in lines.order_by("line")[:400]:
        grouped[line.declaration, line.merchant].append(line)
    chosen: list[tuple[list[ExportLine], str]] = []
    for goods in grouped.values():
        if len(chosen) < len(_STEPS) and (
            number := agreement_between(goods[0].merchant, goods[0].agent, goods[0].released_on)
        ):
            chosen.append((goods, number))
    ids = {key for goods, _ in chosen for key in (goods[0].merchant, goods[0].agent)}
    names, bodies, taxes = names_of(ids), organisations_of(ids), tax_ids_of(ids)
    cases = []
    for place, ((goods, agreement), step) in enumerate(zip(chosen, _STEPS, strict=False), 1):
        first, chance = goods[0], Chance(2023, "certificates", place)
        began = datetime.combine(first.released_on + timedelta(days=2), time(10), CHINA)
        walk = Walk(CERTIFICATE_FLOW, _BY, began)
        if step in ("issue", "cancel"):
            walk.take("issue", TAX, next_moment(began, 2, chance))
        if step == "cancel":
            walk.take("cancel", TAX, next_moment(walk.entered, 10, chance), "委托方要求作废")
        if step == "refuse":
            walk.take("refuse", TAX, next_moment(began, 2, chance), "报关单品名与协议不符")
        issued = next((each.at.date() for each in walk.steps if each.transition == "issue"), None)
        row = Certificate.objects.create(
            number=f"DL2023-{place:06d}",
            tax_number=f"1306982023{place:06d}" if issued else "",
            agent_id=first.agent,
            agent_name=names[first.agent][1],
            consignor_id=first.merchant,
            consignor_name=names[first.merchant][1],
            tax_id=(taxes.get(first.merchant) or "")[:20],
            declaration=first.declaration,
            entry_number=first.entry_number,
            released_on=first.released_on,
            agreement=agreement,
            lines_count=len(goods),
            amount_cny=sum(each.value_cny for each in goods),
            state=walk.state,
            applied_on=began.date(),
            applied_by=_BY[0],
            issued_on=issued,
            issued_by=TAX[0] if issued else "",
            valid_until=issued + timedelta(days=_VALID) if issued else None,
            reason=walk.steps[-1].reason,
            organisations=sorted({body for body in (bodies[first.agent], bodies[first.merchant]) if body}),
            is_demo=True,
        )
        CertificateLine.objects.bulk_create(
            CertificateLine(
                certificate=row,
                source_id=each.line,
                g_no=each.g_no,
                order_number=each.order_number,
                hs_code=each.hs_code,
                name=each.name,
                currency=each.currency,
                amount=each.amount,
                amount_cny=each.value_cny,
                live=walk.state not in OVER,
            )
            for each in goods
        )
        cases.append((str(row.pk), events.certificate_subject(row).label, "DEMO-DL", walk))
    write_cases(CERTIFICATE_KIND, cases)
    Series.objects.bulk_create([Series(code="DL2023", last=len(cases))])
    return len(cases)


def invoices(parties: Iterable[int]) -> int:
    """Invoices of the orders of the demo merchant: most whole, some in part, some missing; how many."""
    wanted = list(parties)
    totals: dict[tuple[str, int, int], list[Decimal | date]] = {}
    lines = ExportLine.objects.filter(released_on__year=2023).order_by("line")
    for line in (lines.filter(merchant__in=wanted) | lines.filter(agent__in=wanted)).iterator(
        chunk_size=2_000
    ):
        held = totals.setdefault(
            (line.order_number, line.merchant, line.agent), [Decimal(0), line.released_on]
        )
        held[0] += line.value_cny  # type: ignore[operator]
    ids = {key for _, merchant, agent in totals for key in (merchant, agent)}
    names, bodies = names_of(ids), organisations_of(ids)
    rows = []
    for place, ((order, merchant, agent), (total, day)) in enumerate(totals.items(), 1):
        drawn = Chance(2023, "invoices", place).below(100)
        if drawn < _NOT:
            continue
        amount = Decimal(str(total))
        rows.append(
            Invoice(
                number=f"241320000000{place:08d}",
                issued_on=day - timedelta(days=3),  # type: ignore[operator]
                amount=(amount / 2).quantize(Decimal("0.01")) if drawn < _NOT + _PARTLY else amount,
                consignor_id=merchant,
                consignor_name=names[merchant][1],
                order_number=order,
                organisations=sorted({body for body in (bodies[merchant], bodies[agent]) if body}),
                entered_by=_BY[0],
                is_demo=True,
            )
        )
    Invoice.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)
