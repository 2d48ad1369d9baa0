"""The rules CRD-…: appeals, repairs, publicity lists, pre-payment, and a policy before it may score anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, decimal, names, table, whole
from youju.rules.registry import rule
from youju.rules.trade.credit.facts import AppealFacts, ListFacts, PrepaymentFacts, RepairFacts
from youju.rules.trade.credit.kinds import title_of
from youju.rules.trade.credit.months import months_before
from youju.rules.trade.credit.policy import DEDUCT, RATE, CreditPolicy

APPEALS, REPAIRS, LISTS = "house-credit#appeals", "house-credit#repairs", "house-credit#lists"
POLICY, EFFECTS = "house-credit#policy", "house-credit#effects"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
Plea = AppealFacts | RepairFacts


@rule("CRD-001", title="申诉期已过", basis=APPEALS, since=DAY, severity=Severity.ERROR, scope="credit_appeal",
      parameters=("trade.credit.appeal_days",))  # fmt: skip
def an_appeal_comes_in_time(plea: AppealFacts, law: LawOf) -> Finding | None:
    """申诉在得分告知之日起的期限内提出。"""
    last = plea.told_on + timedelta(days=whole(law, "trade.credit.appeal_days"))
    if plea.moment != "submit" or plea.day <= last:
        return None
    return Finding(
        f"{plea.scored_on} 的得分应在 {last} 前申诉。",
        "可以在下一期得分告知后申诉，或申请信用修复。",
        {"field": "record"},
    )


def _without_record(plea: Plea) -> Finding | None:
    if plea.moment != "submit" or plea.counted:
        return None
    return Finding("这条记录没有影响得分。", "请从得分明细里选一条扣分的记录。", {"field": "record"})


@rule(
    "CRD-002",
    title="申诉的记录没有扣分",
    basis=APPEALS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_appeal",
)
def an_appeal_names_a_record_that_counts(plea: AppealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申诉针对得分明细里扣分的一条记录。"""
    return _without_record(plea)


@rule("CRD-003", title="申诉没有写明理由或没有证据", basis=APPEALS, since=DAY, severity=Severity.ERROR, scope="credit_appeal",
      parameters=("trade.credit.reason_least",))  # fmt: skip
def an_appeal_has_reason_and_evidence(plea: AppealFacts, law: LawOf) -> Iterator[Finding]:
    """申诉写明理由，并附证据文件。"""
    yield from _substance(plea, law)


def _substance(plea: Plea, law: LawOf) -> Iterator[Finding]:
    least = whole(law, "trade.credit.reason_least")
    if plea.moment == "submit" and len(plea.reason.strip()) < least:
        yield Finding(f"理由至少写 {least} 个字。", "请写明事情经过和依据。", {"field": "reason"})
    if plea.moment == "submit" and not plea.files:
        yield Finding("没有附证据。", "请上传照片、单证或决定书。", {"field": "files"})


def _again(plea: Plea) -> Finding | None:
    if plea.moment != "submit" or not (plea.open_before or plea.aside):
        return None
    if plea.aside:
        return Finding("这条记录已经不再计分。", "不必再申请。", {"field": "record"})
    return Finding("这条记录已有在办的申诉或修复。", "请等它办完。", {"field": "record"})


