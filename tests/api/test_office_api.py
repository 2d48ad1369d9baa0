"""The office for programs: a request sent twice under one key acts once; what is refused says why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from office_made import request, task
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.contracts.models import Contract
from youju.office.tasks.models import Task

pytestmark = pytest.mark.django_db
TASK = {
    "kind": "training",
    "title": "宣讲",
    "due_on": "2023-03-31",
    "every": "quarter",
    "until": "2023-12-31",
    "tags": ["培训"],
}
CONTRACT = {
    "number": "GMZX-001", "title": "法律顾问合同", "party": "某律师事务所", "amount": "50000.00", "signed_on": "2023-01-03",
    "valid_from": "2023-01-03", "valid_to": "2023-12-31", "tags": ["法律顾问"],
}  # fmt: skip
MATTER = {
    "kind": "dispute", "topic": "payment", "title": "货款拖欠", "details": "两个月", "contact_name": "许红",
    "contact_phone": "15400000001", "other_side": "某贸易公司", "amount": "12.50",
}  # fmt: skip


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def post(client: Client, path: str, body: dict[str, Any], key: str = "k1") -> Any:
    return client.post(
        f"/api/v1{path}", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_tasks_are_planned_once_under_one_key_and_found() -> None:
    client = client_of(Role.STF)
    first, second = post(client, "/tasks", TASK), post(client, "/tasks", TASK)
    assert first.json() == second.json() and second.headers["Idempotent-Replayed"] == "true"
    assert [each["due_on"] for each in first.json()["items"]] == [
        "2023-03-31",
        "2023-06-30",
        "2023-09-28",
        "2023-12-29",
    ]
    found = client.get("/api/v1/tasks", {"tag": "培训", "only": "late"}).json()
    assert found["total"] == 4 and found["items"][0]["late"]
    one = client.get(f"/api/v1/tasks/{found['items'][0]['id']}").json()
    assert (one["next"], one["evidence"], one["state"]) == (["begin", "cancel"], [], "planned")


def test_what_is_refused_says_why() -> None:
    client = client_of(Role.STF)
    refused = post(client, "/tasks", TASK | {"starts_on": "2023-04-03"})
    assert refused.status_code == 422 and refused.json()["findings"][0]["rule"] == "TSK-001"
    assert post(client, "/tasks", TASK | {"kind": "dispute"}, "k2").status_code == 422
    assert client.post("/api/v1/tasks", json.dumps(TASK), content_type="application/json").status_code == 422
    assert client.get("/api/v1/tasks/9000000000000000000").status_code == 404
    assert not Task.objects.exists()


def test_an_enterprise_brings_and_follows_its_own() -> None:
    client, staff = client_of(Role.MER), person(Role.STF)
    with as_(staff):
        task(staff)
    other = person(Role.AGT)
    with as_(other):
        request(other)
    made = post(client, "/tasks/own", MATTER)
    assert made.status_code == 200 and made.json()["number"].startswith("JF")
    assert "15400000001" not in made.content.decode()
    found = client.get("/api/v1/tasks/own").json()
    assert (found["total"], found["items"][0]["title"]) == (1, "货款拖欠")
    assert (
        post(client, "/tasks/own", MATTER | {"other_side": ""}, "k2").json()["findings"][0]["rule"]
        == "TSK-007"
    )
    assert client.get("/api/v1/tasks").status_code == 403
    with reaching_all():
        assert Task.objects.count() == 3


def test_contracts_are_registered_once_and_found() -> None:
    client = client_of(Role.FIN)
    first, second = post(client, "/contracts", CONTRACT), post(client, "/contracts", CONTRACT)
    assert first.json() == second.json() and Contract.objects.count() == 1
    assert first.json()["amount"] == "50000.00"
    assert post(client, "/contracts", CONTRACT, "k2").status_code == 409
    found = client.get("/api/v1/contracts", {"tag": "法律顾问", "state": "expired"}).json()
    assert found["total"] == 1
    assert client.get(f"/api/v1/contracts/{first.json()['id']}").json()["deliverables"] == []
    assert client_of(Role.MER).get("/api/v1/contracts").status_code == 403
