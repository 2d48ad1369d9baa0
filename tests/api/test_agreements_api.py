"""Agreements for programs: list, one, drafting, signing and steps; under keys, within scopes, one's own alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from trade_made_agree import TERMS, Pair, pair, party
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Agreement, Signature

pytestmark = pytest.mark.django_db
BASE = "/api/v1/parties/agreements"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def two() -> Pair:
    return pair()


def enter(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def post(client: Client, address: str, body: dict[str, Any], key: str = "") -> Any:
    return client.post(
        f"{BASE}{address}",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": key} if key else {},
    )


def drafted(two: Pair, **changes: Any) -> dict[str, Any]:
    return {
        "principal": two.merchant.pk,
        "agent": two.agent.pk,
        "valid_from": "2099-01-01",
        "valid_to": "2099-12-31",
        "terms": TERMS.as_json(),
        **changes,
    }


def test_a_program_drafts_offers_and_both_sign(two: Pair) -> None:
    seller, agent = enter(two.seller), enter(two.broker)
    made = post(seller, "/drafts", drafted(two), "d1")
    assert made.status_code == 200, made.content
    assert post(seller, "/drafts", drafted(two), "d1").json()["id"] == made.json()["id"]
    number, text_hash = made.json()["id"], made.json()["text_hash"]
    assert made.json()["next"] == ["offer", "drop"]
    assert post(seller, f"/{number}/steps/offer", {}, "o1").json()["state"] == "signing"
    for client, key in ((seller, "s1"), (seller, "s1"), (agent, "s1")):
        answer = post(client, f"/{number}/sign", {"text_hash": text_hash}, key)
        assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "in_force"
    assert [each["side"] for each in answer.json()["signatures"]] == ["principal", "agent"]
    assert (Agreement.objects.count(), Signature.objects.count()) == (1, 2)
    listed = agent.get(BASE, {"state": "in_force"}).json()
    assert (listed["total"], listed["items"][0]["id"]) == (1, number)


@pytest.mark.parametrize(
    ("change", "key", "status"),
    [
        ({}, "", 422), ({"valid_to": "2098-12-31"}, "k", 422), ({"agent": 2**61}, "k", 404),
        ({"terms": {"fee_kind": "bribe"}}, "k", 422), ({"valid_from": "soon"}, "k", 422),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_in_one_sentence(
    two: Pair, change: dict[str, Any], key: str, status: int
) -> None:
    answer = post(enter(two.seller), "/drafts", drafted(two, **change), key)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert not Agreement.objects.exists()


def test_a_party_that_can_be_no_partner_is_not_named(two: Pair) -> None:
    buyer = party("Amina Private Person", "buyer")
    answer = post(enter(two.seller), "/drafts", drafted(two, agent=buyer.pk), "k")
    assert answer.status_code == 404
    assert "Amina" not in answer.content.decode()


def test_another_text_and_another_state_are_refused(two: Pair) -> None:
    row = two.offered()
    seller = enter(two.seller)
    assert post(seller, f"/{row.pk}/sign", {"text_hash": "0" * 64}, "a").status_code == 409
    assert post(seller, f"/{row.pk}/steps/refuse", {"reason": "x"}, "b").status_code == 409
    assert post(seller, f"/{row.pk}/steps/melt", {}, "c").status_code == 422
    assert post(seller, f"/{row.pk}/steps/drop", {"reason": "x", "expected": "draft"}, "d").status_code == 409
    row.refresh_from_db()
    assert row.state == "signing"


def test_nobody_elses_agreement_is_found_or_signed(two: Pair) -> None:
    row = two.offered()
    others = pair("MS-B", "WM-B")
    for who in (others.seller, others.broker):
        client = enter(who)
        assert client.get(BASE).json() == {"total": 0, "items": []}
        assert client.get(f"{BASE}/{row.pk}").status_code == 404
        assert post(client, f"/{row.pk}/sign", {"text_hash": row.text_hash}, "k").status_code == 404
    for role in (Role.STF, Role.AUD, Role.HED):
        client = enter(person(role))
        assert client.get(f"{BASE}/{row.pk}").json()["next"] == []
        assert post(client, f"/{row.pk}/sign", {"text_hash": row.text_hash}, "k").status_code == 403
    assert enter(person(Role.BUY, "CG-1")).get(BASE).status_code == 403
    assert Client().get(BASE).status_code == 401
