"""Applications with parties behind them, laid straight into the tables: what the duplicate proof looks at, nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from youju.foundation.identity.models import Organisation
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import fingerprint
from youju.funds.subsidies.models import Application, CostLine, CountedLine
from youju.trade.parties.models import Identifier, Party

_numbers = count(1)
DAY = date(2023, 6, 8)
BRANDS = "宏鑫瑞恒永金华顺凯佳锐天博光福祥龙世百万嘉隆鸿星海冠宇卓尚名汇润聚德骏良康景启远创合力"


def applied(
    name: str = "",
    *,
    phone: str = "",
    resident_id: str = "",
    account: str = "",
    lines: tuple[tuple[str, int, int], ...] = (),
    invoices: tuple[str, ...] = (),
    policy: str = "growth",
    state: str = "reviewing",
    party: Party | None = None,
    organisation: Organisation | None = None,
    roles: tuple[str, ...] = ("merchant",),
    **filing: Any,
) -> Application:
    """An application that was handed in; ``lines`` are (declaration, line, source)."""
    number = next(_numbers)
    with reaching_all():
        behind = party or Party.objects.create(
            number=f"ZT{number:08d}",
            roles=list(roles),
            sections=["SC"],
            state="approved",
            # Brands without a likeness: no two numbers share one.
            name=name or f"示例{BRANDS[number % 41]}{BRANDS[number // 41 % 41]}{number}商行",
            **filing,
        )
        for kind, given in (("phone", phone), ("resident_id", resident_id)):
            if given and party is None:
                Identifier.objects.create(
                    party=behind,
                    kind=kind,
                    holder="legal_person",
                    sealed="-",
                    fingerprint=fingerprint(given, kind),
                    masked=f"{given[:3]}****{given[-4:]}",
                )
        row = Application.objects.create(
            number=f"BT2023{number:06d}",
            policy_code=policy,
            policy_title=f"政策{policy}",
            policy_hash="0" * 64,
            text={
                "window": {"from": "2023-01-01", "to": "2024-01-01"},
                "clauses": [{"shape": "per_container"}],
            },
            party=behind,
            party_name=behind.name,
            credit_code=behind.credit_code,
            organisation=organisation,
            sections=["SC"],
            state=state,
            amount=Decimal("1200.00"),
            account_masked=f"****{account[-4:]}" if account else "",
            account_fingerprint=fingerprint(account, "payments.account") if account else "",
            submitted_at=timezone.now(),
        )
        for declaration, line, source in lines:
            CountedLine.objects.create(
                application=row,
                source=source,
                declaration=f"{declaration}-1",
                entry_number=declaration,
                g_no=line,
                day=DAY,
                product="4202220000",
                partner="RU",
                value_usd=Decimal(100),
            )
        for invoice in invoices:
            CostLine.objects.create(
                application=row, kind="stand", invoice=invoice, paid_on=DAY, amount=Decimal(800)
            )
    return row
