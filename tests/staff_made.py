"""Months of dispatched staff for tests: written through the services, as an import would."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.identity.models import User
from youju.office.staff import services
from youju.office.staff.models import Agreement, StaffLine
from youju.office.staff.wishes import AgreementWish, LineWish

CONTRACT = "GMZX-2023-002"
JUNE = date(2023, 6, 1)


def wish(person: str = "PQ-001", month: date = JUNE, **given: Any) -> LineWish:
    """A person's month, paid a day before it is due."""
    usual: dict[str, Any] = {
        "month": month,
        "person": person,
        "position": "综合窗口",
        "section": "ZH",
        "contract": CONTRACT,
        "agency": "保定示例人力资源有限公司",
        "project": "13060523P00454310001A",
        "due_on": month.replace(day=15),
        "due": Decimal("6300.00"),
        "paid": Decimal("6300.00"),
        "paid_on": month.replace(day=14),
    }
    return LineWish(**(usual | given))


def stored(actor: User, *wishes: LineWish, batch: str = "b-1") -> list[StaffLine]:
    """The months as an import leaves them."""
    services.store_batch(actor=actor, batch=batch, wishes=wishes or (wish(), wish("PQ-002")))
    return list(StaffLine.objects.filter(current=True).order_by("month", "person"))


def agreed(actor: User, **given: Any) -> Agreement:
    """What the contract of 2023 agrees: two positions."""
    usual: dict[str, Any] = {
        "contract": CONTRACT,
        "agency": "保定示例人力资源有限公司",
        "positions": 2,
        "valid_from": date(2023, 1, 1),
        "valid_to": date(2023, 12, 31),
        "project": "13060523P00454310001A",
    }
    return services.register_agreement(actor=actor, wish=AgreementWish(**(usual | given)))
