"""Sample arguments for the addresses of monitoring."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "monitoring:round", "monitoring:step", "monitoring:form-make", "monitoring:sheet", "api:monitoring_round",
)  # fmt: skip
def no_such_round() -> Arguments:
    return {"number": "JK1999-01"}


@sample("monitoring:project", "monitoring:project-save", "monitoring:section-save", "monitoring:order-new")
def no_such_project_of_a_round() -> Arguments:
    return {"number": "JK1999-01", "place": 1}


@sample("monitoring:row-save")
def no_such_row_of_a_round() -> Arguments:
    return {"number": "JK1999-01", "place": 1, "row": 1}


@sample(
    "monitoring:order", "monitoring:order-step", "monitoring:evidence-add", "monitoring:suspend", "monitoring:lift",
    "api:monitoring_order", "api:monitoring_reply",
)  # fmt: skip
def no_such_order() -> Arguments:
    return {"number": "ZG1999-0001"}


@sample("monitoring:evidence")
def no_such_evidence_of_an_order() -> Arguments:
    return {"number": "ZG1999-0001", "file": NONE}


@sample("monitoring:document")
def no_such_monitoring_form() -> Arguments:
    return {"document": uuid.UUID(int=0)}
