"""The rules EXM-…: what is said of a filing, a certificate, a quarter's table and an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, decimal, names, whole
from youju.rules.registry import rule
from youju.rules.trade.exemptions.differences import BEYOND, RATE, SHARE, tax_at_stake, told_apart
from youju.rules.trade.exemptions.facts import CertificateFacts, FilingFacts, InvoiceFacts, QuarterFacts
from youju.rules.trade.exemptions.lifecycle import OPEN, TAXABLE, TOLD
from youju.rules.trade.exemptions.periods import FILING_DAY, FIXED, REPORT_DAY, next_month
from youju.rules.workflow import working_days_between

FILING, AGREEMENT, CONSIGNORS = "sat-2015-89#filing", "sat-2015-89#agreement", "sat-2025-17#consignors"
HOUSE_FILING, HOUSE_CERTIFICATE = "house-exemptions#filing", "house-exemptions#certificate"
RECONCILIATION, HOUSE_QUARTER = "house-exemptions#reconciliation", "house-exemptions#quarter"
DAY, REPORTED_FROM = date(2020, 1, 1), date(2025, 10, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "EXM-001", title="出口月份还没有结束", basis=FILING, since=DAY, severity=Severity.ERROR, scope="exemption"
)
def the_month_is_over(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """免税申报在出口次月的纳税申报期内办理，出口月份结束以前不能申报。"""
    if filing.moment != "file" or filing.day >= next_month(filing.month):
        return None
    return Finding(
        f"{filing.month:%Y 年 %m 月}还没有结束。",
        f"请在 {next_month(filing.month)} 以后申报。",
        {"field": "month"},
    )


@rule(
    "EXM-002", title="过了申报期限", basis=FILING, since=DAY, severity=Severity.ERROR, scope="exemption",
    parameters=(FILING_DAY, FIXED),
)  # fmt: skip
def it_is_filed_in_time(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """过了期限的免税申报须经税务部门准予补报。"""
    if filing.moment != "file" or filing.day <= filing.due_on:
        return None
    return Finding(
        f"{filing.month:%Y 年 %m 月}的申报期限 {filing.due_on} 已过。",
        "请联系税务部门；准予补报以后再申报，否则这些货物按内销征税。",
        {"field": "due_on"},
    )


@rule(
    "EXM-003",
    title="没有可申报的货物",
    basis=HOUSE_FILING,
    since=DAY,
    severity=Severity.ERROR,
    scope="exemption",
)
def there_is_something_to_file(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申报明细取自放行的报关单，没有放行的货物不申报。"""
    if filing.moment != "file" or filing.lines:
        return None
    return Finding("这个月没有放行的货物可以申报。", "请核对报关单是否已经放行。", {"field": "lines"})


