"""Changes, reminders, standings, stalls and statistics for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from trade_made_changes import market, party, tenancy
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties import services
from youju.trade.parties.models import ChangeRequest, Stall

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/parties"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


def of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, address: str, body: dict[str, Any], key: str) -> Any:
    return client.post(
        f"{ROOT}{address}",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_change_is_asked_once_and_granted_once() -> None:
    merchant, staff = person(Role.MER, "M1"), person(Role.STF, sections=("SC",))
    filed = party(organisation=merchant.organisation)
    body = {
        "values": {"address": "三号楼"},
        "numbers": {"phone.contact": "13900009999"},
        "reason": "搬家",
        "revision": 1,
    }
    first, again = (post(of(merchant), f"/{filed.pk}/changes", body, "k1") for _ in range(2))
    assert (first.status_code, again.status_code, again.headers.get("Idempotent-Replayed")) == (
        201,
        201,
        "true",
    )
    assert first.json() == again.json()
    assert ChangeRequest.objects.count() == 1
    assert "13900009999" not in first.content.decode()
    number = first.json()["id"]
    assert post(of(merchant), f"/changes/{number}/approve", {}, "k2").status_code == 403
    granted = post(of(staff), f"/changes/{number}/approve", {"state": "submitted"}, "k3")
    assert (granted.status_code, granted.json()["state"]) == (200, "approved")
    assert post(of(staff), f"/changes/{number}/approve", {}, "k4").status_code == 409
    assert post(of(merchant), f"/{filed.pk}/changes", body, "k5").status_code == 409
    assert (
        post(
            of(merchant), f"/{filed.pk}/changes", body | {"values": {"email": "?"}, "revision": 2}, "k6"
        ).status_code
        == 422
    )
    listed = of(staff).get(f"{ROOT}/changes?party={filed.pk}").json()
    assert [(row["id"], row["cells"][0]["after"]) for row in listed] == [(number, "三号楼")]


def test_others_get_nothing() -> None:
    merchant, other = person(Role.MER, "M1"), person(Role.MER, "M2")
    filed = party(organisation=merchant.organisation, valid_to=timezone.localdate())
    services.remind(today=timezone.localdate())
    assert len(of(merchant).get(f"{ROOT}/reminders").json()) == 1
    assert of(other).get(f"{ROOT}/reminders").json() == []
    assert post(of(other), f"/{filed.pk}/changes", {"reason": "x", "revision": 1}, "k").status_code == 404
    assert of(other).get(f"{ROOT}/{filed.pk}/standing").json()["may_act"] is True
    assert of(other).get(f"{ROOT}/{filed.pk}/standing?on=2099-01-01").json()["rule"] == "PTY-142"
    assert of(other).get(f"{ROOT}/statistics").status_code == 403
    assert of(person(Role.ADM)).get(f"{ROOT}/changes").status_code == 403


def test_stalls_and_figures() -> None:
    place = market(stalls=2)
    tenancy(party("长租户"), Stall.objects.filter(market=place)[0])
    auditor = of(person(Role.AUD))
    rows = auditor.get(f"{ROOT}/markets/{place.pk}/stalls?floor=1").json()
    assert [(row["number"], row["state"], row["holder"]) for row in rows] == [
        ("1-001", "held", "长租户"),
        ("1-002", "free", ""),
    ]
    assert auditor.get(f"{ROOT}/markets/0/stalls").status_code == 404
    found = auditor.get(f"{ROOT}/statistics").json()
    assert (found["total"], found["by"]["market"][0]["count"], found["rate"]) == (1, 1, None)
