"""The API of the parties room: the same checks as the page, once for each key, within one's reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from trade_made_filing import PNG, merchant_form, resident_id
from trade_people import person
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services import create_key
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db
BASE = "/api/v1/parties"


@pytest.fixture(autouse=True)
def _reach() -> Any:
    with reaching_all():
        yield


@pytest.fixture
def api() -> Client:
    client = Client()
    client.force_login(person(Role.MER, "HONG"))
    return client


def post(api: Client, address: str, content: Any, key: str = "k-1") -> Any:
    return api.post(address, content, content_type="application/json", headers={"Idempotency-Key": key})


def create(api: Client, key: str = "k-1", **changes: str) -> Any:
    return post(api, f"{BASE}/", {"roles": ["merchant"], "fields": merchant_form(**changes)}, key)


def test_a_program_files(api: Client) -> None:
    made = create(api)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["fields"]["credit_code"]) == ("draft", merchant_form()["credit_code"])
    # Numbers go in and come back masked alone; what is missing is said at once.
    assert resident_id() not in made.content.decode()
    assert {each["rule"] for each in told["findings"]} == {"PTY-024"}
    assert {each["kind"] for each in told["identifiers"]} == {"resident_id", "phone"}
    number = told["id"]
    refused = post(api, f"{BASE}/{number}/submit", {}, "s-0")
    assert refused.status_code == 422
    assert "缺少营业执照" in refused.json()["detail"]
    for place, kind in enumerate(("business_license", "identity_card", "stall_lease")):
        content = {"kind": kind, "valid_to": "2099-01-01", "file": SimpleUploadedFile("照片.png", PNG)}
        for _ in range(2):
            answer = api.post(f"{BASE}/{number}/papers", content, headers={"Idempotency-Key": f"p-{place}"})
            content["file"] = SimpleUploadedFile("照片.png", PNG)
            assert answer.status_code == 201, answer.content
    assert len(answer.json()["papers"]) == 3
    changed = api.patch(
        f"{BASE}/{number}", {"fields": {"address": "富强路 8 号"}}, content_type="application/json"
    )
    assert changed.json()["fields"]["address"] == "富强路 8 号"
    for _ in range(2):
        done = post(api, f"{BASE}/{number}/submit", {}, "s-1")
        assert (done.status_code, done.json()["state"]) == (200, "submitted")
    assert Party.objects.get().revision == 1
    assert api.patch(f"{BASE}/{number}", {"fields": {}}, content_type="application/json").status_code == 409


def test_one_key_is_one_request(api: Client) -> None:
    first = create(api).json()["id"]
    assert create(api).json()["id"] == first
    assert Party.objects.count() == 1
    other = create(api, address="别处 1 号")
    assert (other.status_code, "幂等键" in other.json()["detail"]) == (422, True)
    assert create(api, "").status_code == 422
    assert create(api, "k" * 101).status_code == 422
    # Another's key is another's.
    second = Client()
    second.force_login(person(Role.MER, "LAN"))
    assert create(second).json()["id"] != first


def test_what_it_refuses(api: Client) -> None:
    unknown = post(api, f"{BASE}/", {"roles": ["merchant"], "fields": {"name": "红运", "colour": "红"}})
    assert (unknown.status_code, "colour" in unknown.json()["detail"]) == (422, True)
    assert post(api, f"{BASE}/", {"roles": [], "fields": {"name": "红运"}}).status_code == 422
    assert post(api, f"{BASE}/", {"roles": ["merchant"], "fields": {}}).status_code == 422
    assert post(api, f"{BASE}/", "[").status_code in (400, 422)
    assert Party.objects.count() == 0
    assert api.get(f"{BASE}/999999999").status_code == 404


def test_sections_and_lists(api: Client) -> None:
    create(api)
    rows = {row["role"]: row for row in api.get(f"{BASE}/sections").json()}
    assert (rows["merchant"]["sections"], rows["agent"]["section_names"]) == (["SC"], "外贸服务科")
    listed = api.get(f"{BASE}/?q=白沟&role=merchant&state=draft&size=1").json()
    assert (listed["total"], len(listed["items"])) == (1, 1)
    assert api.get(f"{BASE}/?page=0").status_code == 422
    for role in (Role.PFO, Role.FIN):
        reader = Client()
        reader.force_login(person(role))
        assert reader.get(f"{BASE}/").status_code == 200
        assert reader.post(f"{BASE}/", "{}", content_type="application/json").status_code == 403
    for role in (Role.ADM,):
        stranger = Client()
        stranger.force_login(person(role))
        assert stranger.get(f"{BASE}/").status_code == 403


def test_a_key_with_the_scope_of_ones_own() -> None:
    """Two permissions open the list: a key that holds either gets in, one that holds neither does not."""
    admin, owner = person(Role.ADM), person(Role.MER, "LAN")
    owner.is_service = True
    owner.save(update_fields=["is_service"])
    until = timezone.localdate() + timedelta(days=30)

    def asked(scope: Permission) -> int:
        issued = create_key(actor=admin, owner=owner, name="接口", scopes=[scope], expires_on=until)
        return Client().get(f"{BASE}/", headers={"Authorization": f"Bearer {issued.secret}"}).status_code

    assert asked(Permission.PARTIES_OWN) == 200
    assert asked(Permission.TARIFF_VIEW) == 403