@rule(
    "CRD-004",
    title="同一条记录重复申诉",
    basis=APPEALS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_appeal",
)
def a_record_is_appealed_once_at_a_time(plea: AppealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一条记录同时只有一件申诉或修复，已不计分的不再申诉。"""
    return _again(plea)


@rule(
    "CRD-005",
    title="申诉由同一人核查和裁定",
    basis=APPEALS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_appeal",
)
def two_people_decide_an_appeal(plea: AppealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申诉的核查和裁定由不同的人办理。"""
    return _one_hand(plea)


def _one_hand(plea: Plea) -> Finding | None:
    if plea.moment != "decide" or plea.actor not in plea.hands:
        return None
    return Finding("这件申请您已经办过一个环节。", "请由别人裁定。", {"field": "actor"})


@rule("CRD-006", title="这种记录不能修复", basis=REPAIRS, since=DAY, severity=Severity.ERROR, scope="credit_repair",
      parameters=("trade.credit.repair",))  # fmt: skip
def only_some_kinds_can_be_repaired(plea: RepairFacts, law: LawOf) -> Finding | None:
    """能修复的记录种类由政策列明。"""
    if plea.moment != "submit" or plea.kind in table(law, "trade.credit.repair"):
        return None
    return Finding(
        f"“{title_of(plea.kind)}”的记录不能修复。", "认为记录有误的，请申诉。", {"field": "record"}
    )


@rule("CRD-007", title="修复的时间没有到", basis=REPAIRS, since=DAY, severity=Severity.ERROR, scope="credit_repair",
      parameters=("trade.credit.repair",))  # fmt: skip
def a_repair_waits_its_months(plea: RepairFacts, law: LawOf) -> Finding | None:
    """记录发生满规定的月数后才能申请修复。"""
    months = _months(plea.kind, law)
    first = months_before(plea.record_day, -months)
    if plea.moment != "submit" or not months or plea.day >= first:
        return None
    return Finding(
        f"这条记录满 {months} 个月（{first}）后才能修复。", f"请在 {first} 以后申请。", {"field": "record"}
    )


@rule("CRD-008", title="修复前又有同类记录", basis=REPAIRS, since=DAY, severity=Severity.ERROR, scope="credit_repair",
      parameters=("trade.credit.repair",))  # fmt: skip
def nothing_alike_happened_since(plea: RepairFacts, law: LawOf) -> Finding | None:
    """申请修复前的规定月数内没有同类记录。"""
    months = _months(plea.kind, law)
    recent = [day for day in plea.later if day > months_before(plea.day, months)]
    if plea.moment != "submit" or not months or not recent:
        return None
    first = months_before(max(recent), -months)
    return Finding(f"{max(recent)} 又有同类记录。", f"请保持良好到 {first} 再申请。", {"field": "record"})


def _months(kind: str, law: LawOf) -> int:
    row = table(law, "trade.credit.repair").get(kind)
    months = row.get("months", 0) if isinstance(row, Mapping) else 0
    return months if isinstance(months, int) else 0


@rule("CRD-009", title="修复没有整改材料", basis=REPAIRS, since=DAY, severity=Severity.ERROR, scope="credit_repair",
      parameters=("trade.credit.reason_least",))  # fmt: skip
def a_repair_shows_what_was_mended(plea: RepairFacts, law: LawOf) -> Iterator[Finding]:
    """修复申请写明怎样整改，并附整改材料。"""
    yield from _substance(plea, law)


@rule(
    "CRD-010",
    title="同一条记录重复申请修复",
    basis=REPAIRS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_repair",
)
def a_record_is_repaired_once_at_a_time(plea: RepairFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一条记录同时只有一件申诉或修复，已不计分的不再修复，没有扣分的不必修复。"""
    return _again(plea) or _without_record(plea)


@rule(
    "CRD-011",
    title="修复由同一人核查和裁定",
    basis=REPAIRS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_repair",
)
def two_people_decide_a_repair(plea: RepairFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """修复的核查和裁定由不同的人办理。"""
    return _one_hand(plea)


@rule(
    "CRD-012",
    title="公示的不是最近一期",
    basis=LISTS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_list",
)
def a_list_shows_the_latest_scores(shown: ListFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """公示名单取自最近一期得分。"""
    if shown.latest:
        return None
    return Finding(f"{shown.scored_on} 以后已有新的得分。", "请用最近一期重新拟定名单。", {"field": "month"})


@rule("CRD-013", title="公示名单没有可公示的主体", basis=LISTS, since=DAY, severity=Severity.ERROR, scope="credit_list",
      parameters=("trade.credit.publicity_grades",))  # fmt: skip
def a_list_holds_the_grades_of_the_policy(shown: ListFacts, law: LawOf) -> Finding | None:
    """名单只列政策写明公示的等级，而且不是空的。"""
    allowed = names(law, "trade.credit.publicity_grades")
    others = [each for each in shown.grades if each not in allowed]
    if shown.size and not others:
        return None
    if others:
        return Finding(
            f"{'、'.join(others)} 级不公示。", f"请只列 {'、'.join(allowed)} 级。", {"field": "grade"}
        )
    return Finding("名单是空的。", "没有主体属于公示的等级，不必公示。", {"field": "grade"})


@rule(
    "CRD-014",
    title="名单里有在办的申诉",
    basis=LISTS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_list",
)
def who_appeals_is_not_shown_yet(shown: ListFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申诉没有裁定以前不公示其等级。"""
    if not shown.open_appeals:
        return None
    told = "、".join(shown.open_appeals)
    return Finding(
        f"{told}的申诉还没有裁定。",
        "请裁定以后再公示，或重新拟定名单（在办的会自动留下）。",
        {"field": "size"},
    )


@rule("CRD-015", title="等级不够，不能预拨补贴", basis=EFFECTS, since=DAY, severity=Severity.ERROR, scope="credit_prepayment",
      parameters=("trade.credit.prepayment_grades",))  # fmt: skip
def a_subsidy_is_prepaid_to_good_grades(wish: PrepaymentFacts, law: LawOf) -> Finding | None:
    """补贴只向政策列明的信用等级预拨。"""
    allowed = names(law, "trade.credit.prepayment_grades")
    if wish.level in allowed:
        return None
    held = f"是 {wish.level} 级" if wish.level else "还没有信用等级"
    return Finding(
        f"{wish.name or '申请人'}{held}，不能预拨。",
        f"预拨要求 {'、'.join(allowed)} 级，请等决定后付款。",
        {"field": "level"},
    )


@rule(
    "CRD-016",
    title="政策没有规定预拨",
    basis=EFFECTS,
    since=DAY,
    severity=Severity.ERROR,
    scope="credit_prepayment",
)
def the_policy_itself_allows_prepayment(wish: PrepaymentFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """补贴政策写明可以预拨的才能预拨。"""
    if wish.policy_allows:
        return None
    return Finding("这项补贴政策没有规定预拨。", "请等决定后付款。", {"field": "policy"})


@rule("CRD-017", title="信用项目的满分合计不对", basis=POLICY, since=DAY, severity=Severity.ERROR, scope="credit_policy",
      parameters=("trade.credit.total",))  # fmt: skip
def weights_make_the_total(policy: CreditPolicy, law: LawOf) -> Finding | None:
    """各项满分合计等于政策规定的总分。"""
    wanted, found = (
        decimal(law, "trade.credit.total"),
        sum((each.weight for each in policy.items), Decimal(0)),
    )
    if found == wanted:
        return None
    return Finding(f"各项满分合计 {found}，应为 {wanted}。", "请调整各项满分。", {"field": "weight"})


@rule(
    "CRD-018", title="分档的顺序不对", basis=POLICY, since=DAY, severity=Severity.ERROR, scope="credit_policy"
)
def a_worse_band_gives_less(policy: CreditPolicy, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """分档从好到差排列，差一档得分不多于好一档，否则多一条坏记录反而加分。"""
    for item in policy.items:
        if item.way == DEDUCT:
            continue
        rising = 1 if item.way == RATE else -1
        for better, worse in pairwise(item.bands):
            if (worse[0] - better[0]) * rising <= 0 or worse[1] > better[1]:
                yield Finding(
                    f"“{item.title}”的分档没有从好到差排列。",
                    "请把好的一档写在前面，比例依次减少。",
                    {"field": item.code},
                )
                break


@rule(
    "CRD-019", title="等级分数线重复", basis=POLICY, since=DAY, severity=Severity.ERROR, scope="credit_policy"
)
def every_grade_has_an_edge_of_its_own(policy: CreditPolicy, law: LawOf) -> Finding | None:  # noqa: ARG001
    """每个等级有自己的分数线。"""
    edges = [each.least for each in policy.grades]
    if len(set(edges)) == len(edges):
        return None
    return Finding("有两个等级的分数线相同。", "请把分数线分开。", {"field": "grades"})
