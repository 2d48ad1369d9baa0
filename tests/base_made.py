"""Records of the base for tests: registered through the services, as people would."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from office_made import PNG, today
from youju.foundation.identity.models import User
from youju.office.base import services
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS

USUAL: dict[str, dict[str, Any]] = {
    DOCUMENTS: {
        "number": "白商〔2023〕5号", "title": "外贸扶持办法", "holder": "白沟新城商务局", "kind": "trade", "issued_on": -100,
        "valid_from": -90, "valid_to": 300, "public": True,
    },
    PATENTS: {
        "number": "ZL202320000001.0", "title": "静音万向轮", "holder": "示例箱包有限公司", "kind": "utility", "applied_on": -400,
        "granted_on": -100,
    },
    BRANDS: {
        "number": "9012345", "title": "远行者", "holder": "示例箱包有限公司", "kind": "registered", "registered_on": -900,
        "valid_to": 900,
    },
    STANDARDS: {
        "number": "T/BGXB 001-2023", "title": "拉杆箱", "holder": "白沟箱包协会", "kind": "group", "published_on": -50,
        "effective_on": -20,
    },
    PLATFORMS: {
        "number": "PT-2023-01", "title": "检验检测平台", "holder": "示例检测", "kind": "testing", "starts_on": -60, "due_on": 30,
        "amount": Decimal("600000.00"), "project": "P8",
    },
}  # fmt: skip
"""What a record of each register says; whole numbers are days from today."""


def wish(register: str, **given: Any) -> dict[str, Any]:
    """A record of the register that no rule has anything to say of."""
    day = today()
    words = USUAL[register] | given
    return {
        name: day + timedelta(days=value) if type(value) is int else value for name, value in words.items()
    }


def made(actor: User, register: str, **given: Any) -> Any:
    """A registered record."""
    return services.register_record(actor=actor, register=register, wish=wish(register, **given)).row


def step(actor: User, row: Any, code: str, reason: str = "") -> Any:
    """A step with a platform project."""
    return services.take_platform_step(actor=actor, record_id=row.pk, step=code, reason=reason)


def proof(actor: User, row: Any) -> None:
    """A file that proves a platform project."""
    services.add_paper(
        actor=actor, register=PLATFORMS, record_id=row.pk, content=PNG, name="验收照片.png", evidence=True
    )
