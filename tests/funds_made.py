"""People, projects and payments for tests of the funds."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.funds.payments import services
from youju.funds.payments.facts import PayeeIn
from youju.funds.payments.models import BankFile, BankReturn, Payment
from youju.funds.projects import services as projects
from youju.funds.projects.facts import ProjectIn, SourceIn
from youju.funds.projects.models import Project

_SERIAL = itertools.count(1)


@dataclass(frozen=True)
class Staff:
    """One person for each deed."""

    asks: User
    section: User
    finance: User
    head: User
    cashier: User
    officer: User
    auditor: User


def staff() -> Staff:
    """A whole office."""
    return Staff(
        asks=person(Role.STF, username="funds-asks"),
        section=person(Role.STF, username="funds-section"),
        finance=person(Role.FIN, username="funds-finance"),
        head=person(Role.HED, username="funds-head"),
        cashier=person(Role.FIN, username="funds-cashier"),
        officer=person(Role.PFO, username="funds-officer"),
        auditor=person(Role.AUD, username="funds-auditor"),
    )


def project(team: Staff, budget: str = "10000.00", **values: Any) -> Project:
    """A project of this year with one source, its plan the whole budget from the first point on."""
    serial = next(_SERIAL)
    money = Decimal(budget)
    wish = ProjectIn(
        year=values.pop("year", timezone.localdate().year),
        code=values.pop("code", f"P{serial:04d}"),
        name=values.pop("name", f"项目{serial}"),
        sources=values.pop("sources", (SourceIn("fiscal", money),)),
        plan=values.pop("plan", dict.fromkeys(("03", "06", "10", "12"), money)),
        **values,
    )
    with as_(team.finance):
        return projects.create_project(actor=team.finance, wish=wish)


def payee(serial: int = 0, **values: Any) -> PayeeIn:
    """A payee with an account of its own."""
    serial = serial or next(_SERIAL)
    told = {
        "name": f"收款人{serial}",
        "credit_code": None,
        "account": f"1300{serial:012d}",
        "bank": "示例银行白沟支行",
    }
    return PayeeIn(**(told | values))


def due(days: int = 10) -> date:
    """A day to come."""
    return timezone.localdate() + timedelta(days=days)


def asked(team: Staff, row: Project, amount: str = "500.00", **values: Any) -> Payment:
    """A payment that was asked for."""
    with as_(team.asks):
        return services.request_payment(
            project_id=row.pk,
            payee=values.pop("payee", None) or payee(),
            amount=Decimal(amount),
            purpose=values.pop("purpose", "办公用品"),
            due_on=values.pop("due_on", due()),
            by=team.asks,
            explanation=values.pop("explanation", "测试"),
            **values,
        )


def stepped(user: User, row: Payment, step: str, reason: str = "") -> Payment:
    """One step by somebody."""
    with as_(user):
        return services.step_payment(actor=user, number=row.number, step=step, reason=reason)


def approved(team: Staff, row: Project, amount: str = "500.00", **values: Any) -> Payment:
    """A payment that waits to be sent."""
    made = asked(team, row, amount, **values)
    return through(team, made)


def through(team: Staff, made: Payment) -> Payment:
    """The usual way from asking to approval."""
    stepped(team.section, made, "review_section")
    stepped(team.finance, made, "review")
    return stepped(team.head, made, "approve")


def sent(team: Staff, *rows: Payment, handed: bool = True) -> BankFile:
    """A file for the bank, downloaded."""
    with as_(team.cashier):
        made = services.make_bank_file(actor=team.cashier, numbers=[row.number for row in rows])
        if handed:
            services.hand_out(actor=team.cashier, number=made.number, format="csv")
    return made


def answers(*rows: tuple[str, str, bool, date]) -> bytes:
    """A file of the bank's answers: reference, amount, paid, day."""
    lines = ["付款凭证号,金额,结果,日期,退回原因"]
    for reference, amount, paid, day in rows:
        lines.append(
            f"{reference},{amount},{'成功' if paid else '退回'},{day},{'' if paid else '账号户名不符'}"
        )
    return "\n".join(lines).encode()


def answered(team: Staff, content: bytes, name: str = "回单.csv") -> BankReturn:
    """The bank's answers, read."""
    with as_(team.cashier):
        return services.read_return(actor=team.cashier, name=name, content=content)[0]


def paid(team: Staff, row: Project, amount: str = "500.00", **values: Any) -> Payment:
    """A payment that the bank has made."""
    made = approved(team, row, amount, **values)
    sent(team, made)
    answered(
        team, answers((f"{made.number}-01", amount, True, timezone.localdate())), name=f"{made.number}.csv"
    )
    made.refresh_from_db()
    return made
