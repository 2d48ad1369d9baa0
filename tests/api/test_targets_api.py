"""The API of the targets room: shapes, permissions, errors, and the committed description."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from targets_fixtures import demo_set, document, make_user, officer
from youju.config import openapi
from youju.performance.targets import demo, models, uploads
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

__all__ = ["demo_set", "document", "make_user", "officer"]
pytestmark = pytest.mark.django_db
LAWYER = "13060523P00456310001Q"
BASE = "/api/v1/targets"
READS = (
    f"{BASE}/",
    *(f"{BASE}/2023/{part}" for part in ("projects", f"projects/{LAWYER}", "findings", "document")),
)


@pytest.fixture
def api(client: Client, officer: Any) -> Client:
    """A program with the performance officer's session."""
    client.force_login(officer)
    return client


def got(api: Client, address: str, status: int = 200) -> Any:
    response = api.get(address)
    assert response.status_code == status, response.content
    return response.json()


def sent(api: Client, address: str, content: bytes, name: str = "表.docx", **fields: str) -> Any:
    return api.post(address, {**fields, "file": SimpleUploadedFile(name, content)})


def test_the_committed_description_is_current() -> None:
    assert openapi.PATH.read_text("utf-8") == openapi.text(), "run python -m youju.config.openapi"


def test_years(api: Client, demo_set: Any) -> None:
    (only,) = got(api, f"{BASE}/")
    assert (only["fiscal_year"], only["unit_code"], only["version"], only["is_demo"]) == (
        2023,
        "304001",
        1,
        True,
    )
    assert only["indicator_schema"] == "hebei-2020"


def test_projects(api: Client, demo_set: Any) -> None:
    rows = got(api, f"{BASE}/2023/projects")
    assert [row["code"] for row in rows] == [project.code for project in demo.document().projects]
    assert rows[5]["plan"] == {"03": None, "06": "447.00", "10": "447.00", "12": "447.00"}
    assert [row["number"] for row in got(api, f"{BASE}/2023/projects?q=法律顾问")] == [2]


def test_the_document_is_the_json_of_the_interface(api: Client, demo_set: Any) -> None:
    whole = to_json(demo.document())
    assert got(api, f"{BASE}/2023/document") == whole
    assert got(api, f"{BASE}/2023/projects/{LAWYER}") == whole["projects"][1]


def test_findings(api: Client, demo_set: Any) -> None:
    found = got(api, f"{BASE}/2023/findings?rule=TGT-007")
    assert len(found) == 36
    assert set(found[0]) == {"rule", "severity", "project", "row", "field", "message", "suggestion"}
    assert got(api, f"{BASE}/2023/findings?severity=error&project={LAWYER}") == []
    assert len(got(api, f"{BASE}/2023/findings")) == models.Finding.objects.count()


@pytest.mark.parametrize(
    "address",
    [
        "1999/projects",
        "1999/document",
        "99999999999/findings",
        "2023/projects/X1",
        "2023/projects/%00",
        "2023/document?unit=x",
    ],
)
def test_what_is_not_stored_is_not_found(api: Client, demo_set: Any, address: str) -> None:
    assert got(api, f"{BASE}/{address}", 404)["detail"].startswith(("没有", "1", "2023 年没有"))


def test_a_parameter_of_another_type_is_refused(api: Client, demo_set: Any) -> None:
    assert "severity" in got(api, f"{BASE}/2023/findings?severity=grave", 422)["detail"]


def test_read_and_lint_store_nothing(api: Client, document: TargetDocument) -> None:
    content = write_document(document, "docx")
    read = sent(api, f"{BASE}/read", content)
    assert read.json() == to_json(document)
    found = sent(api, f"{BASE}/lint", content, fiscal_year="2023").json()
    assert sum(each["rule"] == "TGT-007" for each in found) == 36
    assert all(
        set(each) == {"rule", "severity", "project", "row", "field", "message", "suggestion"}
        for each in found
    )
    assert models.TargetSet.objects.count() == models.ImportPreview.objects.count() == 0


@pytest.mark.parametrize("verb", ["read", "lint"])
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "空.docx"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 99, "图.docx"),
        (b"PK\x03\x04", "断.docx"),
        (b"hello", "x.txt"),
    ],
)
def test_a_bad_file_is_one_sentence(api: Client, verb: str, content: bytes, name: str) -> None:
    response = sent(api, f"{BASE}/{verb}", content, name)
    assert 400 <= response.status_code < 500
    assert response.json()["detail"].endswith("。")


def test_no_file(api: Client) -> None:
    response = api.post(f"{BASE}/read", {})
    assert (response.status_code, "没有收到文件" in response.json()["detail"]) == (422, True)


def test_a_file_too_large(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "most_bytes", lambda: 100_000)
    response = sent(api, f"{BASE}/read", b"x" * 3_000_000)
    assert response.status_code == 413
    assert "上限" in response.json()["detail"]


@pytest.mark.parametrize("address", READS)
def test_visitors_are_asked_to_log_in(client: Client, db: Any, address: str) -> None:
    assert got(client, address, 401) == {"detail": "请先登录。"}


@pytest.mark.parametrize("role", ["ADM", "MER", "BUY"])
def test_roles_without_the_permission_are_refused(
    client: Client, make_user: Callable[..., Any], role: str
) -> None:
    client.force_login(make_user(role))
    for address in READS:
        assert "权限" in got(client, address, 403)["detail"]


def test_posting_needs_the_csrf_token(officer: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    response = strict.post(f"{BASE}/read", {"file": SimpleUploadedFile("x.txt", b"x")})
    assert response.status_code == 403
    assert "X-CSRFToken" in response.json()["detail"]


def test_the_description_is_json_with_each_operation() -> None:
    paths = json.loads(openapi.text())["paths"]
    assert sorted(path.removeprefix("/api/v1/targets/") for path in paths) == [
        "",
        "lint",
        "read",
        "{year}/document",
        "{year}/findings",
        "{year}/projects",
        "{year}/projects/{code}",
    ]
