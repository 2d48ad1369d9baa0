"""What people and the clock do in internal supervision. Each is keyword-only, one transaction, checked and audited."""

from youju.funds.internal_audits.services.batches import judge_wish, store_batch
from youju.funds.internal_audits.services.engaging import end_engagement, open_engagement
from youju.funds.internal_audits.services.finding import FindingWish, change_finding, register_finding
from youju.funds.internal_audits.services.papers import hand_out_document, request_list, request_notice
from youju.funds.internal_audits.services.planning import (
    ItemWish,
    PlanWish,
    add_item,
    change_plan,
    draft_plan,
    remove_item,
    step_plan,
)
from youju.funds.internal_audits.services.refusing import AuditRefusedError
from youju.funds.internal_audits.services.reminding import remind
from youju.funds.internal_audits.services.sampling import (
    SampleWish,
    add_paper,
    draw_sample,
    examine_item,
    hand_out_paper,
    hand_out_population,
)
from youju.funds.internal_audits.services.stepping import (
    add_evidence,
    due_by_policy,
    hand_out_evidence,
    step_finding,
)

__all__ = [
    "AuditRefusedError",
    "FindingWish",
    "ItemWish",
    "PlanWish",
    "SampleWish",
    "add_evidence",
    "add_item",
    "add_paper",
    "change_finding",
    "change_plan",
    "draft_plan",
    "draw_sample",
    "due_by_policy",
    "end_engagement",
    "examine_item",
    "hand_out_document",
    "hand_out_evidence",
    "hand_out_paper",
    "hand_out_population",
    "judge_wish",
    "open_engagement",
    "register_finding",
    "remind",
    "remove_item",
    "request_list",
    "request_notice",
    "step_finding",
    "step_plan",
    "store_batch",
]
