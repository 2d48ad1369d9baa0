"""The pages of the targets room: what they show, and that they cost as many queries for any size."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from targets_fixtures import demo_set, document, make_user, officer
from youju.performance.targets import demo, models, uploads
from youju.performance.targets.documents import write_document
from youju.performance.targets.imports import read_document
from youju.performance.targets.services.storing import store
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

__all__ = ["demo_set", "document", "make_user", "officer"]
pytestmark = pytest.mark.django_db
LAWYER = "13060523P00456310001Q"
PAGES = (
    "/targets/",
    f"/targets/{LAWYER}/",
    "/targets/department/",
    "/targets/findings/",
    "/targets/department/serves/",
)


@pytest.fixture
def page(client: Client, officer: Any) -> Client:
    """A browser of the performance officer."""
    client.force_login(officer)
    return client


def shown(page: Client, address: str, status: int = 200) -> str:
    response = page.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def upload(page: Client, content: bytes, name: str = "表.docx", **fields: str) -> Any:
    return page.post("/targets/import/", {**fields, "file": SimpleUploadedFile(name, content)})


def changed_docx(document: TargetDocument) -> bytes:
    first, *others = document.projects
    return write_document(replace(document, projects=(replace(first, budget="554.00"), *others)), "docx")


def test_the_list_shows_every_project_with_figures(page: Client, demo_set: Any) -> None:
    text = shown(page, "/targets/")
    for project in demo.document().projects:
        assert project.name in text
        assert f"/targets/{project.code}/" in text
    assert "2,945.25" in text
    assert "共 <b>12</b> 行" in text


def test_the_list_filters_sorts_and_exports(page: Client, demo_set: Any) -> None:
    text = shown(page, "/targets/?q=法律顾问")
    assert "共 <b>1</b> 行" in text
    by_budget = shown(page, "/targets/?sort=-budget&severity=error")
    assert by_budget.index("13060522P004513100016") < by_budget.index("13060522P00451210001G")
    assert by_budget.index("13060522P00451210001G") < by_budget.index("13060523P00454310001A")
    response = page.get("/targets/?export=csv&severity=error")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 5 + 1
    book = page.get("/targets/?export=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")
    book.close()


def test_htmx_gets_the_table_alone(page: Client, demo_set: Any) -> None:
    response = page.get("/targets/?q=法律", headers={"HX-Request": "true", "HX-Target": "listing-projects"})
    assert response.content.decode().lstrip().startswith("<section")


@pytest.mark.parametrize("address", ["/targets/", "/targets/department/", "/targets/findings/"])
def test_without_targets_a_page_says_what_to_do(page: Client, address: str) -> None:
    text = shown(page, address)
    assert "还没有绩效目标" in text
    assert "/targets/import/" in text


def test_a_year_that_is_not_stored_is_not_found(page: Client, demo_set: Any) -> None:
    for address in (
        "/targets/?year=1999",
        "/targets/?year=abcd",
        "/targets/?unit=x",
        "/targets/findings/?year=12",
    ):
        shown(page, address, 404)


def test_the_project_page_has_each_cell_and_its_findings(page: Client, demo_set: Any) -> None:
    text = shown(page, "/targets/13060522P00451410001U/")
    project = demo.document().projects[5]
    for row in project.indicators:
        for cell in (row.level2, row.level3, row.raw_value, row.basis):
            assert cell in text
    assert "未填" in text
    for finding in models.Finding.objects.filter(project__code=project.code):
        assert f'id="finding-{finding.order}"' in text
    assert "/reference/rules/TGT-005/" in text
    assert "/targets/13060522P00451210001G/" in text  # the one before
    assert "/targets/13060522P00451110001T/" in text  # the next


def test_an_unknown_project_is_not_found(page: Client, demo_set: Any) -> None:
    shown(page, "/targets/X1/", 404)
    shown(page, "/targets/%00/", 404)


def test_text_of_a_document_is_never_markup(page: Client, document: TargetDocument) -> None:
    evil = "<script>alert(1)</script>&\"'"
    first = document.projects[0]
    row = replace(first.indicators[0], level3=evil, raw_value=evil, description=evil, basis=evil)
    bad = replace(first, name=evil, purpose=evil, goals=(evil,), indicators=(row, *first.indicators[1:]))
    department = replace(document.department, goal=evil)
    store(
        replace(document, department=department, projects=(bad,)),
        fiscal_year=2023,
        source_name=evil,
        source_sha256="0" * 64,
        imported_by=None,
        is_demo=False,
    )
    for address in ("/targets/", f"/targets/{first.code}/", "/targets/department/", "/targets/findings/"):
        assert "<script>alert" not in shown(page, address)


def test_as_many_queries_for_any_size(page: Client, demo_set: Any, document: TargetDocument) -> None:
    def cost(address: str) -> int:
        page.get(address)  # the first visit may fill caches
        with CaptureQueriesContext(connection) as captured:
            shown(page, address)
        return len(captured)

    before = {address: cost(address) for address in PAGES}
    base = document.projects[1]
    more = tuple(replace(base, code=f"P{n}", indicators=base.indicators * 3) for n in range(40))
    store(
        replace(document, projects=(base, *more)),
        fiscal_year=2023,
        source_name="大",
        source_sha256="0" * 64,
        imported_by=None,
        is_demo=True,
    )
    after = {address: cost(address) for address in PAGES}
    assert {
        address: (after[address], before[address])
        for address in PAGES
        if not after[address] <= before[address] <= 25
    } == {}


def test_the_department_page_names_what_no_project_serves(page: Client, demo_set: Any) -> None:
    text = shown(page, "/targets/department/")
    assert text.count("无项目承接") == 1
    assert "承接项目（6 个）" in text


def test_ticking_a_box_serves_the_subgoal(page: Client, demo_set: Any) -> None:
    ticked: dict[str, Any] = {f"serves-{code}": numbers for code, numbers in demo.serves().items()}
    ticked |= {f"serves-{LAWYER}": ["3", "4"], "set": str(demo_set.pk)}
    response = page.post("/targets/department/serves/", ticked)
    assert (response.status_code, response["Location"]) == (302, "/targets/department/")
    assert "无项目承接" not in shown(page, "/targets/department/")


@pytest.mark.parametrize(
    ("fields", "status"), [({"set": "0"}, 409), ({"set": "x"}, 409), ({f"serves-{LAWYER}": "一"}, 422)]
)
def test_boxes_that_cannot_be_read_are_refused(
    page: Client, demo_set: Any, fields: dict[str, str], status: int
) -> None:
    response = page.post("/targets/department/serves/", {"set": str(demo_set.pk)} | fields)
    assert response.status_code == status
    assert models.ProjectSubgoal.objects.count() == 12


def test_findings_are_filtered_and_counted_by_rule(page: Client, demo_set: Any) -> None:
    text = shown(page, "/targets/findings/?rule=TGT-007&size=50")
    assert "共 <b>36</b> 行" in text
    assert "依据的文号与项目名称一致" in text
    assert 'href="/targets/13060522P004513100016/#row-1"' in text


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_download_reads_back_as_what_is_stored(page: Client, demo_set: Any, kind: str) -> None:
    response = page.get(f"/targets/download/{kind}/")
    assert response.status_code == 200
    assert to_json(read_document(response.content, f"x.{kind}")) == to_json(demo.document())


def test_one_table_is_downloaded_alone(page: Client, demo_set: Any) -> None:
    assert page.get(f"/targets/{LAWYER}/download/pdf/").content.startswith(b"%PDF-")
    data = json.loads(page.get(f"/targets/{LAWYER}/download/json/").content)
    assert [project["code"] for project in data["projects"]] == [LAWYER]
    shown(page, f"/targets/{LAWYER}/download/exe/", 404)
    shown(page, "/targets/X1/download/docx/", 404)


def test_upload_preview_confirm_done(page: Client, demo_set: Any, document: TargetDocument) -> None:
    sent = upload(page, changed_docx(document), fiscal_year="2023")
    assert sent.status_code == 302
    text = shown(page, sent["Location"])
    assert "<del>553.00</del>" in text
    assert "<ins>554.00</ins>" in text
    preview = models.ImportPreview.objects.get()
    done = page.post(f"{sent['Location']}confirm/", {"token": preview.token}, follow=True)
    assert done.redirect_chain[-1][0] == f"/targets/import/{preview.pk}/done/"
    assert "第 2 版已入库" in done.content.decode()
    assert "554.00" in shown(page, "/targets/")
    assert page.get(sent["Location"]).status_code == 302  # the way back leads to what was done
    assert page.post(f"{sent['Location']}confirm/", {"token": preview.token}).status_code == 409


def test_a_wrong_token_is_refused(page: Client, demo_set: Any, document: TargetDocument) -> None:
    sent = upload(page, changed_docx(document), fiscal_year="2023")
    refused = page.post(f"{sent['Location']}confirm/", {"token": "0"})
    assert refused.status_code == 409
    assert "预览已经不准" in refused.content.decode()
    assert models.TargetSet.objects.count() == 1


def test_the_same_document_needs_no_import(page: Client, demo_set: Any) -> None:
    sent = upload(page, write_document(demo.document(), "docx"))
    text = shown(page, sent["Location"])
    assert "没有改动，不需要导入" in text
    assert "确认导入" not in text


def test_a_preview_for_another_year_and_given_up(
    page: Client, demo_set: Any, document: TargetDocument
) -> None:
    address = upload(page, changed_docx(document), fiscal_year="2023")["Location"]
    assert page.post(f"{address}year/", {"fiscal_year": "2024"}).status_code == 302
    assert "全部是新增" in shown(page, address)
    assert page.post(f"{address}year/", {"fiscal_year": "24"}).status_code == 422
    assert page.post(f"{address}discard/").status_code == 302
    shown(page, address, 404)
    assert page.post(f"{address}confirm/", {"token": "x"}).status_code == 410


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"", "空.docx", id="empty"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\x00" * 300, "照片.docx", id="jpeg named docx"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 300, "断.docx", id="truncated zip"),
        pytest.param("会议通知".encode(), "通知.txt", id="wrong template"),
        pytest.param(b"%PDF-1.7\n", "扫描.pdf", id="broken pdf"),
    ],
)
def test_a_bad_file_is_said_beside_the_field(page: Client, demo_set: Any, content: bytes, name: str) -> None:
    response = upload(page, content, name, fiscal_year="2031")
    assert 400 <= response.status_code < 500
    form = response.context["form"]
    assert len(form.errors["file"]) == 1
    assert form.errors["file"][0].endswith("。")
    assert 'value="2031"' in response.content.decode()
    assert models.ImportPreview.objects.count() == 0


def test_no_file_and_no_year(page: Client, demo_set: Any) -> None:
    response = page.post("/targets/import/", {"fiscal_year": "31"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"file", "fiscal_year"}


def test_a_file_too_large_is_dropped_while_it_arrives(
    page: Client, demo_set: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "most_bytes", lambda: 1024 * 1024)
    response = upload(page, b"x" * (3 * 1024 * 1024), "大.docx", fiscal_year="2031")
    assert response.status_code == 413
    text = response.content.decode()
    assert "大.docx：文件超过 1 MB 的上限" in text
    assert 'value="2031"' in text
    assert models.ImportPreview.objects.count() == 0


def test_an_upload_needs_its_csrf_token(officer: Any, document: TargetDocument) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    refused = strict.post("/targets/import/", {"file": io.BytesIO(b"x")})
    assert refused.status_code == 403
    page = strict.get("/targets/import/")
    token = page.context["csrf_token"]
    sent = strict.post(
        "/targets/import/",
        {"csrfmiddlewaretoken": str(token), "file": SimpleUploadedFile("表.docx", changed_docx(document))},
    )
    assert sent.status_code == 302


def test_old_findings_are_said_and_made_anew(page: Client, demo_set: Any) -> None:
    models.TargetSet.objects.update(linted_policy_hash="0" * 64)
    assert "按现行政策重新审核" in shown(page, "/targets/findings/")
    response = page.post("/targets/findings/relint/", {"set": str(demo_set.pk)})
    assert response.status_code == 302
    assert "按现行政策重新审核" not in shown(page, "/targets/findings/")
    assert page.post("/targets/findings/relint/", {"set": "x"}).status_code == 404


def test_the_year_switch_appears_with_a_second_year(
    page: Client, demo_set: Any, document: TargetDocument
) -> None:
    assert "year-switch" not in shown(page, "/targets/")
    store(
        document, fiscal_year=2024, source_name="x", source_sha256="0" * 64, imported_by=None, is_demo=False
    )
    assert "<h1>2024 年绩效目标</h1>" in shown(page, "/targets/")
    text = shown(page, "/targets/?year=2023")
    assert "<h1>2023 年绩效目标</h1>" in text
    assert f"/targets/{LAWYER}/?year=2023" in text
    shown(page, f"/targets/import/{uuid4()}/", 404)


@pytest.mark.parametrize("address", [*PAGES, "/targets/import/"])
def test_every_link_and_form_names_an_address(page: Client, demo_set: Any, address: str) -> None:
    text = shown(page, address)
    assert re.findall(r'(?:href|action)="(?:\?[^"]*)?"', text.replace('href="?rule=', 'href="/x')) == []


def test_the_word_file_carries_the_pictures_and_reads_back_the_same(page: Client, demo_set: Any) -> None:
    from youju.performance.targets import demo
    from youju.performance.targets.imports import read_document

    content = page.get("/targets/download/docx/").content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert [name for name in package.namelist() if name.endswith(".png")]
    assert read_document(content, "x.docx").projects == demo.document().projects
