"""The life of a month of dispatched staff, as a table."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

MONTH_KIND, LINE_KIND, AGREEMENT_KIND = "staff.month", "staff.line", "staff.agreement"

AWAITED, IMPORTED, CLOSED, REOPENED = "awaited", "imported", "closed", "reopened"

MONTH_FLOW = Flow(
    code=MONTH_KIND,
    title="派遣人员月表",
    since=date(2020, 1, 1),
    initial=AWAITED,
    states=(
        State(AWAITED, "待导入", "staff.import", "office.staff.import_days"),
        State(IMPORTED, "待核对", "staff.close", "office.staff.close_days"),
        State(CLOSED, "已关闭"),
        State(REOPENED, "重新开放", "staff.import", "office.staff.close_days"),
    ),
    transitions=(
        Transition("import", "导入", (AWAITED, IMPORTED, REOPENED), IMPORTED, "staff.import"),
        Transition("correct", "更正", (IMPORTED, REOPENED), IMPORTED, "staff.import"),
        Transition("close", "核对并关闭", (IMPORTED,), CLOSED, "staff.close", not_by=("import", "correct", "keep")),
        Transition("reopen", "重新开放", (CLOSED,), REOPENED, "staff.close", reason_required=True, returns=True),
        Transition("keep", "不改，恢复核对", (REOPENED,), IMPORTED, "staff.import"),
        Transition("take_back", "撤销导入", (IMPORTED, REOPENED), AWAITED, "", automatic=True),
    ),
)  # fmt: skip
STATES = {state.code: state.label for state in MONTH_FLOW.states}
