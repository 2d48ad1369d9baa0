"""CLM-001 to CLM-016: what keeps an application, an opinion, an award list or an objection from going on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.funds.claims.facts import ClaimCase, ListCase, ObjectionCase, ReviewCase
from youju.rules.law import PolicyValue, whole
from youju.rules.registry import rule

HOUSE_DAY = date(2020, 1, 1)
APPLYING, REVIEW, PUBLIC = "house-claims#applying", "house-claims#review", "house-claims#publicity"
LawOf = Mapping[str, PolicyValue]


@rule(
    "CLM-001",
    title="同一政策已经申请过",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claim",
)
def the_policy_is_applied_for_once(case: ClaimCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一主体对同一政策只能有一份申请在办或者已决定。"""
    if not case.others:
        return None
    return Finding(
        f"本单位对这项政策已有申请 {'、'.join(case.others)}。",
        "要补充材料，请撤回原来的申请，或等它退回补正。",
        at={"field": "policy"},
    )


@rule(
    "CLM-002",
    title="签署人与填报人是同一人",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claim",
    parameters=("funds.claims.certifier_from_people",),
)
def the_certifier_is_another_person(case: ClaimCase, law: LawOf) -> Finding | None:
    """单位有两名以上办理人员时，签署人应是填报人以外的人。"""
    if not case.certifier or case.people < whole(law, "funds.claims.certifier_from_people"):
        return None
    if case.certifier != case.prepared_by:
        return None
    return Finding(
        "填报的人不能自己签署。", "请本单位另一位有账号的同事登录后签署。", at={"field": "certifier"}
    )


