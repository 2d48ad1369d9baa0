"""What people do in monitoring. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.performance.monitoring.services.filling import (
    RowWish,
    fill_project,
    fill_row,
    judge_wish,
    set_section,
    store_batch,
)
from youju.performance.monitoring.services.freezing import freeze
from youju.performance.monitoring.services.making import make_round
from youju.performance.monitoring.services.ordering import (
    OrderWish,
    add_evidence,
    due_by_policy,
    hand_out_evidence,
    issue_order,
    step_order,
)
from youju.performance.monitoring.services.papers import fill_in_sheet, hand_out_form, request_form
from youju.performance.monitoring.services.refusing import MonitoringRefusedError
from youju.performance.monitoring.services.stepping import step_round
from youju.performance.monitoring.services.suspending import lift_suspension, suspend_payments

__all__ = [
    "MonitoringRefusedError",
    "OrderWish",
    "RowWish",
    "add_evidence",
    "due_by_policy",
    "fill_in_sheet",
    "fill_project",
    "fill_row",
    "freeze",
    "hand_out_evidence",
    "hand_out_form",
    "issue_order",
    "judge_wish",
    "lift_suspension",
    "make_round",
    "request_form",
    "set_section",
    "step_order",
    "step_round",
    "store_batch",
    "suspend_payments",
]
