"""The lint rules for performance targets (TGT-…), one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.performance.targets.checks import (
    amounts,
    blanks,
    citations,
    clones,
    costs,
    directions,
    goals,
    identity,
    naming,
    order,
    outliers,
    plans,
    registration,
    repeats,
    timeliness,
    wording,
)

__all__ = [
    "amounts",
    "blanks",
    "citations",
    "clones",
    "costs",
    "directions",
    "goals",
    "identity",
    "naming",
    "order",
    "outliers",
    "plans",
    "registration",
    "repeats",
    "timeliness",
    "wording",
]
