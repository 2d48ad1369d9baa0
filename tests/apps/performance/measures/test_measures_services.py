"""Binding, approving, signing, countersigning: two persons, evidence, nothing overwritten, everything on the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kept import kept
from measures_made import COUNSEL, TRADE, Year, targets_alone
from youju.foundation.audit.selectors import history
from youju.foundation.files.selectors import attachments
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.performance.measures import events, services
from youju.performance.measures.models import Adjustment, Attestation, Binding
from youju.performance.measures.selectors import Basis, MeasuredRow, measured_project
from youju.performance.measures.services import BindingWish, MeasureRefusedError, SignedWish
from youju.performance.measures.services.signing import subject_of

FILE = ("凭证.txt", "示例：证据。".encode())
WHY = "年底盘点发现记录少计一笔，已附说明。"


@kept
def year() -> Year:
    """Targets without a binding."""
    return targets_alone()


@pytest.fixture(autouse=True)
def _reach(year: Year) -> object:
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        yield


def bound(year: Year, code: str, number: int, wish: BindingWish) -> Binding:
    made = services.confirm_binding(
        actor=year.officer, target_set=year.target_set, code=code, number=number, wish=wish
    )
    services.approve_bindings(actor=year.head, bindings=[made.binding.pk])
    return Binding.objects.get(pk=made.binding.pk)


def measured(year: Year, code: str, number: int, until: date | None = None) -> MeasuredRow:
    rows = measured_project(actor=year.head, target_set=year.target_set, code=code, until=until, trend=False)
    return rows[number - 1]


def sign(
    year: Year,
    kind: str,
    code: str,
    number: int,
    wish: SignedWish,
    files: Sequence[tuple[str, bytes]] = (FILE,),
) -> Attestation | Adjustment:
    return services.sign(
        actor=year.staff,
        kind=kind,
        target_set=year.target_set,
        code=code,
        number=number,
        wish=wish,
        files=files,
    )


def trail(subject: Subject) -> list[str]:
    return [each.deed for each in history(subject.kind, subject.key).lines]


EXPORTS = BindingWish(metric="exports.value_cny")


def test_a_binding_counts_once_another_person_approved_it(year: Year) -> None:
    assert measured(year, TRADE, 1).basis is Basis.UNBOUND
    made = services.confirm_binding(
        actor=year.officer, target_set=year.target_set, code=TRADE, number=1, wish=EXPORTS
    ).binding
    assert measured(year, TRADE, 1).reason == "还没有批准的计量绑定"
    with pytest.raises(PermissionDenied):
        services.approve_bindings(actor=year.officer, bindings=[made.pk])
    services.approve_bindings(actor=year.head, bindings=[made.pk])
    row = measured(year, TRADE, 1)
    assert (row.basis, row.value, row.metric) == (Basis.COMPUTED, Decimal(0), "exports.value_cny")
    assert trail(events.binding_subject(made)) == [events.APPROVED.sentence, events.CONFIRMED.sentence]


def test_who_confirmed_does_not_approve_even_with_both_permissions(year: Year) -> None:
    made = services.confirm_binding(
        actor=year.officer, target_set=year.target_set, code=TRADE, number=1, wish=EXPORTS
    ).binding
    year.officer.roles = ["PFO", "HED"]
    with pytest.raises(MeasureRefusedError, match="MSR-008"):
        services.approve_bindings(actor=year.officer, bindings=[made.pk])


def test_a_new_binding_replaces_the_old_one_and_keeps_it(year: Year) -> None:
    first = bound(
        year, TRADE, 2, BindingWish(metric="payments.compliance_rate", parameters={"project": TRADE})
    )
    second = bound(
        year, TRADE, 2, BindingWish(metric="payments.executed_rate", parameters={"project": TRADE})
    )
    first.refresh_from_db()
    assert (first.state, first.version, second.state, second.version) == ("replaced", 1, "approved", 2)
    assert measured(year, TRADE, 2).metric == "payments.executed_rate"


def test_what_is_wrong_with_a_binding_is_said(year: Year) -> None:
    for number, wish, rule in (
        (1, BindingWish(metric="exports.nothing"), "MSR-002"),
        (1, BindingWish(metric="exports.growth_rate"), "MSR-003"),
        (1, BindingWish(metric="exports.value_cny", parameters={"tag": "x"}), "MSR-005"),
        (5, BindingWish(metric="exports.growth_rate"), "MSR-007"),
    ):
        with pytest.raises(MeasureRefusedError, match=rule):
            services.confirm_binding(
                actor=year.officer, target_set=year.target_set, code=TRADE, number=number, wish=wish
            )
    for wish in (BindingWish(basis="typed"), BindingWish(metric="x" * 201), BindingWish(note="\0")):
        with pytest.raises(InputError):
            services.confirm_binding(
                actor=year.officer, target_set=year.target_set, code=TRADE, number=1, wish=wish
            )
    with pytest.raises(InputError, match="没有第 99 行"):
        services.confirm_binding(
            actor=year.officer, target_set=year.target_set, code=TRADE, number=99, wish=EXPORTS
        )
    assert not Binding.objects.exists()


def test_one_waits_at_a_time_and_may_be_sent_back(year: Year) -> None:
    def confirm() -> Binding:
        return services.confirm_binding(
            actor=year.officer, target_set=year.target_set, code=TRADE, number=1, wish=EXPORTS
        ).binding

    made = confirm()
    with pytest.raises(InputError, match="已有待批准"):
        confirm()
    with pytest.raises(InputError, match="退回理由"):
        services.refuse_binding(actor=year.head, binding=made.pk, reason=" ")
    services.refuse_binding(actor=year.head, binding=made.pk, reason="请限定项目")
    with pytest.raises(InputError, match="已退回"):
        services.approve_bindings(actor=year.head, bindings=[made.pk])
    assert confirm().version == 2
    with pytest.raises(InputError, match="没有这个绑定"):
        services.approve_bindings(actor=year.head, bindings=[10**9])


def test_suggestions_are_drafted_confirmed_and_approved_together(year: Year) -> None:
    with pytest.raises(PermissionDenied):
        services.draft_suggested(actor=year.head, target_set=year.target_set)
    drafts = services.draft_suggested(actor=year.officer, target_set=year.target_set)
    assert (
        len(drafts) >= 105 and services.draft_suggested(actor=year.officer, target_set=year.target_set) == []
    )
    keys = [each.pk for each in drafts]
    services.confirm_drafts(actor=year.officer, bindings=keys)
    services.approve_bindings(actor=year.head, bindings=keys)
    assert Binding.objects.filter(state="approved").count() == len(drafts)


ATTESTED = BindingWish(basis="attested", note="法律服务没有生态指标")


def test_a_statement_counts_once_it_is_countersigned(year: Year) -> None:
    bound(year, COUNSEL, 7, ATTESTED)
    made = sign(year, "attestation", COUNSEL, 7, SignedWish(WHY, date(2023, 6, 30), Decimal(92)))
    assert made.evidence == ["凭证.txt"] and len(attachments(subject_of(made))) == 1
    assert not measured(year, COUNSEL, 7).has_value
    with pytest.raises(PermissionDenied):
        services.countersign(actor=year.staff, kind="attestation", number=made.pk)
    services.countersign(actor=year.head, kind="attestation", number=made.pk)
    row = measured(year, COUNSEL, 7)
    assert (row.value, row.degree, row.basis) == (Decimal(92), Decimal("102.22"), Basis.ATTESTED)
    assert trail(subject_of(made))[:2] == [events.COUNTERSIGNED.sentence, events.SIGNED.sentence]
    services.withdraw(actor=year.finance, kind="attestation", number=made.pk, reason="登记有误")
    assert not measured(year, COUNSEL, 7).has_value


def test_nobody_countersigns_what_they_signed(year: Year) -> None:
    bound(year, COUNSEL, 7, ATTESTED)
    year.head.roles = ["HED", "STF"]
    made = services.sign(
        actor=year.head, kind="attestation", target_set=year.target_set, code=COUNSEL, number=7,
        wish=SignedWish(WHY, date(2023, 6, 30), Decimal(92)), files=[FILE],
    )  # fmt: skip
    with pytest.raises(MeasureRefusedError, match="MSR-105"):
        services.countersign(actor=year.head, kind="attestation", number=made.pk)
    made.countersigned_by = made.signed_by
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        made.save()


def test_what_is_wrong_with_a_statement_is_said(year: Year) -> None:
    bound(year, COUNSEL, 7, ATTESTED)
    bound(year, TRADE, 1, EXPORTS)
    day = date(2023, 6, 30)
    for code, number, wish, files, rule in (
        (COUNSEL, 7, SignedWish(WHY, day, Decimal(92)), (), "MSR-101"),
        (COUNSEL, 7, SignedWish("短", day, Decimal(92)), (FILE,), "MSR-102"),
        (COUNSEL, 7, SignedWish(WHY, day, tier="reached", tier_rate=Decimal(90)), (FILE,), "MSR-103"),
        (COUNSEL, 7, SignedWish(WHY, date(2022, 6, 30), Decimal(92)), (FILE,), "MSR-106"),
        (TRADE, 1, SignedWish(WHY, day, Decimal(2)), (FILE,), "MSR-109"),
    ):
        with pytest.raises(MeasureRefusedError) as refused:
            sign(year, "attestation", code, number, wish, files)
        assert rule in [each.rule for each in refused.value.findings]
    with pytest.raises(InputError, match="网页"):
        sign(
            year, "attestation", COUNSEL, 7, SignedWish(WHY, day, Decimal(92)), [("a.html", b"<html></html>")]
        )
    with pytest.raises(InputError, match="没有这一种"):
        sign(year, "guess", COUNSEL, 7, SignedWish(WHY, day, Decimal(92)))
    assert not Attestation.objects.exists()


def test_an_adjustment_stands_beside_what_was_computed(year: Year) -> None:
    bound(year, TRADE, 1, EXPORTS)
    with pytest.raises(MeasureRefusedError, match="MSR-108"):
        sign(year, "adjustment", TRADE, 1, SignedWish(WHY, date(2023, 7, 9), Decimal(0)))
    made = sign(year, "adjustment", TRADE, 1, SignedWish(WHY, date(2023, 7, 9), Decimal("2.5")))
    assert made.until == date(2023, 7, 31), "a month is measured whole"
    assert measured(year, TRADE, 1, date(2023, 7, 31)).adjusted is None
    services.countersign(actor=year.finance, kind="adjustment", number=made.pk)
    row = measured(year, TRADE, 1, date(2023, 7, 1))
    assert row.adjusted is not None
    assert (row.value, row.adjusted.computed, row.adjusted.evidence) == (
        Decimal("2.5"),
        Decimal(0),
        ("凭证.txt",),
    )
    assert row.adjusted.signed_by == year.staff.display_name
    assert measured(year, TRADE, 1, date(2023, 8, 31)).adjusted is None, "of just these months"
    again = sign(year, "adjustment", TRADE, 1, SignedWish(WHY, date(2023, 7, 31), Decimal(3)))
    services.countersign(actor=year.finance, kind="adjustment", number=again.pk)
    assert measured(year, TRADE, 1, date(2023, 7, 1)).value == Decimal(3)
    made.refresh_from_db()
    assert made.state == "superseded"
    made.text = "改过的理由"
    with pytest.raises(IntegrityError, match="as it was signed"), transaction.atomic():
        made.save()


def test_a_declined_one_is_kept_with_its_reason(year: Year) -> None:
    bound(year, COUNSEL, 7, ATTESTED)
    made = sign(year, "attestation", COUNSEL, 7, SignedWish(WHY, date(2023, 6, 30), Decimal(92)))
    services.decline(actor=year.head, kind="attestation", number=made.pk, reason="证据不清楚")
    made.refresh_from_db()
    assert (made.state, made.ended_why) == ("declined", "证据不清楚")
    for step in (services.decline, services.withdraw):
        with pytest.raises(InputError, match="复签退回"):
            step(actor=year.head, kind="attestation", number=made.pk, reason="再次")
    with pytest.raises(InputError, match="没有这一份"):
        services.countersign(actor=year.head, kind="attestation", number=10**9)


def test_measures_are_for_who_may_see_them(year: Year) -> None:
    year.staff.roles = ["MER"]
    with pytest.raises(PermissionDenied):
        measured_project(actor=year.staff, target_set=year.target_set, code=TRADE)
    with pytest.raises(PermissionDenied):
        services.freeze_rows(actor=year.staff, target_set=year.target_set)
    with pytest.raises(InputError, match="不在 2023 年内"):
        measured_project(actor=year.head, target_set=year.target_set, code=TRADE, until=date(2024, 1, 1))
