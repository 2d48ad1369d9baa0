"""A small year to evaluate: one project with money spent, five rows bound to what was spent, an office of people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funds_made import Staff, paid, project, staff
from trade_people import as_
from youju.foundation.identity.models import User
from youju.performance.evaluation import services
from youju.performance.evaluation.models import SelfEvaluation
from youju.performance.evaluation.services import FillWish, RowWish
from youju.performance.measures.models import Binding
from youju.performance.measures.selectors.documents import placed
from youju.performance.targets.models import TargetSet
from youju.performance.targets.services import storing
from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Project,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

CODE = "13060526P00000110001X"
ROWS = (
    ("产出指标", "数量指标", "资金支付率", "≥99%", "payments.executed_rate"),
    ("产出指标", "时效指标", "按期支付率", "≥100%", "payments.on_time_rate"),
    ("成本指标", "经济成本", "项目总成本", "≤1万元", "payments.total_cost"),
    ("效益指标", "社会效益", "社会影响", "显著提高", ""),
    ("满意度指标", "满意度", "服务对象满意度", "≥40%", "payments.executed_rate"),
)


@dataclass(frozen=True)
class World:
    """People, the set, the year, the payment's project."""

    team: Staff
    target_set: TargetSet
    year: int
    money: Any

    @property
    def head(self) -> SelfEvaluation:
        """The one self-evaluation, read anew."""
        return SelfEvaluation.objects.get(fiscal_year=self.year)


def document(year: int, code: str = CODE) -> TargetDocument:
    """The targets."""
    rows = tuple(
        Indicator(level1, level2, level3, level3, target, parse_value(target), "年度计划")
        for level1, level2, level3, target, _ in ROWS
    )
    plan = dict.fromkeys(("03", "06", "10", "12"), "1.00")
    return TargetDocument(
        DocumentHead("304001", "试点中心", "万元", "hebei-2020", year),
        Department("促进外贸发展", (Subgoal("培育主体", "扩大规模", "增长"),)),
        (Project(code, "外贸服务资金", "1.00", "1.00", None, "用于服务", plan, ("1.做好服务",), rows),),
    )


def world(code: str = CODE, *, spent: str = "9500.00") -> World:
    """Targets published, rows bound, money spent."""
    year, team = timezone.localdate().year, staff()
    money = project(team, "10000.00", code=code, name="外贸服务资金", year=year)
    if spent:
        paid(team, money, spent)
    stored = storing.store(
        document(year, code), fiscal_year=year, source_name="范本.docx", source_sha256="0" * 64, imported_by=team.officer,
        is_demo=False, serves={code: (1,)},
    )  # fmt: skip
    target_set = TargetSet.objects.get(pk=getattr(stored, "pk", None) or TargetSet.objects.latest("pk").pk)
    TargetSet.objects.filter(pk=target_set.pk).update(state="published")
    target_set.refresh_from_db()
    for row, (_, _, level3, _, metric) in zip(placed(target_set), ROWS, strict=True):
        if metric:
            now = timezone.now()
            Binding.objects.create(
                unit_key=target_set.unit_key, fiscal_year=year, project=code, row=row.row, level3=level3,
                name_hash=row.name_hash, basis="computed", metric=metric, parameters={"project": code}, version=1,
                state="approved", created_by="x", confirmed_by="a", confirmed_name="甲", confirmed_at=now, approved_by="b",
                approved_name="乙", approved_at=now,
            )  # fmt: skip
    return World(team, target_set, year, money)


def opened(found: World) -> SelfEvaluation:
    """The year begun."""
    services.open_year(actor=found.team.officer, fiscal_year=found.year)
    return found.head


def filled(found: World, **changes: Any) -> SelfEvaluation:
    """What the section writes."""
    head = opened(found) if not SelfEvaluation.objects.exists() else found.head
    words = RowWish(cause="尾款在次年支付", improvement="一季度付清")
    rows = {
        1: words,
        4: RowWish(tier="reached", tier_rate=Decimal(90), cause="佐证不足", improvement="补充调查"),
        5: RowWish(cause="首次调查，目标定得偏低"),
    }
    wish = FillWish(**({"done": "全年服务按计划完成。", "rows": rows} | changes))
    services.fill(actor=found.team.asks, evaluation_id=head.pk, wish=wish)
    return found.head


def step(found: World, who: User, code: str, reason: str = "") -> SelfEvaluation:
    """One step by somebody."""
    with as_(who):
        return services.take_step(actor=who, evaluation_id=found.head.pk, step=code, reason=reason)


def submitted(found: World) -> SelfEvaluation:
    """Handed in."""
    filled(found)
    return step(found, found.team.asks, "submit")


def approved(found: World) -> SelfEvaluation:
    """Approved by the head."""
    submitted(found)
    step(found, found.team.officer, "check")
    return step(found, found.team.head, "approve")


def settled(found: World) -> SelfEvaluation:
    """Checked again by finance."""
    approved(found)
    return step(found, found.team.finance, "recheck")
