"""Identifiers at rest, when the keys are exchanged, and when one is shown in full."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from trade_made_filing import approved, drafted, merchant_form, resident_id
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services import reseal_fields
from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprint, fingerprints, unseal
from youju.rules.trade.parties.masking import masked
from youju.trade.parties import selectors, services
from youju.trade.parties.models import FilingDraft, Identifier, Party

pytestmark = pytest.mark.django_db
OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters"


@pytest.fixture
def staff() -> Any:
    return person(Role.STF)


@pytest.fixture
def filed(staff: Any) -> Party:
    return approved(person(Role.MER, "HONG"), staff)


def number_of(party: Party, kind: str = "resident_id") -> Identifier:
    return party.identifiers.get(kind=kind)


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("resident_id", resident_id(), "130***********" + resident_id()[-4:]),
        ("phone", "13800000001", "138****0001"),
        ("passport", "A1234567", "A1****67"),
        ("phone", "12345", "1***5"),
        ("passport", "A1", "A*"),
        ("passport", "", ""),
    ],
)
def test_masks(kind: str, number: str, shown: str) -> None:
    assert masked(kind, number) == shown


def test_keys_are_exchanged_with_numbers_drafts_and_fingerprints(
    staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_FIELD_KEY", OLD)
    merchant = person(Role.MER, "HONG")
    party = approved(merchant, staff)
    draft = drafted(merchant, merchant_form(2))
    was = number_of(party)
    assert was.fingerprint == fingerprint(resident_id(), "resident_id")
    monkeypatch.setenv("YOUJU_FIELD_KEY", f"{NEW},{OLD}")
    # Before the exchange a number is looked for under each present key.
    assert was.fingerprint in fingerprints(resident_id(), "resident_id")
    assert was.fingerprint != fingerprint(resident_id(), "resident_id")
    with at_the_machine():
        assert reseal_fields() == 3
    # After it the old key is no longer needed, for nothing.
    monkeypatch.setenv("YOUJU_FIELD_KEY", NEW)
    now = number_of(party)
    assert unseal(now.sealed) == resident_id()
    assert now.fingerprint == fingerprint(resident_id(), "resident_id")
    assert "示例箱包商行2" in unseal(FilingDraft.objects.get(party=draft).sealed)
    assert selectors.editor(merchant, draft.pk).typed.form["phone"] == "13800000002"


def test_one_number_is_shown_once_for_a_reason_that_stays(filed: Party, staff: Any) -> None:
    row = number_of(filed)
    with as_(staff):
        for reason in ("", "  ", "长" * 5000):
            with pytest.raises(InputError, match="理由"):
                services.unmask(actor=staff, party_id=filed.pk, identifier_id=row.pk, reason=reason)
        shown = services.unmask(actor=staff, party_id=filed.pk, identifier_id=row.pk, reason="当面核对证件")
    assert (shown.label, shown.number) == ("居民身份证号", resident_id())
    line = audit.history("parties.party", str(filed.pk)).lines[0]
    assert "完整证件号码" in line.deed
    assert line.reason == "当面核对证件"
    assert resident_id() not in str(line)


def test_who_may_not_and_whose_it_is_not(filed: Party, staff: Any) -> None:
    row = number_of(filed)
    for role in (Role.HED, Role.AUD, Role.ADM, Role.PFO, Role.MER):
        user = person(role, "HONG" if role is Role.MER else "", username=f"x-{role.lower()}")
        with as_(user), pytest.raises(PermissionDenied):
            services.unmask(actor=user, party_id=filed.pk, identifier_id=row.pk, reason="看看")
    other = person(Role.STF, username="stf-wm", sections=("WM",))
    with as_(other), pytest.raises(InputError) as caught:
        services.unmask(actor=other, party_id=filed.pk, identifier_id=row.pk, reason="看看")
    assert caught.value.status == 404


def test_the_page_asks_why_and_keeps_nothing(filed: Party, staff: Any) -> None:
    client = Client()
    client.force_login(staff)
    address = f"/parties/{filed.pk}/numbers/{number_of(filed).pk}/"
    assert resident_id() not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "当面核对证件"})
    assert resident_id() in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = client.get(f"/parties/{filed.pk}/").content.decode()
    assert resident_id() not in page
    assert "130***********" in page
