"""The life of an exemption filing and of an agency export certificate as tables."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

FILING_KIND, CERTIFICATE_KIND = "exemptions.filing", "exemptions.certificate"
INVOICE_KIND, QUARTER_KIND, DEMO_KIND = "exemptions.invoice", "exemptions.quarter", "exemptions.demo"

DRAFT, FILED, ACCEPTED, RETURNED, TAXABLE, REPLACED = (
    "draft",
    "filed",
    "accepted",
    "returned",
    "taxable",
    "replaced",
)
OPEN = (DRAFT, RETURNED)
"""States in which the filer has it in hand."""
TOLD = (FILED, ACCEPTED)
"""States in which the tax office knows it."""
_FILE, _CERTIFY, _DAY = "exemptions.file", "exemptions.certify", date(2020, 1, 1)

FILING_FLOW = Flow(
    code=FILING_KIND,
    title="免税申报",
    since=_DAY,
    initial=DRAFT,
    states=(
        # The tax period's day limits a first filing and is set by the service; a correction has so many working days.
        State(DRAFT, "待申报", _FILE, "trade.exemptions.correct_days"),
        State(FILED, "待受理", _CERTIFY, "trade.exemptions.accept_days"),
        State(RETURNED, "退回修改", _FILE, "trade.exemptions.correct_days"),
        State(TAXABLE, "逾期应征税"),
        State(ACCEPTED, "已受理"),
        State(REPLACED, "已更正", final=True),
    ),
    transitions=(
        Transition("file", "申报", (DRAFT, RETURNED), FILED, _FILE),
        Transition("accept", "受理", (FILED,), ACCEPTED, _CERTIFY, not_by=("file",)),
        Transition("return", "退回", (FILED,), RETURNED, _CERTIFY, reason_required=True, returns=True),
        Transition("lapse", "逾期未申报", (DRAFT, RETURNED), TAXABLE, "", automatic=True),
        Transition("admit", "准予补报", (TAXABLE,), DRAFT, _CERTIFY, reason_required=True, returns=True),
        Transition("correct", "更正", (FILED, ACCEPTED), REPLACED, _FILE, reason_required=True),
    ),
)  # fmt: skip
FILING_STATES = {state.code: state.label for state in FILING_FLOW.states}

APPLIED, ISSUED, REFUSED, CANCELLED, EXCHANGED = "applied", "issued", "refused", "cancelled", "exchanged"
OVER = (REFUSED, CANCELLED, EXCHANGED)
"""States in which a certificate holds its goods no longer."""

CERTIFICATE_FLOW = Flow(
    code=CERTIFICATE_KIND,
    title="代理出口货物证明",
    since=_DAY,
    initial=APPLIED,
    states=(
        State(APPLIED, "待开具", _CERTIFY, "trade.exemptions.issue_days"),
        State(ISSUED, "已开具"),
        State(REFUSED, "不予开具", final=True),
        State(CANCELLED, "已作废", final=True),
        State(EXCHANGED, "已替换", final=True),
    ),
    transitions=(
        Transition("issue", "开具", (APPLIED,), ISSUED, _CERTIFY),
        Transition("refuse", "不予开具", (APPLIED,), REFUSED, _CERTIFY, reason_required=True),
        Transition("withdraw", "撤回申请", (APPLIED,), CANCELLED, _FILE),
        Transition("cancel", "作废", (ISSUED,), CANCELLED, _CERTIFY, reason_required=True),
        Transition("exchange", "替换", (ISSUED,), EXCHANGED, _CERTIFY, reason_required=True),
    ),
)  # fmt: skip
CERTIFICATE_STATES = {state.code: state.label for state in CERTIFICATE_FLOW.states}

MODES = {"self": "自行申报", "agent": "代理申报"}
