"""The official form as a document: asked for, made in a job, kept, read back the same with its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from youju.foundation.documents import selectors, services
from youju.foundation.documents.figures import recognise
from youju.foundation.documents.templates import template_of
from youju.foundation.files.selectors import read_kept
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.subjects import Subject
from youju.performance.targets.documents.official import CODE, FORM, form_context
from youju.performance.targets.imports import read_document
from youju.rules.performance.targets.facts import TargetDocument

pytestmark = pytest.mark.django_db
SET = Subject("targets.set", "1", "2023年度绩效目标")


def test_the_form_is_registered() -> None:
    assert template_of(CODE) is FORM
    assert {"form.typ", "figures.typ", "word.py", "workbook.py", "paper.py"} <= {
        path.name for path in FORM.sources
    }


@pytest.mark.parametrize("format", FORM.formats)
def test_the_demo_year_is_made_kept_and_read_back(
    format: str, document: TargetDocument, officer: Any
) -> None:
    context = form_context(document, as_of=date(2023, 2, 1))
    asked = services.request_document(
        actor=officer, template=CODE, format=format, context=context, subject=SET
    )
    work_off()
    made = selectors.document_of(asked.id)
    assert made is not None and made.error == "" and made.kept is not None
    content = read_kept(made.sha256)
    assert made.kept.kind.code == format
    reading = recognise(content, made.name)
    assert reading.untouched and reading.origin is not None
    assert (reading.origin.context_hash, reading.origin.template_hash) == (
        made.context_hash,
        made.template_hash,
    )
    assert read_document(content, made.name) == document
    assert selectors.made_as(made.sha256)[0].id == asked.id


def test_the_appendix_is_made_the_same_twice(document: TargetDocument) -> None:
    context = form_context(document, pictures=True)
    assert FORM.render(context, "docx") == FORM.render(context, "docx")


def test_a_project_that_is_not_there_fails_with_its_sentence(document: TargetDocument, officer: Any) -> None:
    context = form_context(document, projects=["ZZZ"])
    asked = services.request_document(
        actor=officer, template=CODE, format="docx", context=context, subject=SET
    )
    work_off()
    failed = selectors.document_of(asked.id)
    assert failed is not None and failed.state == "failed"
    assert failed.error == "项目编码 ZZZ：文件里没有这个项目；请核对项目编码。"


def test_a_merchant_may_not_have_the_form(document: TargetDocument, make_user: Callable[..., Any]) -> None:
    with pytest.raises(PermissionDenied):
        services.request_document(
            actor=make_user("MER"), template=CODE, format="pdf", context=form_context(document), subject=SET
        )
