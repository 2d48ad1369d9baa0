"""What the services of contracts refuse: by role, after their end, beyond their money, out of their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from office_made import PNG, contract, contract_wish, deliverable, today
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import selectors, services
from youju.office.contracts.models import Contract, Deliverable
from youju.office.contracts.services import DeliverableWish, InstalmentWish, OpinionWish

pytestmark = pytest.mark.django_db
OUTSIDE = (Role.MER, Role.AGT, Role.BRK, Role.CSL, Role.BUY)
NONE = 999_999
PART = DeliverableWish(title="报告", due_on=today(), price=Decimal("1.00"))
PAID = InstalmentWish(today(), Decimal("1.00"))
OPINION = OpinionWish(today(), "某事项", "某律师", Decimal("1.5"))


def deeds(actor: User, key: int) -> list[object]:
    """Every deed on a contract."""
    return [
        lambda: services.change_contract(actor=actor, contract_id=key, wish=contract_wish(), revision=0),
        lambda: services.end_contract(
            actor=actor, contract_id=key, ended_on=today(), void=False, reason="提前结束"
        ),
        lambda: services.add_deliverable(actor=actor, contract_id=key, wish=PART),
        lambda: services.add_instalment(actor=actor, contract_id=key, wish=PAID),
        lambda: services.remove_instalment(actor=actor, contract_id=key, place=1),
        lambda: services.add_opinion(actor=actor, contract_id=key, wish=OPINION),
        lambda: services.add_paper(actor=actor, contract_id=key, content=PNG, name="合同.png"),
    ]


@pytest.mark.parametrize("role", [*OUTSIDE, Role.ADM, Role.AUD])
def test_who_may_not_keep_contracts_changes_nothing(role: Role, staff: User) -> None:
    row, who = contract(staff), person(role, username="stranger")
    with as_(who):
        for deed in deeds(who, row.pk):
            with pytest.raises((PermissionDenied, InputError)):
                deed()  # type: ignore[operator]
        with pytest.raises(PermissionDenied):
            contract(who, number="GMZX-002")
    row.refresh_from_db()
    assert (row.state, row.revision, row.deliverables.count(), row.opinions.count()) == ("in_force", 0, 0, 0)


def test_a_contract_that_is_not_there_is_not_there_for_any_deed(staff: User) -> None:
    for deed in deeds(staff, NONE):
        with pytest.raises(InputError) as refused:
            deed()  # type: ignore[operator]
        assert refused.value.status == 404
    with pytest.raises(InputError):
        services.take_deliverable_step(actor=staff, deliverable_id=NONE, step="deliver")


def test_after_its_end_nothing_hangs_on_it_any_more(staff: User) -> None:
    row = contract(staff)
    part = deliverable(staff, row)
    services.end_contract(
        actor=staff, contract_id=row.pk, ended_on=today(), void=False, reason="双方协商提前结束"
    )
    # An opinion that was given before the end may still be written down.
    for deed in deeds(staff, row.pk)[:5]:
        with pytest.raises(InputError, match="终止或作废") as refused:
            deed()  # type: ignore[operator]
        assert refused.value.status == 409
    with pytest.raises(InputError, match="终止或作废"):
        services.take_deliverable_step(actor=staff, deliverable_id=part.pk, step="deliver")


@pytest.mark.parametrize(
    ("days", "void", "reason", "told"),
    [
        (0, False, " ", "须写明理由"),
        (-101, False, "提前", "终止的日子不对"),
        (201, False, "提前", "终止的日子不对"),
    ],
)
def test_an_end_has_a_reason_and_lies_within_the_term(
    staff: User, days: int, void: bool, reason: str, told: str
) -> None:
    row = contract(staff)
    with pytest.raises(InputError, match=told):
        services.end_contract(
            actor=staff,
            contract_id=row.pk,
            ended_on=today() + timedelta(days=days),
            void=void,
            reason=reason,
        )
    for edge in (row.signed_on, row.valid_to):
        with transaction.atomic():
            ended = services.end_contract(
                actor=staff, contract_id=row.pk, ended_on=edge, void=False, reason="提前"
            )
            assert ended.ended_on == edge
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"amount": Decimal("-1.00")}, "CON"),
        ({"valid_from": today() + timedelta(days=300)}, "CON"),
    ],
)
def test_what_the_rules_stop_is_not_registered_and_not_changed_to(
    staff: User, given: dict[str, object], told: str
) -> None:
    row = contract(staff)
    with pytest.raises((InputError, IntegrityError), match=told), transaction.atomic():
        services.change_contract(
            actor=staff, contract_id=row.pk, wish=replace(contract_wish(), **given), revision=0  # type: ignore[arg-type]
        )  # fmt: skip
    row.refresh_from_db()
    assert row.revision == 0


def test_a_number_stays_one_contracts(staff: User) -> None:
    contract(staff)
    other = contract(staff, number="GMZX-002")
    with pytest.raises(InputError, match="已有编号") as refused:
        services.change_contract(actor=staff, contract_id=other.pk, wish=contract_wish(), revision=0)
    assert refused.value.status == 409


def test_opinions_belong_to_counsel_and_to_the_days_of_the_engagement(staff: User) -> None:
    plain = contract(staff, number="GMZX-003", tags=("平台运维",))
    with pytest.raises(InputError, match="标签"):
        services.add_opinion(actor=staff, contract_id=plain.pk, wish=OPINION)
    row = contract(staff)
    for day in (row.valid_from - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(InputError, match="出具的日子不对"):
            services.add_opinion(actor=staff, contract_id=row.pk, wish=replace(OPINION, given_on=day))
    services.add_opinion(actor=staff, contract_id=row.pk, wish=replace(OPINION, given_on=row.valid_from))
    assert row.opinions.count() == 1


def test_a_payment_may_wait_for_a_deliverable_of_the_same_contract_only(staff: User) -> None:
    row = contract(staff)
    with pytest.raises(InputError, match="没有这一项成果"):
        services.add_instalment(actor=staff, contract_id=row.pk, wish=replace(PAID, after=1))
    deliverable(staff, row)
    services.add_instalment(actor=staff, contract_id=row.pk, wish=replace(PAID, after=1))
    with pytest.raises(InputError, match="没有这一期付款") as refused:
        services.remove_instalment(actor=staff, contract_id=row.pk, place=2)
    assert refused.value.status == 404


def test_who_wrote_a_delivery_down_does_not_accept_it_in_the_database_either(staff: User) -> None:
    part = deliverable(staff, contract(staff))
    services.take_deliverable_step(actor=staff, deliverable_id=part.pk, step="deliver")
    with pytest.raises((PermissionDenied, InputError)):
        services.take_deliverable_step(actor=staff, deliverable_id=part.pk, step="accept")
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Deliverable.objects.filter(pk=part.pk).update(
            state="accepted", accepted_on=today(), accepted_by=staff.username
        )


def test_an_unknown_step_of_a_deliverable_is_refused(staff: User) -> None:
    part = deliverable(staff, contract(staff))
    for step in ("explode", "accept", "refuse"):
        with pytest.raises((PermissionDenied, InputError, KeyError)):
            services.take_deliverable_step(actor=staff, deliverable_id=part.pk, step=step, reason="理由")
    part.refresh_from_db()
    assert part.state == "pending"


def test_nobody_outside_finds_a_contract(staff: User) -> None:
    row = contract(staff)
    for role in (*OUTSIDE, Role.ADM):
        with as_(person(role, username=f"outside-{role.value.lower()}")) as who:
            for read in (
                lambda who=who: list(selectors.contracts(who)),
                lambda who=who: selectors.one_of(who, row.pk),
            ):
                try:
                    found = read()
                except (PermissionDenied, InputError):
                    continue
                assert found == [], role


def test_a_contract_is_kept_once_whatever_is_sent_twice(staff: User) -> None:
    contract(staff)
    with pytest.raises(InputError):
        contract(staff)
    assert Contract.objects.count() == 1