@rule(
    "EXM-004",
    title="没有纳税人识别号",
    basis=HOUSE_FILING,
    since=DAY,
    severity=Severity.WARNING,
    scope="exemption",
)
def the_taxpayer_is_named(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """免税申报应当写明经营户的纳税人识别号。"""
    if filing.state not in (*OPEN, *TOLD) or filing.tax_id:
        return None
    return Finding("经营户的备案里没有纳税人识别号。", "请经营户在主体备案里补填。", {"field": "tax_id"})


@rule(
    "EXM-005",
    title="报关单已更正或撤销",
    basis=HOUSE_FILING,
    since=DAY,
    severity=Severity.WARNING,
    scope="exemption",
)
def what_was_filed_still_stands(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """已申报的货物，报关单后来更正或撤销的，应当更正申报。"""
    if filing.moment != "watch" or filing.state not in TOLD or not filing.stale:
        return None
    return Finding(
        f"{filing.stale} 行货物的报关单后来更正或撤销了。",
        "请点“更正”，按现在的报关单重新申报。",
        {"field": "lines"},
    )


@rule(
    "EXM-006", title="申报期限快到了", basis=HOUSE_FILING, since=DAY, severity=Severity.HINT, scope="exemption",
    parameters=("trade.exemptions.remind_days", FIXED),
)  # fmt: skip
def what_is_due_soon_is_said(filing: FilingFacts, law: LawOf) -> Finding | None:
    """临近申报期限的，提醒申报方。"""
    if filing.moment != "watch" or filing.state not in OPEN or filing.day > filing.due_on:
        return None
    left = working_days_between(filing.day, filing.due_on, frozenset(names(law, FIXED)))
    if left > whole(law, "trade.exemptions.remind_days"):
        return None
    when = f"还有 {left} 个工作日" if left else "今天是最后一天"
    return Finding(
        f"申报期限是 {filing.due_on}，{when}。", "请尽快申报，逾期按内销征税。", {"field": "due_on"}
    )


@rule(
    "EXM-007", title="逾期没有申报", basis=FILING, since=DAY, severity=Severity.WARNING, scope="exemption",
    parameters=(RATE, FIXED),
)  # fmt: skip
def what_was_missed_is_taxable(filing: FilingFacts, law: LawOf) -> Finding | None:
    """逾期没有申报免税的货物，应当按内销征税。"""
    missed = filing.state == TAXABLE or (filing.state in OPEN and filing.day > filing.due_on)
    if filing.moment != "watch" or not missed:
        return None
    return Finding(
        f"期限 {filing.due_on} 已过，{filing.amount:,.2f} 元没有申报，"
        f"按示例税率 {decimal(law, RATE)}% 测算涉及税款 {tax_at_stake(filing.amount, law):,.2f} 元。",
        "请联系税务部门申请补报；测算只供参考，以税务部门核定为准。",
        {"field": "due_on"},
    )


@rule(
    "EXM-008", title="还有货物没有申报", basis=FILING, since=DAY, severity=Severity.WARNING, scope="exemption"
)
def nothing_of_the_month_is_left_out(filing: FilingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """一个月放行的货物应当全部申报。"""
    if filing.moment != "watch" or filing.state not in TOLD or not filing.missing:
        return None
    return Finding(
        f"这个月还有 {filing.missing} 行放行的货物不在申报里。",
        "请点“更正”，把它们一并申报。",
        {"field": "lines"},
    )


@rule(
    "EXM-009",
    title="没有有效的代理协议",
    basis=AGREEMENT,
    since=DAY,
    severity=Severity.ERROR,
    scope="certificate",
)
def an_agreement_covers_the_export(case: CertificateFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """申请代理出口货物证明，须有出口当日有效的委托代理出口货物协议。"""
    if case.released_on is None or case.agreement:
        return None
    return Finding(
        f"放行日 {case.released_on} 没有与这家经营户有效的代理协议。",
        "请核对代理协议的起止日期。",
        {"field": "consignor"},
    )


@rule(
    "EXM-010",
    title="报关单没有放行",
    basis=HOUSE_CERTIFICATE,
    since=DAY,
    severity=Severity.ERROR,
    scope="certificate",
)
def the_declaration_is_released(case: CertificateFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """没有放行的报关单不能申请代理出口货物证明。"""
    if case.released_on is not None and case.lines:
        return None
    return Finding(
        f"报关单“{case.declaration[:40]}”没有放行，或者里面没有这家经营户的货物。",
        "请核对单号和经营户。",
        {"field": "declaration"},
    )


@rule(
    "EXM-011",
    title="已经证明过",
    basis=HOUSE_CERTIFICATE,
    since=DAY,
    severity=Severity.ERROR,
    scope="certificate",
)
def goods_are_certified_once(case: CertificateFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """一行货物只能证明一次。"""
    if not case.certified:
        return None
    return Finding(
        f"其中的货物已经在证明 {'、'.join(case.certified)} 里。",
        "请打开那份证明；要换的，请税务部门替换。",
        {"field": "declaration"},
    )


@rule("EXM-012", title="委托方没有识别号", basis=CONSIGNORS, since=REPORTED_FROM, severity=Severity.WARNING,
      scope="consignor_report")  # fmt: skip
def consignors_are_identified(case: QuarterFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """报送的每一个实际委托方都应当有纳税人识别号。"""
    if not case.nameless:
        return None
    return Finding(
        f"{len(case.nameless)} 个委托方没有纳税人识别号：{'、'.join(case.nameless[:2])}等。",
        "请这些经营户在主体备案里补填；没有与您签代理协议的，您也看不到它的识别号。",
        {"field": "tax_id"},
    )


@rule("EXM-013", title="没有报送实际委托方", basis=CONSIGNORS, since=REPORTED_FROM, severity=Severity.WARNING,
      scope="consignor_report", parameters=(REPORT_DAY, FIXED))  # fmt: skip
def an_agent_reports_its_consignors(case: QuarterFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """代理没有按季报送实际委托方的，按自营出口缴税。"""
    if case.moment != "watch" or case.reported or not case.consignors or case.day <= case.due_on:
        return None
    return Finding(
        f"“{case.agent}”没有报送 {case.quarter} 的实际委托方，代理出口 {case.amount:,.2f} 元将按自营出口缴税。",
        f"期限是 {case.due_on}，请尽快报送。",
        {"field": "quarter"},
    )


@rule(
    "EXM-014",
    title="季度还没有结束",
    basis=CONSIGNORS,
    since=REPORTED_FROM,
    severity=Severity.ERROR,
    scope="consignor_report",
)
def the_quarter_is_over(case: QuarterFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """季度结束以前不能报送这个季度的实际委托方。"""
    if case.moment != "submit" or case.day > case.last_day:
        return None
    return Finding(
        f"{case.quarter} 到 {case.last_day} 才结束。", "请在季度结束以后报送。", {"field": "quarter"}
    )


@rule("EXM-015", title="发票重复", basis=RECONCILIATION, since=DAY, severity=Severity.ERROR, scope="invoice")
def an_invoice_is_entered_once(case: InvoiceFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一张发票只登记一次，开票日期不得晚于今天。"""
    if case.known:
        return Finding(f"发票 {case.number} 已经登记过。", "请核对发票号码。", {"field": "number"})
    if case.issued_on > case.day:
        return Finding(f"开票日期 {case.issued_on} 还没有到。", "请核对日期。", {"field": "issued_on"})
    return None


@rule("EXM-016", title="发票金额多于报关", basis=RECONCILIATION, since=DAY, severity=Severity.WARNING, scope="invoice",
      parameters=(SHARE,))  # fmt: skip
def invoices_match_what_was_declared(case: InvoiceFacts, law: LawOf) -> Finding | None:
    """一张交易单的发票合计不应多于报关金额。"""
    if case.declared is None:
        return Finding(
            "这张交易单还没有放行的货物。", "可以先登记；放行以后在对账台核对。", {"field": "order_number"}
        )
    total = case.invoiced + case.amount
    if told_apart(case.declared, total, law) != BEYOND:
        return None
    return Finding(
        f"发票合计 {total:,.2f} 元，多于报关的 {case.declared:,.2f} 元。",
        "请核对发票和交易单。",
        {"field": "amount"},
    )


@rule("EXM-017", title="委托方报送开始以前不适用", basis=HOUSE_QUARTER, since=DAY, until=REPORTED_FROM,
      severity=Severity.ERROR, scope="consignor_report")  # fmt: skip
def before_the_notice_nothing_is_reported(case: QuarterFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """国家税务总局公告2025年第17号施行以前，代理不报送实际委托方。"""
    if case.moment != "submit":
        return None
    return Finding(
        f"{case.quarter} 在 2025 年 10 月 1 日以前，不适用实际委托方季报。",
        "请选择 2025Q4 或以后的季度。",
        {"field": "quarter"},
    )
