"""Sample arguments for the addresses of the targets room."""

from __future__ import annotations

from uuid import uuid4

from web.samples import Arguments, sample
from youju.performance.targets import demo


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
