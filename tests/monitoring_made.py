"""People, hand-made measured rows and a frozen round for tests of monitoring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funds_made import Staff, project
from office_made import PNG
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.workflow.services import start
from youju.funds.payments.selectors import board
from youju.performance.measures.selectors import Basis, MeasuredRow
from youju.performance.monitoring import events, services
from youju.performance.monitoring.models import Order, Round
from youju.performance.monitoring.services.freezing import Wish
from youju.performance.targets.models import TargetSet
from youju.rules.performance.monitoring.lifecycle import ROUND_FLOW

CODES = ("13060523P004545100010", "13060523P004546100010")


@dataclass(frozen=True)
class Office:
    """One person for each deed: prepares, two of the trade section, one of the market section, approves, finance, supervision."""

    officer: User
    trade: User
    trade2: User
    market: User
    head: User
    finance: User
    auditor: User

    @property
    def staff(self) -> Staff:
        """The same people as those of the funds."""
        return Staff(
            self.trade, self.trade2, self.finance, self.head, self.finance, self.officer, self.auditor
        )


def office() -> Office:
    """All of them."""
    return Office(
        officer=person(Role.PFO, username="mon-officer"),
        trade=person(Role.STF, username="mon-trade", sections=("WM",)),
        trade2=person(Role.STF, username="mon-trade2", sections=("WM",)),
        market=person(Role.STF, username="mon-market", sections=("SC",)),
        head=person(Role.HED, username="mon-head"),
        finance=person(Role.FIN, username="mon-finance"),
        auditor=person(Role.AUD, username="mon-auditor"),
    )


def measured(code: str, row: int, **given: Any) -> MeasuredRow:
    """A row as the room of measures gives it."""
    told: dict[str, Any] = {
        "project_name": f"项目{code[-3:]}", "level1": "产出", "level2": "数量指标", "level3": f"服务企业数{row}",
        "raw_value": "≥100家", "operator": "≥", "number": Decimal(100), "unit": "家", "kind": "quantitative",
        "basis": Basis.COMPUTED, "metric": "tasks.enterprises_served", "value": Decimal(60), "degree": Decimal("60.00"),
        "forecast": Decimal(103), "forecast_method": "近三个月月均外推", "url": "/measures/1/",
    }  # fmt: skip
    return MeasuredRow(project_code=code, row=row, **(told | given))


def rows() -> list[MeasuredRow]:
    """Two projects of three rows: in time, late, cannot be compared; all in time."""
    one, two = CODES
    return [
        measured(one, 1),
        measured(one, 2, forecast=Decimal(70), degree=Decimal("40.00"), value=Decimal(40)),
        measured(
            one, 3, raw_value="显著提高", operator=None, number=None, unit=None, kind="qualitative", basis=Basis.UNBOUND,
            metric="", value=None, degree=None, forecast=None, url="",
        ),
        measured(two, 1),
        measured(two, 2, operator="≤", raw_value="≤100家", forecast=Decimal(90)),
        measured(two, 3, basis=Basis.ATTESTED, metric="", tier="reached", tier_rate=Decimal(90), number=None, forecast=None),
    ]  # fmt: skip


def target_set(year: int) -> TargetSet:
    """An approved version without content: what is measured comes from ``rows``."""
    return TargetSet.objects.create(
        fiscal_year=year, unit_key="423001", unit_code="423001", unit_name="示例中心", money_unit="万元",
        schema="hebei", source_name="范本.docx", source_sha256="0" * 64, content_hash="0" * 64, version=1,
        is_active=True, state="approved",
    )  # fmt: skip


def last_month() -> date:
    """The last day of the month before today's."""
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def frozen(team: Office, *, month: int | None = None) -> Round:
    """A round of last month, as ``make_round`` leaves it; both projects have a budget, the first of the trade section."""
    until = last_month()
    budgets = [
        project(team.staff, "100000.00", code=CODES[0], year=until.year, section="外贸科"),
        project(team.staff, "50000.00", code=CODES[1], year=until.year, section="市场科"),
    ]
    kept = target_set(until.year)
    lines = {
        line.project.code: replace(line, paid=line.budget if line.project.code == CODES[1] else Decimal(0))
        for line in board(actor=team.officer, year=until.year, day=until).lines
        if line.project and line.project.id in {each.pk for each in budgets}
    }
    wish = Wish(kept, rows(), lines, month or until.month, until)
    with as_(team.officer):
        row = services.freeze(
            wish, number=f"JK{until.year}-{until.month:02d}", by=(team.officer.username, "官员")
        )
        start(flow=ROUND_FLOW, subject=events.round_subject(row), actor=team.officer, organisation="CENTRE")
    return row


def filled(team: Office, row: Round) -> None:
    """Everything that the round still lacks, written by the performance officer."""
    done = services.RowWish("sure")
    late = services.RowWish("possible", "system", "招标流标一次", "九月底前补招")
    with as_(team.officer):
        for place in (1, 2):
            services.fill_project(
                actor=team.officer, number=row.number, project=place, explanation="流标", measure="补招"
            )
            for line in (1, 2, 3):
                services.fill_row(
                    actor=team.officer, number=row.number, project=place, place=line,
                    wish=late if (place, line) == (1, 2) else done,
                )  # fmt: skip


def step(user: User, row: Round, code: str, **given: Any) -> Round:
    """One step of a round by somebody."""
    with as_(user):
        return services.step_round(actor=user, number=row.number, step=code, **given).round


def ordered(team: Office, row: Round, *, line: int | None = 2, **given: Any) -> Order:
    """An order to the trade section because of the first project's late row."""
    words: dict[str, Any] = {
        "title": "系统建设滞后",
        "requirement": "九月底前完成部署",
        "section": "WM",
        "row": line,
    }
    with as_(team.officer):
        return services.issue_order(
            actor=team.officer, number=row.number, project=1, wish=services.OrderWish(**(words | given))
        )


def order_step(user: User, row: Order, code: str, **given: Any) -> Order:
    """One step of an order by somebody."""
    with as_(user):
        return services.step_order(actor=user, number=row.number, step=code, **given)


def replied(team: Office, row: Order) -> Order:
    """The order, answered with evidence."""
    with as_(team.trade):
        services.add_evidence(actor=team.trade, number=row.number, content=PNG, name="验收单.png")
    return order_step(team.trade, row, "reply", text="已完成部署")
