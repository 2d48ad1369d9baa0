"""Records of the office for tests: planned, brought and registered through the services, as people would."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.identity.models import User
from youju.office.contracts import services as contracts
from youju.office.contracts.models import Contract, Deliverable
from youju.office.tasks import services as tasks
from youju.office.tasks.models import Task

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def today() -> date:
    return timezone.localdate()


def task(actor: User, **given: Any) -> Task:
    """A task due in ten days, planned by somebody."""
    words = {"kind": "work", "title": "整理市场采购贸易台账", "due_on": today() + timedelta(days=10)} | given
    return tasks.plan_tasks(actor=actor, wish=tasks.TaskWish(**words)).tasks[0]


def dispute(actor: User, **given: Any) -> Task:
    """A dispute, brought by an enterprise."""
    words = {
        "kind": "dispute",
        "title": "货款拖欠",
        "topic": "payment",
        "details": "交货两个月没有付款",
        "contact_name": "许红",
        "contact_phone": "15400000001",
        "other_side": "某某贸易公司",
    }
    return tasks.bring_matter(actor=actor, wish=tasks.MatterWish(**(words | given)))


def request(actor: User, **given: Any) -> Task:
    """A logistics request, brought by an enterprise."""
    words = {
        "kind": "request",
        "title": "中欧班列订不到舱",
        "topic": "booking",
        "details": "三个柜子等了一周",
        "contact_name": "许红",
        "contact_phone": "15400000001",
    }
    return tasks.bring_matter(actor=actor, wish=tasks.MatterWish(**(words | given)))


def finished(doer: User, row: Task, **ending: str) -> Task:
    """The task begun, proved and submitted."""
    tasks.take_step(actor=doer, task_id=row.pk, step="begin")
    tasks.add_evidence(actor=doer, task_id=row.pk, content=PNG, name="签到表.png")
    return tasks.take_step(actor=doer, task_id=row.pk, step="finish", ending=tasks.Ending(**ending))


def contract_wish(**given: Any) -> contracts.ContractWish:
    """A contract of this year."""
    day = today()
    words: dict[str, Any] = {
        "number": "GMZX-001",
        "title": "常年法律顾问合同",
        "party": "河北示例律师事务所",
        "amount": Decimal("50000.00"),
        "signed_on": day - timedelta(days=100),
        "valid_from": day - timedelta(days=100),
        "valid_to": day + timedelta(days=200),
        "tags": ("法律顾问",),
        "project": "13060523P00456310001Q",
    }
    return contracts.ContractWish(**(words | given))


def contract(actor: User, **given: Any) -> Contract:
    """A registered contract."""
    return contracts.register_contract(actor=actor, wish=contract_wish(**given)).contract


def deliverable(actor: User, row: Contract, **given: Any) -> Deliverable:
    """Something that it is to deliver."""
    words = {"title": "季度法律服务报告", "due_on": today(), "price": Decimal("12500.00")} | given
    return contracts.add_deliverable(
        actor=actor, contract_id=row.pk, wish=contracts.DeliverableWish(**words)
    ).deliverable
