"""A year before the rules are registered: nobody judged it, and the application says so wherever it would say "nothing found"."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from targets_clean import clean_document
from targets_stored import imported, stage
from youju.performance.targets import selectors, services
from youju.performance.targets.documents import write_document

pytestmark = pytest.mark.django_db
SENTENCE = "这份绩效目标没有审核过"


def test_a_stored_set_of_2019_holds_one_warning_that_must_be_answered(officer: Any) -> None:
    stored = imported(officer, clean_document(2019), 2019)
    (finding,) = stored.findings.all()
    assert (finding.rule, finding.severity, finding.project) == ("TGT-037", "warning", None)
    assert finding.message.startswith(SENTENCE)
    assert selectors.readiness(stored).missing == ["1 条警告没有答复"]
    services.answer_finding(
        actor=officer,
        target_set_id=stored.pk,
        fingerprint=finding.fingerprint,
        text="已按当年文件逐项人工核对。",
    )
    assert selectors.readiness(stored).missing == []


def test_the_preview_and_the_program_interface_say_it_before_anything_is_stored(officer: Any) -> None:
    document = clean_document(2019)
    page = selectors.preview_page(user=officer, preview_id=stage(officer, document, 2019).pk)
    assert page is not None
    assert [each.rule for each in page.findings] == ["TGT-037"]
    upload = {"filename": "表.docx", "content": write_document(document, "docx")}
    for year, expected in ((2019, True), (2020, False)):
        said = services.lint_upload(actor=officer, fiscal_year=year, **upload)
        assert ("TGT-037" in {each.rule for each in said}) == expected


def test_the_page_of_findings_says_it(officer: Any, client: Client) -> None:
    imported(officer, clean_document(2019), 2019)
    client.force_login(officer)
    html = client.get("/targets/findings/?year=2019").content.decode()
    assert SENTENCE in html
    assert "没有发现问题" not in html
