"""Writes of the room of measures."""

from youju.performance.measures.services.binding import (
    BindingWish,
    Bound,
    approve_bindings,
    confirm_binding,
    confirm_drafts,
    draft_suggested,
    refuse_binding,
)
from youju.performance.measures.services.freezing import freeze_rows
from youju.performance.measures.services.refusing import MeasureRefusedError
from youju.performance.measures.services.signing import SignedWish, countersign, decline, sign, withdraw

__all__ = [
    "BindingWish",
    "Bound",
    "MeasureRefusedError",
    "SignedWish",
    "approve_bindings",
    "confirm_binding",
    "confirm_drafts",
    "countersign",
    "decline",
    "draft_suggested",
    "freeze_rows",
    "refuse_binding",
    "sign",
    "withdraw",
]
