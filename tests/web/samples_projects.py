"""Sample arguments for the addresses of the projects room."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample(
    "projects:project",
    "projects:project-head",
    "projects:project-sources",
    "projects:project-planned",
    "projects:project-step",
    "projects:project-attach",
    "projects:project-propose",
    "projects:project-batch",
    "projects:project-close",
    "projects:project-reopen",
)
def no_such_project() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"project_id": 999_999}


@sample("projects:project-tab")
def no_such_tab() -> Arguments:
    return {"project_id": 999_999, "tab": "plan"}


@sample("projects:project-paper")
def no_such_paper() -> Arguments:
    return {"project_id": 999_999, "file_id": 7}


@sample("projects:adjustment", "projects:batch")
def no_such_number() -> Arguments:
    return {"number": "X000000000000"}


@sample("projects:adjustment-paper", "projects:batch-paper")
def no_such_decision_paper() -> Arguments:
    return {"number": "X000000000000", "file_id": 7}


@sample("api:project_list")
def a_year() -> Arguments:
    return {"year": 2023}


@sample("api:project_detail")
def no_such_code() -> Arguments:
    return {"year": 2023, "code": "X"}
