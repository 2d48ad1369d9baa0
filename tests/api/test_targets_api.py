"""The API of the targets room: shapes, permissions, errors, and the committed description."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from targets_fixtures import clean_set, demo_set, document, make_user, officer, three
from youju.config import openapi
from youju.performance.targets import demo, models, uploads
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

__all__ = ["clean_set", "demo_set", "document", "make_user", "officer", "three"]
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
    mine = [path for path in paths if path.startswith(f"{BASE}/")]
    assert sorted(path.removeprefix(f"{BASE}/") for path in mine) == [
        "",
        "lint",
        "read",
        "versions/{number}",
        "versions/{number}/{transition}",
        "{year}/difference",
        "{year}/document",
        "{year}/findings",
        "{year}/projects",
        "{year}/projects/{code}",
        "{year}/versions",
    ]


def step(client: Client, number: int, transition: str, key: str = "", **body: str) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"{BASE}/versions/{number}/{transition}", body, content_type="application/json", headers=headers
    )


def test_versions_and_their_state(api: Client, demo_set: Any) -> None:
    (only,) = got(api, f"{BASE}/2023/versions")
    assert (only["number"], only["version"], only["state"], only["based_on"]) == (
        demo_set.pk,
        1,
        "draft",
        None,
    )
    state = got(api, f"{BASE}/versions/{demo_set.pk}")
    assert (state["state_label"], state["missing"]) == ("草稿", ["37 条错误没有改正", "157 条警告没有答复"])
    for address in (f"{BASE}/versions/999999", f"{BASE}/versions/{10**20}", f"{BASE}/1999/versions"):
        got(api, address, 404)


def test_a_program_takes_steps_and_repeats_are_one(clean_set: Any, three: dict[str, Any]) -> None:
    clients = {}
    for role, person in three.items():
        clients[role] = Client()
        clients[role].force_login(person)
    answers = [step(clients["PFO"], clean_set.pk, "submit", "k1").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert [each["label"] for each in answers[0]["log"]] == ["发起", "提交"]
    assert step(clients["FIN"], clean_set.pk, "review").status_code == 422
    assert step(clients["PFO"], clean_set.pk, "review", "k2").status_code == 403
    assert step(clients["FIN"], clean_set.pk, "review", "k2", expected="draft").status_code == 409
    assert step(clients["FIN"], clean_set.pk, "review", "k3").json()["state"] == "reviewed"
    refused = step(clients["HED"], clean_set.pk, "return_reviewed", "k4")
    assert (refused.status_code, "理由" in refused.json()["detail"]) == (422, True)
    back = step(clients["HED"], clean_set.pk, "return_reviewed", "k4", reason="再核").json()
    assert (back["state"], back["log"][-1]["reason"]) == ("draft", "再核")
    assert step(clients["PFO"], clean_set.pk, "supersede", "k5").status_code == 422


def test_the_difference_of_two_versions(
    api: Client, demo_set: Any, document: TargetDocument, officer: Any
) -> None:
    from targets_stored import imported, with_project

    imported(officer, with_project(document, LAWYER, budget="6.00"))
    found = got(api, f"{BASE}/2023/difference?left=1&right=2")
    assert (found["left"], found["right"], found["new"], found["gone"], found["unchanged"]) == (
        1,
        2,
        [],
        [],
        11,
    )
    (project,) = found["changed"]
    assert project["cells"] == [{"place": "项目", "label": "预算数", "before": "5.00", "after": "6.00"}]
    got(api, f"{BASE}/2023/difference?left=1&right=9", 404)
    got(api, f"{BASE}/2023/difference?left=x", 422)
