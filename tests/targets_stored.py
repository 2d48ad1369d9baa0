"""Storing documents in tests: upload, confirm, count what stands in the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.apps import apps

from youju.performance.targets import models, services
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.facts import TargetDocument

LAWYER = "13060523P00456310001Q"


def rows_stored() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in apps.get_app_config("targets").get_models()}


def stage(officer: Any, document: TargetDocument, year: int | None = 2023) -> models.ImportPreview:
    return services.stage_upload(
        actor=officer, filename="表.docx", content=write_document(document, "docx"), fiscal_year=year
    )


def with_project(document: TargetDocument, code: str, /, **changes: Any) -> TargetDocument:
    projects = tuple(
        replace(project, **changes) if project.code == code else project for project in document.projects
    )
    return replace(document, projects=projects)


def imported(officer: Any, document: TargetDocument, year: int = 2023) -> models.TargetSet:
    preview = stage(officer, document, year)
    return services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
