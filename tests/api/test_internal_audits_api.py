"""Internal supervision for programs: findings found and replied to once, samples drawn again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from audits_made import Office, engagement, finding, office, sample, step
from kept import kept
from office_made import PNG, contract
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.funds.internal_audits import services
from youju.funds.internal_audits.models import Reply

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/audits"


@kept
def team() -> Office:
    made = office()
    for place in range(5):
        contract(made.market, number=f"HT-{place}", amount=Decimal(9_000 * (place + 1)))
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, path: str, body: dict[str, Any], key: str) -> Any:
    return client.post(
        f"{ROOT}{path}", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_findings_are_listed_and_opened(team: Office) -> None:
    row = finding(team, record="contracts", key="HT-1", amount=Decimal("12.50"))
    finding(team, category="control", section="WM")
    client = client_of(team.officer)
    found = client.get(f"{ROOT}/findings", {"record": "contracts", "only": "open"}).json()
    assert found["total"] == 1
    line = found["items"][0]
    assert (line["number"], line["amount"], line["record_kind"], line["late"]) == (
        row.number, "12.50", "contracts.contract", False,
    )  # fmt: skip
    assert (
        client.get(f"{ROOT}/findings", {"limit": 1, "offset": 1}).json()["items"][0]["number"] == row.number
    )
    one = client.get(f"{ROOT}/findings/{row.number}").json()
    assert one["record_amount"] == "18000.00" and one["replies"] == []
    assert client.get(f"{ROOT}/findings/WT1999-0001").status_code == 404
    assert client.get(f"{ROOT}/findings/a%00b").status_code == 404
    assert client.get(f"{ROOT}/findings", {"state": "gone"}).status_code == 422
    assert client_of(person(Role.MER)).get(f"{ROOT}/findings").status_code == 403


def test_a_reply_sent_twice_under_one_key_is_one_reply(team: Office) -> None:
    row = step(team.auditor, finding(team), "notify")
    client, path = client_of(team.market), f"/findings/{row.number}/reply"
    refused = post(client, path, {"text": "改好了"}, "k0")
    assert refused.status_code == 422 and "IAU-008" in refused.content.decode()
    with as_(team.market):
        services.add_evidence(actor=team.market, number=row.number, content=PNG, name="验收单.png")
    assert post(client, path, {"text": "改好了", "state": "noted"}, "k1").status_code == 409
    first = post(client, path, {"text": "改好了", "state": "rectifying"}, "k2")
    second = post(client, path, {"text": "改好了", "state": "rectifying"}, "k2")
    assert first.json() == second.json() and first.json()["state"] == "replied"
    assert [each["text"] for each in first.json()["replies"]] == ["改好了"]
    with reaching_all():
        assert Reply.objects.count() == 1
    assert post(client_of(team.trade), path, {"text": "不归我"}, "k3").status_code == 403
    assert post(client_of(team.auditor), path, {"text": "不归我"}, "k4").status_code == 403


def test_a_sample_with_all_that_is_needed_to_draw_it_again(team: Office) -> None:
    row = sample(team, engagement(team), size=4, limits=(Decimal(20_000),), certainty=Decimal(40_000))
    client = client_of(team.head)
    told = client.get(f"{ROOT}/samples/{row.pk}").json()
    assert (told["seed"], told["limits"], told["certainty"], told["count"]) == (
        "2023",
        ["20000.00"],
        "40000.00",
        5,
    )
    assert sum(each["taken"] for each in told["strata"]) == len(told["items"]) == 4
    again = client.get(f"{ROOT}/samples/{row.pk}/redraw").json()
    assert again == {
        "same": True,
        "keys": [each["key"] for each in told["items"]],
        "now": 5,
        "changed": False,
    }
    assert client.get(f"{ROOT}/samples/999999/redraw").status_code == 404
