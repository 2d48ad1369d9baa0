"""The official form of a version: asked for on its page, made by a job, kept, and read back with its figures' codes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from targets_fixtures import demo_set, document, make_user, officer
from youju.foundation.documents.figures import read_figures
from youju.foundation.jobs.running import work_off
from youju.performance.targets.imports import read_document
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

__all__ = ["demo_set", "document", "make_user", "officer"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_form_is_made_once_and_reads_back(
    client: Client, officer: Any, demo_set: Any, document: TargetDocument, kind: str
) -> None:
    client.force_login(officer)
    page = f"/targets/versions/{demo_set.pk}/"
    assert "还没有生成过" in client.get(page).content.decode()
    answer = client.post(f"{page}form/{kind}/")
    assert answer.url.startswith("/system/jobs/")
    work_off()
    shown = client.get(page).content.decode()
    address = shown.split('<a href="/targets/forms/', 1)[1].split('"', 1)[0]
    content = client.get(f"/targets/forms/{address}").getvalue()
    assert to_json(read_document(content, f"表.{kind}"))["projects"] == to_json(document)["projects"]
    codes = {figure.code for figure in read_figures(content, f"表.{kind}")}
    assert {"targets.budget", "targets.plan.06"} <= {code.split(":")[0] for code in codes}
    again = client.post(f"{page}form/{kind}/")
    assert again.url == page
    assert "已经生成过" in client.get(page).content.decode()


@pytest.mark.django_db
def test_an_unknown_format_and_an_unknown_form(client: Client, officer: Any, demo_set: Any) -> None:
    client.force_login(officer)
    assert client.post(f"/targets/versions/{demo_set.pk}/form/odt/").status_code == 400
    assert client.post("/targets/versions/999999/form/docx/").status_code == 404
    assert client.get("/targets/forms/00000000-0000-0000-0000-000000000007/").status_code == 404
