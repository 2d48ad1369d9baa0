"""The life of a release (公开): prepared, approved by another person, published, corrected by a new version or withdrawn."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

KIND = "disclosure.release"
DAY = date(2020, 1, 1)

DRAFT, SUBMITTED, PUBLISHED = "draft", "submitted", "published"
WITHDRAWN, REPLACED, DROPPED = "withdrawn", "replaced", "dropped"
STATES = {
    DRAFT: "编制中", SUBMITTED: "待批准公开", PUBLISHED: "已公开", WITHDRAWN: "已撤下", REPLACED: "已更正", DROPPED: "已作废",
}  # fmt: skip

TARGETS, PROGRESS, EVALUATION = "targets", "progress", "evaluation"
KINDS = {TARGETS: "绩效目标", PROGRESS: "执行进展", EVALUATION: "绩效自评"}

FLOW = Flow(
    code=KIND,
    title="绩效公开",
    since=DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, STATES[DRAFT], "disclosure.prepare", "performance.disclosure.prepare_days"),
        State(SUBMITTED, STATES[SUBMITTED], "disclosure.publish", "performance.disclosure.approve_days"),
        State(PUBLISHED, STATES[PUBLISHED]),
        State(WITHDRAWN, STATES[WITHDRAWN], final=True),
        State(REPLACED, STATES[REPLACED], final=True),
        State(DROPPED, STATES[DROPPED], final=True),
    ),
    transitions=(
        Transition("submit", "提交批准", (DRAFT,), SUBMITTED, "disclosure.prepare"),
        Transition("publish", "批准并公开", (SUBMITTED,), PUBLISHED, "disclosure.publish", not_by=("submit",)),
        Transition("return", "退回修改", (SUBMITTED,), DRAFT, "disclosure.publish", reason_required=True, returns=True),
        Transition("recall", "撤回修改", (SUBMITTED,), DRAFT, "disclosure.prepare", returns=True, own="submit"),
        Transition("drop", "作废", (DRAFT,), DROPPED, "disclosure.prepare", reason_required=True),
        Transition("withdraw", "撤下", (PUBLISHED,), WITHDRAWN, "disclosure.publish", reason_required=True),
        Transition("replace", "以更正后的版本取代", (PUBLISHED,), REPLACED, "disclosure.publish"),
    ),
)  # fmt: skip

INNER = frozenset({"replace"})
"""Steps that another service takes along the way."""
EVER_PUBLIC = (PUBLISHED, WITHDRAWN, REPLACED)
"""States whose existence the public may know."""
