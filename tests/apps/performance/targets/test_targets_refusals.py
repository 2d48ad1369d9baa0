"""Bad files, bad documents and wrong roles: one sentence, and nothing is stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from targets_stored import LAWYER, rows_stored, stage, with_project
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import models, services
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.facts import TargetDocument

pytestmark = pytest.mark.django_db


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 200


def docx_of(document: TargetDocument) -> bytes:
    return write_document(document, "docx")


def truncated(document: TargetDocument) -> bytes:
    content = docx_of(document)
    return content[: len(content) // 2]


def other_docx(_: TargetDocument) -> bytes:
    from docx import Document

    letter = Document()
    letter.add_paragraph("关于召开会议的通知")
    file = io.BytesIO()
    letter.save(file)
    return file.getvalue()


def empty_zip(_: TargetDocument) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: JPEG, id="jpeg named docx"),
        pytest.param(truncated, id="truncated zip"),
        pytest.param(other_docx, id="another document"),
        pytest.param(empty_zip, id="a zip that is no document"),
        pytest.param(lambda document: docx_of(document)[:200], id="only the head"),
    ],
)
def test_bad_input_stores_nothing(
    officer: Any, demo_set: Any, document: TargetDocument, content: Callable[[TargetDocument], bytes]
) -> None:
    before = rows_stored()
    with pytest.raises(InputError) as refused:
        services.stage_upload(actor=officer, filename="表.docx", content=content(document), fiscal_year=2023)
    assert 400 <= refused.value.status < 500
    assert str(refused.value).endswith("。")
    assert rows_stored() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "没有数字"}, "不是项目编码"),
        ({"code": "import"}, "不是项目编码"),
        ({"code": "1" * 65}, "太长"),
        ({"budget": "05.00"}, "不是金额"),
        ({"name": "甲\x00乙"}, "空字符"),
    ],
)
def test_a_document_that_the_tables_could_not_hold_is_refused_in_a_sentence(
    officer: Any,
    document: TargetDocument,
    change: dict[str, Any],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = with_project(document, LAWYER, **change)
    monkeypatch.setattr("youju.performance.targets.services.staging.read_document", lambda *_: bad)
    with pytest.raises(InputError, match=sentence):
        services.stage_upload(actor=officer, filename="表.txt", content=b"x", fiscal_year=2023)
    assert models.ImportPreview.objects.count() == 0


def test_no_project_and_a_code_twice_are_refused(
    officer: Any, document: TargetDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    for projects, sentence in (((), "没有项目绩效目标表"), (document.projects[:1] * 2, "出现了 2 次")):
        bad = replace(document, projects=projects)
        monkeypatch.setattr(
            "youju.performance.targets.services.staging.read_document", lambda *_, bad=bad: bad
        )
        with pytest.raises(InputError, match=sentence):
            services.stage_upload(actor=officer, filename="表.txt", content=b"x", fiscal_year=2023)


def test_a_year_out_of_range_is_refused(officer: Any, document: TargetDocument) -> None:
    with pytest.raises(InputError, match="预算年度 1899 不对"):
        stage(officer, document, 1899)


@pytest.mark.parametrize("role", ["FIN", "HED", "STF", "AUD", "ADM", "MER"])
def test_only_the_performance_officer_changes_anything(
    make_user: Callable[..., Any], demo_set: Any, document: TargetDocument, role: str
) -> None:
    actor = make_user(role)
    calls = [
        lambda: services.stage_upload(actor=actor, filename="表.docx", content=b"", fiscal_year=2023),
        lambda: services.change_year(actor=actor, preview_id=uuid4(), fiscal_year=2023),
        lambda: services.confirm_import(actor=actor, preview_id=uuid4(), token=""),
        lambda: services.discard_import(actor=actor, preview_id=uuid4()),
        lambda: services.assign_subgoals(actor=actor, target_set_id=demo_set.pk, serves={}),
        lambda: services.relint(actor=actor, target_set_id=demo_set.pk),
    ]
    before = rows_stored()
    for call in calls:
        with pytest.raises(PermissionDenied, match="权限"):
            call()
    assert rows_stored() == before
