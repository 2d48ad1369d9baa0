"""What people do in evaluations. Each is keyword-only, one transaction, checked, logged and audited."""

from youju.performance.evaluation.services.applying import apply_result
from youju.performance.evaluation.services.deciding import reduce_row
from youju.performance.evaluation.services.departments import confirm_department, make_department
from youju.performance.evaluation.services.documents import (
    hand_out_document,
    hand_out_evidence,
    hand_out_pack,
    keep_evidence,
    request_form,
    request_pack,
    request_report,
)
from youju.performance.evaluation.services.filling import FillWish, RowWish, fill
from youju.performance.evaluation.services.keys import (
    close_key,
    frame_key,
    open_key,
    score_key,
    write_key,
)
from youju.performance.evaluation.services.opening import open_year
from youju.performance.evaluation.services.rechecking import OwnPoints, recheck
from youju.performance.evaluation.services.stepping import take_step

__all__ = [
    "FillWish",
    "OwnPoints",
    "RowWish",
    "apply_result",
    "close_key",
    "confirm_department",
    "fill",
    "frame_key",
    "hand_out_document",
    "hand_out_evidence",
    "hand_out_pack",
    "keep_evidence",
    "make_department",
    "open_key",
    "open_year",
    "recheck",
    "reduce_row",
    "request_form",
    "request_pack",
    "request_report",
    "score_key",
    "take_step",
    "write_key",
]
