"""Sample arguments for the addresses of internal supervision."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "internal_audits:plan",
    "internal_audits:plan-edit",
    "internal_audits:plan-step",
    "internal_audits:item-add",
)
def no_such_plan() -> Arguments:
    return {"year": 2099}


@sample("internal_audits:item-remove", "internal_audits:engagement-open")
def no_such_planned_project() -> Arguments:
    return {"year": 2099, "place": 1}


@sample(
    "internal_audits:engagement", "internal_audits:engagement-end", "internal_audits:draw", "internal_audits:sample",
    "internal_audits:population", "internal_audits:item", "internal_audits:paper-add", "api:audit_sample",
    "api:audit_redraw",
)  # fmt: skip
def no_such_sample() -> Arguments:
    return {"number": NONE}


@sample("internal_audits:paper")
def no_such_paper_of_an_item() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample(
    "internal_audits:finding", "internal_audits:edit", "internal_audits:step", "internal_audits:evidence-add",
    "internal_audits:notice-make", "api:audit_finding", "api:audit_reply",
)  # fmt: skip
def no_such_finding() -> Arguments:
    return {"number": "WT1999-0001"}


@sample("internal_audits:evidence")
def no_such_evidence() -> Arguments:
    return {"number": "WT1999-0001", "file": NONE}


@sample("internal_audits:document")
def no_such_notice() -> Arguments:
    return {"document": uuid.UUID(int=0)}
