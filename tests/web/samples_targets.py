"""Sample arguments for the addresses of the targets room."""

from __future__ import annotations

import uuid
from uuid import uuid4

from web.samples import Arguments, sample
from youju.performance.targets import demo, selectors


@sample("targets:project")
def project() -> Arguments:
    demo.load()
    return {"code": demo.document().projects[0].code}


@sample("targets:project-download")
def project_download() -> Arguments:
    return {"code": demo.document().projects[0].code, "kind": "xlsx"}


@sample("targets:download")
def download() -> Arguments:
    return {"kind": "xlsx"}


@sample(
    "targets:import-preview",
    "targets:import-year",
    "targets:import-confirm",
    "targets:import-discard",
    "targets:import-done",
)
def preview() -> Arguments:
    return {"preview_id": uuid4()}


@sample("api:projects", "api:findings", "api:document")
def year() -> Arguments:
    return {"year": 2023}


@sample("api:project")
def project_of_year() -> Arguments:
    return {"year": 2023, "code": demo.document().projects[0].code}


@sample("targets:edit", "targets:edit-check", "targets:edit-keep", "targets:edit-forget", "targets:clash")
def editing() -> Arguments:
    return {"code": demo.document().projects[0].code}


@sample("targets:answer")
def answer() -> Arguments:
    return {"mark": "0" * 64}


@sample(
    "targets:version",
    "targets:version-step",
    "targets:version-adjust",
    "targets:version-bulk",
    "targets:version-source",
    "targets:version-paper",
    "api:target_version",
)
def version() -> Arguments:
    demo.load()
    found = selectors.active_set(year=2023)
    assert found is not None
    return {"number": found.pk}


@sample("api:target_step")
def step() -> Arguments:
    return {**version(), "transition": "submit"}


@sample("api:target_versions", "api:target_difference")
def versions() -> Arguments:
    return {"year": 2023}


@sample("targets:version-form")
def no_such_version() -> Arguments:
    return {"number": 999_999, "kind": "docx"}


@sample("targets:form")
def no_such_form() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}