@rule(
    "CLM-003", title="没有收款账户", basis=APPLYING, since=HOUSE_DAY, severity=Severity.ERROR, scope="claim"
)
def there_is_an_account_to_pay_to(case: ClaimCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申请应写明收款的户名、开户银行和账号。"""
    if case.has_account:
        return None
    return Finding("没有填写收款账户。", "填写本单位的户名、开户银行和账号。", at={"field": "account"})


@rule(
    "CLM-004",
    title="同一张发票填了两次",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claim",
)
def each_invoice_stands_once(case: ClaimCase, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """同一份申请里一张发票只能填一次。"""
    counts = Counter(each.number for each in case.invoices)
    for number, count in counts.items():
        if count > 1:
            yield Finding(
                f"发票 {number} 填了 {count} 次。", "删去重复的一行。", at={"field": "costs", "key": number}
            )


@rule(
    "CLM-005",
    title="费用没有发票文件",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claim",
)
def each_cost_has_its_invoice(case: ClaimCase, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """每笔费用都应附上发票或付款凭证的文件。"""
    for each in case.invoices:
        if not each.has_file:
            yield Finding(
                f"发票 {each.number} 没有附上文件。",
                "在这一行上传发票或付款凭证。",
                at={"field": "costs", "key": each.key},
            )


@rule(
    "CLM-006",
    title="算出的补贴为零",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claim",
)
def there_is_something_to_apply_for(case: ClaimCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """算出的补贴大于零才能提交。"""
    if case.total > 0:
        return None
    return Finding(
        "按现有的记录，这项政策算出的补贴是 0 元。", "看“还缺什么”，补齐后再提交。", at={"field": "amount"}
    )


@rule(
    "CLM-007",
    title="收款户名与单位名称不同",
    basis=APPLYING,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="claim",
)
def the_account_is_the_applicants(case: ClaimCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """收款户名应与申请单位的名称一致。"""
    if not case.has_account or case.account_name == case.party_name:
        return None
    return Finding(
        f"收款户名“{case.account_name}”与单位名称“{case.party_name}”不同。",
        "个体工商户用经营者个人账户的，请上传账户证明；其他单位请改用本单位账户。",
        at={"field": "account_name"},
    )


@rule(
    "CLM-008",
    title="审核人声明有利害关系",
    basis=REVIEW,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="review",
)
def a_reviewer_in_conflict_does_not_review(case: ReviewCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """声明与申请人有利害关系的人不得办理这份申请。"""
    if case.reviewer not in case.conflicts and not case.same_body:
        return None
    return Finding(
        "您与这份申请的申请人有利害关系，不能办理。", "请转给另一位同事。", at={"field": "reviewer"}
    )


@rule(
    "CLM-009",
    title="没有声明利害关系",
    basis=REVIEW,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="review",
)
def a_reviewer_declares_first(case: ReviewCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """审核人应先声明与申请人有没有利害关系。"""
    if case.declared or case.reviewer in case.conflicts:
        return None
    return Finding(
        "还没有声明利害关系。", "勾选“与申请人没有利害关系”，有的请选择回避。", at={"field": "declared"}
    )


@rule(
    "CLM-010",
    title="重复线索还没有判断",
    basis=REVIEW,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="review",
)
def every_hit_is_judged(case: ReviewCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """重复申报的线索逐条判断以后，申请才能通过。"""
    if not case.open_hits:
        return None
    return Finding(
        f"还有 {case.open_hits} 条重复申报的线索没有判断，或者已确认是重复。",
        "打开“重复线索”，逐条比对后写明判断；确认重复的退回或不予支持。",
        at={"field": "duplicates"},
    )


@rule(
    "CLM-011",
    title="重新计算的金额与提交时不同",
    basis=REVIEW,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="review",
)
def the_amount_is_as_submitted(case: ReviewCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """每一阶段都按当时的记录重新计算，与提交时不同的要看明原因。"""
    if case.submitted == case.recomputed:
        return None
    return Finding(
        f"提交时 {case.submitted:,} 元，现在算出 {case.recomputed:,} 元，相差 {case.recomputed - case.submitted:+,} 元。",
        "看计入的报关单行有哪些变化；以现在算出的为准。",
        at={"field": "amount"},
    )


@rule(
    "CLM-012",
    title="公示期还没有满",
    basis=PUBLIC,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="award_list",
)
def the_publicity_is_over(case: ListCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """名单公示满规定的工作日以后，才能决定。"""
    if case.until is not None and case.day > case.until:
        return None
    told = f"公示到 {case.until} 为止" if case.until else "名单还没有公示"
    return Finding(f"{told}，现在是 {case.day}。", "期满的次日再办。", at={"field": "until"})


@rule(
    "CLM-013",
    title="还有异议没有处理",
    basis=PUBLIC,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="award_list",
)
def every_objection_is_answered(case: ListCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """公示期间收到的异议全部处理以后，才能决定。"""
    if not case.open_objections:
        return None
    return Finding(
        f"异议 {'、'.join(case.open_objections)} 还没有处理。", "先核实并答复。", at={"field": "objections"}
    )


@rule(
    "CLM-014",
    title="名单与公示的不同",
    basis=PUBLIC,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="award_list",
)
def the_list_is_the_published_one(case: ListCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """决定的名单应与公示的名单逐字相同。"""
    if case.frozen == case.found:
        return None
    return Finding(
        f"公示名单的校验值是 {case.frozen[:12] or '（无）'}，现在的名单是 {case.found[:12]}。",
        "重新公示改动后的名单。",
        at={"field": "hash"},
    )


@rule(
    "CLM-015",
    title="超出政策资金总额",
    basis=PUBLIC,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="award_list",
)
def the_awards_stay_within_the_budget(case: ListCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """一项政策各批次决定的补贴之和不得超过政策的资金总额。"""
    granted = sum(case.granted.values(), Decimal(0))
    if granted <= case.budget:
        return None
    return Finding(
        f"名单合计 {granted:,} 元，政策资金还剩 {case.budget:,} 元。",
        "重新按比例计算。",
        at={"field": "budget"},
    )


@rule(
    "CLM-016",
    title="异议没有写明",
    basis=PUBLIC,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="objection",
    parameters=("funds.claims.objection_least_characters", "funds.claims.objection_most_characters"),
)
def an_objection_is_told(case: ObjectionCase, law: LawOf) -> Iterator[Finding]:
    """异议应在公示期内提出，署名，留下联系方式，写明事实。"""
    if case.until is None or case.day > case.until:
        yield Finding(
            "这份名单不在公示期内，不再收异议。", "可以向中心的监督电话反映。", at={"field": "text"}
        )
    if not case.name:
        yield Finding("没有署名。", "写单位名称或本人姓名。", at={"field": "name"})
    if not case.contact:
        yield Finding("没有联系方式。", "留下电话或邮箱，只用于答复，加密保存。", at={"field": "contact"})
    least = whole(law, "funds.claims.objection_least_characters")
    most = whole(law, "funds.claims.objection_most_characters")
    if not least <= len(case.text) <= most:
        yield Finding(
            f"异议写了 {len(case.text)} 个字，应为 {least} 到 {most} 个字。",
            "写明针对哪一户、哪一笔，有什么事实和依据。",
            at={"field": "text"},
        )
