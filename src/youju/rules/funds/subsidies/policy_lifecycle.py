"""The life of a version of a subsidy policy: drafted, submitted, reviewed, in force, ended. Three people: none passes an own."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

POLICY_KIND = "subsidies.policy"
DRAFT, SUBMITTED, REVIEWED = "draft", "submitted", "reviewed"
IN_FORCE, ENDED, REPLACED, DROPPED = "in_force", "ended", "replaced", "dropped"
OPEN = (DRAFT, SUBMITTED, REVIEWED)
"""A policy has one version on its way at most."""
ISSUED = (IN_FORCE, ENDED, REPLACED)
"""What parties may read."""

POLICY_FLOW = Flow(
    code=POLICY_KIND,
    title="补贴政策",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿", "subsidies.draft"),
        State(SUBMITTED, "已提交", "subsidies.review", "funds.subsidies.review_days"),
        State(REVIEWED, "已审核", "subsidies.approve", "funds.subsidies.approve_days"),
        State(IN_FORCE, "生效"),
        State(ENDED, "已终止", final=True),
        State(REPLACED, "已被新版取代", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("submit", "提交审核", (DRAFT,), SUBMITTED, "subsidies.draft"),
        Transition("review", "审核通过", (SUBMITTED,), REVIEWED, "subsidies.review", not_by=("submit",)),
        Transition("approve", "批准生效", (REVIEWED,), IN_FORCE, "subsidies.approve", not_by=("submit", "review")),
        Transition("return_submitted", "退回修改", (SUBMITTED,), DRAFT, "subsidies.review",
                   reason_required=True, returns=True),
        Transition("return_reviewed", "退回修改", (REVIEWED,), DRAFT, "subsidies.approve",
                   reason_required=True, returns=True),
        Transition("withdraw", "撤回", (SUBMITTED, REVIEWED), DRAFT, "subsidies.draft",
                   reason_required=True, returns=True, own="submit"),
        Transition("drop", "作废草稿", (DRAFT,), DROPPED, "subsidies.draft", reason_required=True),
        Transition("end", "终止", (IN_FORCE,), ENDED, "subsidies.approve", reason_required=True),
        Transition("replace", "以新版取代", (IN_FORCE,), REPLACED, "subsidies.approve"),
    ),
)  # fmt: skip
INNER = frozenset({"replace"})
"""A step that the approval of the next version takes along."""
