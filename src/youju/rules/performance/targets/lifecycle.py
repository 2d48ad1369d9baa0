"""The life of a version of the targets, as a table: draft, submitted, reviewed, approved, published, adjusted.

Three people: who submits may not review, and who submits or reviews may not approve. A published version is never edited:
an adjustment (调整) is a new version that goes the same way and, once published, takes the place of the old one.
"""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

KIND = "targets.set"

DRAFT, SUBMITTED, REVIEWED, APPROVED = "draft", "submitted", "reviewed", "approved"
PUBLISHED, ADJUSTED, DROPPED = "published", "adjusted", "dropped"

OPEN = (DRAFT, SUBMITTED, REVIEWED, APPROVED)
"""States of a version that is still on its way; a unit has one such version of a year at most."""

FLOW = Flow(
    code=KIND,
    title="绩效目标审批",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿", "targets.submit", "performance.targets.draft_days"),
        State(SUBMITTED, "已提交", "targets.review", "performance.targets.review_days"),
        State(REVIEWED, "已审核", "targets.approve", "performance.targets.approve_days"),
        State(APPROVED, "已批准", "targets.publish", "performance.targets.publish_days"),
        State(PUBLISHED, "已公开"),
        State(ADJUSTED, "已调整", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("submit", "提交", (DRAFT,), SUBMITTED, "targets.submit"),
        Transition("review", "审核通过", (SUBMITTED,), REVIEWED, "targets.review", not_by=("submit",)),
        Transition("approve", "批准", (REVIEWED,), APPROVED, "targets.approve", not_by=("submit", "review")),
        Transition("publish", "公开", (APPROVED,), PUBLISHED, "targets.publish"),
        Transition("return_submitted", "退回修改", (SUBMITTED,), DRAFT, "targets.review",
                   reason_required=True, returns=True),
        Transition("return_reviewed", "退回修改", (REVIEWED,), DRAFT, "targets.approve",
                   reason_required=True, returns=True),
        Transition("return_approved", "撤销批准并退回", (APPROVED,), DRAFT, "targets.approve",
                   reason_required=True, returns=True),
        Transition("withdraw", "撤回", (SUBMITTED, REVIEWED), DRAFT, "targets.submit",
                   reason_required=True, returns=True, own="submit"),
        Transition("drop", "作废草稿", (DRAFT,), DROPPED, "targets.submit", reason_required=True),
        Transition("replace", "以新稿取代", (DRAFT,), DROPPED, "targets.import"),
        Transition("supersede", "以调整后的版本取代", (PUBLISHED,), ADJUSTED, "targets.publish"),
    ),
)  # fmt: skip

INNER = frozenset({"replace", "supersede"})
"""Steps that another service takes along the way: no page offers them by themselves."""


def settled(versions: list[tuple[int, str]]) -> int | None:
    """Which version a year shows by default: the latest published one, else the latest that was not dropped.

    Args:
        versions: number and state of each version.

    Returns:
        Its number, or ``None`` when every version was dropped.
    """
    published = [number for number, state in versions if state == PUBLISHED]
    kept = [number for number, state in versions if state != DROPPED]
    return max(published or kept, default=None)
