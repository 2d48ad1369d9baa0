"""Drafting, offering, signing, changing and ending an agreement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from trade_made_agree import Pair, pair, party, wording
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.rules.trade.parties.agreement_text import hash_of
from youju.trade.parties import selectors, services
from youju.trade.parties.models import Agreement, Party, Signature
from youju.trade.parties.services import AgreementRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> Pair:
    return pair()


def step(who: User, row: Agreement, code: str, reason: str = "双方商定") -> Agreement:
    with as_(who):
        return services.take_agreement_step(actor=who, agreement_id=row.pk, step=code, reason=reason)


def waiting(who: User) -> list[str]:
    return [item.subject.label for item in workflow.todo(who)]


def test_a_draft_has_a_number_a_text_and_is_seen_by_its_side_alone(two: Pair) -> None:
    row = two.drafted()
    year = timezone.localdate().year
    assert row.number == f"WT{year}-00001"
    later = row.valid_to + timedelta(days=1)
    assert two.drafted(valid_from=later, valid_to=later).number == f"WT{year}-00002"
    assert hash_of(row.text) == row.text_hash
    with as_(two.seller):
        assert selectors.agreement_of(two.seller, row.pk) == row
    with as_(two.broker), pytest.raises(InputError, match="没有这份代理协议"):
        selectors.agreement_of(two.broker, row.pk)
    assert waiting(two.seller) == waiting(two.broker) == []


def test_offered_and_signed_by_both_it_is_in_force(two: Pair) -> None:
    row = two.offered()
    assert waiting(two.seller) == waiting(two.broker) == [row.number]
    with acting(address="10.1.2.3"):
        two.sign(row, two.seller)
    assert (waiting(two.seller), waiting(two.broker)) == ([], [row.number])
    done = two.sign(row, two.broker)
    assert done.state == "in_force"
    assert waiting(two.seller) == waiting(two.broker) == []
    first, second = Signature.objects.order_by("pk")
    assert (first.side, first.username, first.address) == ("principal", two.seller.username, "10.1.2.3")
    assert {first.text_hash, second.text_hash} == {row.text_hash}
    said = [line.deed for line in history("parties.agreement", str(row.pk)).lines]
    assert said.count("签署了") == 2
    assert said[0] == "双方签署生效了"


def test_only_the_two_parties_have_it_on_their_lists(two: Pair) -> None:
    others = pair("MS-B", "WM-B")
    two.offered()
    assert waiting(others.seller) == waiting(others.broker) == []
    assert workflow.todo_count(others.broker) == 0
    assert waiting(person(Role.AGT, "WM-A", username="second-of-wm-a")) != []


def test_a_changed_text_voids_the_signatures(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    before = Agreement.objects.get(pk=row.pk)
    with as_(two.broker):
        after = services.revise_agreement(
            actor=two.broker, agreement_id=row.pk, wording=wording(fee="1.0"), revision=before.revision
        )
    assert after.text_hash != before.text_hash
    assert (after.principal_signed_by, after.principal_signed_at, after.revision) == ("", None, 1)
    assert Signature.objects.get().voided_at is not None
    assert waiting(two.seller) == waiting(two.broker) == [row.number]
    with as_(two.seller), pytest.raises(InputError, match="文本与您看到的不同"):
        services.sign_agreement(actor=two.seller, agreement_id=row.pk, text_hash=before.text_hash)
    with as_(two.seller), pytest.raises(InputError, match="刚被改过"):
        services.revise_agreement(
            actor=two.seller, agreement_id=row.pk, wording=wording(fee="2.0"), revision=before.revision
        )
    two.sign(row, two.broker)
    assert two.sign(row, two.seller).state == "in_force"
    assert Signature.objects.count() == 3


def test_saving_the_same_terms_again_voids_nothing(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    with as_(two.broker):
        services.revise_agreement(actor=two.broker, agreement_id=row.pk, wording=wording(), revision=0)
    assert Signature.objects.get().voided_at is None


def test_nobody_signs_twice_nor_for_the_other_side(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    with pytest.raises(InputError, match="已经签署过"):
        two.sign(row, two.seller)
    stranger = pair("MS-B", "WM-B").broker
    for who in (stranger, person(Role.STF)):
        with as_(who), pytest.raises((PermissionDenied, InputError)):
            services.sign_agreement(actor=who, agreement_id=row.pk, text_hash=row.text_hash)
    assert Signature.objects.count() == 1


def test_a_party_suspended_meanwhile_cannot_be_bound(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    Party.objects.filter(pk=two.merchant.pk).update(state="suspended")
    with pytest.raises(AgreementRefusedError, match="AGR-001"):
        two.sign(row, two.broker)


def test_signed_after_its_first_day_it_is_still_concluded(two: Pair) -> None:
    row = two.offered()
    Agreement.objects.filter(pk=row.pk).update(valid_from=row.valid_from - timedelta(days=3))
    two.sign(row, two.seller)
    assert two.sign(row, two.broker).state == "in_force"


def test_overlap_between_the_same_two_is_refused(two: Pair) -> None:
    row = two.offered()
    with pytest.raises(AgreementRefusedError, match=f"AGR-007.*{row.number}"):
        two.drafted(valid_from=row.valid_to)
    follower = two.drafted(
        valid_from=row.valid_to + timedelta(days=1), valid_to=row.valid_to + timedelta(days=90)
    )
    assert follower.state == "draft"
    other = party("商户乙", "merchant", code="MS-C")
    with as_(two.broker):
        services.draft_agreement(
            actor=two.broker, principal_id=other.pk, agent_id=two.agent.pk, wording=wording()
        )


def test_two_drafts_may_overlap_but_only_one_is_offered(two: Pair) -> None:
    one, another = two.drafted(), two.drafted()
    step(two.seller, one, "offer")
    with pytest.raises(AgreementRefusedError, match="AGR-007"):
        step(two.seller, another, "offer")


@pytest.mark.parametrize(
    ("who", "code", "state"),
    [("broker", "refuse", "refused"), ("seller", "drop", "cancelled")],
)
def test_refused_by_the_other_side_dropped_by_its_own(two: Pair, who: str, code: str, state: str) -> None:
    row = two.offered()
    other = two.seller if who == "broker" else two.broker
    with pytest.raises(InputError, match="现在不能"):
        step(other, row, code)
    with pytest.raises(InputError, match="须写明理由"):
        step(getattr(two, who), row, code, reason=" ")
    assert step(getattr(two, who), row, code).state == state
    with pytest.raises(InputError, match="不能签署"):
        two.sign(row, two.seller)
    assert two.drafted().state == "draft"


def test_either_side_ends_it_before_its_time(two: Pair) -> None:
    row = two.concluded()
    done = step(two.broker, row, "end")
    assert (done.state, done.ended_on) == ("ended", timezone.localdate())
    with as_(two.seller), pytest.raises(InputError, match="不能修改"):
        services.revise_agreement(actor=two.seller, agreement_id=row.pk, wording=wording(fee="2"), revision=0)


@pytest.mark.parametrize(
    ("role", "code"), [(Role.STF, ""), (Role.HED, ""), (Role.AUD, ""), (Role.BRK, "BG-1"), (Role.BUY, "CG-1")]
)
def test_others_may_not_draft(two: Pair, role: Role, code: str) -> None:
    who = person(role, code)
    with as_(who), pytest.raises(PermissionDenied):
        services.draft_agreement(
            actor=who, principal_id=two.merchant.pk, agent_id=two.agent.pk, wording=wording()
        )


def test_one_drafts_for_the_own_organisation_alone(two: Pair) -> None:
    stranger = person(Role.AGT, "WM-X")
    with as_(stranger), pytest.raises(PermissionDenied, match="须是您所在的单位"):
        services.draft_agreement(
            actor=stranger, principal_id=two.merchant.pk, agent_id=two.agent.pk, wording=wording()
        )
    with as_(two.seller), pytest.raises(InputError, match="没有这个主体"):
        services.draft_agreement(
            actor=two.seller, principal_id=two.merchant.pk, agent_id=10**9, wording=wording()
        )


def test_a_signature_is_never_rewritten_or_removed(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    for deed in (
        lambda: Signature.objects.update(username="somebody"),
        lambda: Signature.objects.update(text_hash="0" * 64),
        lambda: Signature.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            deed()
    Signature.objects.update(voided_at=timezone.now())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Signature.objects.update(voided_at=None)


def test_a_refused_draft_leaves_nothing(two: Pair) -> None:
    with pytest.raises(AgreementRefusedError) as caught, transaction.atomic():
        two.drafted(fee="99", exemption="")
    assert [finding.rule for finding in caught.value.findings] == ["AGR-009", "AGR-011"]
    assert not Agreement.objects.exists()
    assert workflow.cases().count() == 0
