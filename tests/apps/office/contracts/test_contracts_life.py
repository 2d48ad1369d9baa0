"""Contracts: registered, delivered, accepted or refused by another person, paid by agreement, ended."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from office_made import PNG, contract, contract_wish, deliverable, today
from trade_people import person
from youju.analytics.periods import Period
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.contracts import selectors, services
from youju.office.contracts.models import Contract, Deliverable
from youju.office.contracts.services import (
    ContractRefusedError,
    InstalmentWish,
    OpinionWish,
)

pytestmark = pytest.mark.django_db


def step(actor: User, row: Deliverable, code: str, **given: object) -> Deliverable:
    return services.take_deliverable_step(actor=actor, deliverable_id=row.pk, step=code, **given)  # type: ignore[arg-type]


def test_registered_once_under_its_number(staff: User) -> None:
    row = contract(staff)
    assert (row.state, row.tags) == ("in_force", ["法律顾问"])
    with pytest.raises(InputError, match="已有编号") as refused:
        contract(staff)
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"valid_to": today() - timedelta(days=200)}, "CON-001"),
        ({"tags": ("一|二",)}, "标签"),
        ({"tags": ("长" * 21,)}, "标签"),
    ],
)
def test_what_cannot_be_registered_is_said(staff: User, given: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        contract(staff, **given)
    assert not Contract.objects.exists()


def test_a_warning_is_told_and_does_not_stop(staff: User) -> None:
    wish = contract_wish(signed_on=today() - timedelta(days=90))
    made = services.register_contract(actor=staff, wish=wish)
    assert [each.rule for each in made.findings] == ["CON-002"]


def test_accepted_by_another_person_than_who_wrote_the_delivery_down(staff: User, colleague: User) -> None:
    row = deliverable(staff, contract(staff))
    row = step(staff, row, "deliver", on=today() - timedelta(days=1))
    assert todo(staff) == []
    assert [each.subject.key for each in todo(colleague)] == [str(row.pk)]
    with pytest.raises((PermissionDenied, ContractRefusedError)):
        step(staff, row, "accept")
    row = step(colleague, row, "accept")
    assert (row.state, row.accepted_on, row.accepted_by) == ("accepted", today(), colleague.username)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Deliverable.objects.filter(pk=row.pk).update(accepted_by=staff.username)


def test_refused_with_a_reason_and_delivered_again(staff: User, colleague: User) -> None:
    row = step(staff, deliverable(staff, contract(staff)), "deliver")
    with pytest.raises(InputError, match="理由"):
        step(colleague, row, "refuse")
    row = step(colleague, row, "refuse", reason="少了两份意见")
    assert (row.state, row.refusals, row.refused_why) == ("refused", 1, "少了两份意见")
    row = step(staff, row, "deliver")
    assert (row.state, row.refused_why) == ("delivered", "")
    row = step(staff, row, "take_back", reason="日期写错")
    assert (row.state, row.delivered_on) == ("pending", None)
    assert step(staff, row, "drop", reason="合并到下一季").state == "dropped"


def test_a_delivery_lies_between_signing_and_today(staff: User) -> None:
    row = deliverable(staff, contract(staff))
    for on in (today() + timedelta(days=1), today() - timedelta(days=101)):
        with pytest.raises(InputError, match="交付的日子"):
            step(staff, row, "deliver", on=on)


def test_prices_and_payments_stay_within_the_contract(staff: User) -> None:
    row = contract(staff)
    deliverable(staff, row, price=Decimal("50000.00"))
    with pytest.raises(ContractRefusedError, match="CON-003"), transaction.atomic():
        deliverable(staff, row, price=Decimal("0.01"))
    services.add_instalment(
        actor=staff, contract_id=row.pk, wish=InstalmentWish(today(), Decimal("50000.00"), after=1)
    )
    with pytest.raises(ContractRefusedError, match="CON-004"):
        services.add_instalment(
            actor=staff, contract_id=row.pk, wish=InstalmentWish(today(), Decimal("0.01"))
        )
    with pytest.raises(InputError, match="没有这一项成果"):
        services.add_instalment(
            actor=staff, contract_id=row.pk, wish=InstalmentWish(today(), Decimal("1"), after=9)
        )
    services.remove_instalment(actor=staff, contract_id=row.pk, place=1)
    assert row.instalments.count() == 0


def test_payments_ask_what_is_due_and_ready_and_what_was_accepted(staff: User, colleague: User) -> None:
    row = contract(staff)
    part = deliverable(staff, row)
    services.add_instalment(
        actor=staff, contract_id=row.pk, wish=InstalmentWish(today(), Decimal("12500.00"), after=1)
    )
    services.add_instalment(
        actor=staff, contract_id=row.pk, wish=InstalmentWish(today() + timedelta(days=400), Decimal("1"))
    )
    year = Period.year(today().year)
    first, second = selectors.due_payments(row.project)
    assert (first.key, first.ready, first.after, first.amount) == (
        f"{row.pk}-1", False, "季度法律服务报告", Decimal("12500.00"),
    )  # fmt: skip
    assert second.ready
    assert [each.key for each in selectors.due_payments(row.project, year)] == [f"{row.pk}-1"]
    assert selectors.accepted_value(row.project, year) == 0
    step(colleague, step(staff, part, "deliver"), "accept")
    assert selectors.due_payments(row.project)[0].ready
    assert selectors.accepted_value(row.project, year) == Decimal("12500.00")
    assert selectors.accepted_value("other", year) == 0


def test_opinions_and_hours_of_counsel(staff: User) -> None:
    row = contract(staff)
    wish = OpinionWish(today(), "补贴办法合法性审查", "李律师", Decimal("2.5"))
    services.add_opinion(actor=staff, contract_id=row.pk, wish=wish)
    page = selectors.contract_page(staff, row.pk)
    assert (page.is_counsel, page.hours, len(page.opinions)) == (True, Decimal("2.5"), 1)
    with pytest.raises(InputError, match="出具的日子"):
        late = OpinionWish(today() + timedelta(days=1), "明天的", "李律师", Decimal("1"))
        services.add_opinion(actor=staff, contract_id=row.pk, wish=late)
    other = contract(staff, number="GMZX-002", tags=())
    with pytest.raises(InputError, match="标签"):
        services.add_opinion(actor=staff, contract_id=other.pk, wish=wish)


def test_ended_with_a_reason_and_then_left_alone(staff: User) -> None:
    row = contract(staff)
    part = deliverable(staff, row)
    with pytest.raises(InputError, match="理由"):
        services.end_contract(actor=staff, contract_id=row.pk, ended_on=today(), void=False, reason="")
    services.end_contract(actor=staff, contract_id=row.pk, ended_on=today(), void=False, reason="对方解散")
    for deed in (
        lambda: step(staff, part, "deliver"),
        lambda: deliverable(staff, row),
        lambda: services.change_contract(actor=staff, contract_id=row.pk, wish=contract_wish(), revision=1),
    ):
        with pytest.raises(InputError, match="终止") as refused:
            deed()
        assert refused.value.status == 409


def test_what_was_accepted_cannot_be_void(staff: User, colleague: User) -> None:
    row = contract(staff)
    step(colleague, step(staff, deliverable(staff, row), "deliver"), "accept")
    with pytest.raises(InputError, match="不能作废"):
        services.end_contract(actor=staff, contract_id=row.pk, ended_on=today(), void=True, reason="登记错了")


def test_changed_by_what_the_supplementary_agreement_says(staff: User) -> None:
    row = contract(staff)
    wish = contract_wish(amount=Decimal("60000.00"))
    services.change_contract(actor=staff, contract_id=row.pk, wish=wish, revision=0)
    assert Contract.objects.get().amount == Decimal("60000.00")
    with pytest.raises(InputError, match="刚被改过"):
        services.change_contract(actor=staff, contract_id=row.pk, wish=wish, revision=0)


def test_the_nightly_round_says_an_end_once_and_again_after_a_change(staff: User) -> None:
    ends = today() + timedelta(days=30)
    row = contract(staff, valid_to=ends)
    contract(staff, number="GMZX-002")
    assert services.remind(today=today()) == {"reminded": 1}
    assert services.remind(today=today()) == {"reminded": 0}
    wish = contract_wish(valid_to=ends - timedelta(days=1))
    services.change_contract(actor=staff, contract_id=row.pk, wish=wish, revision=0)
    assert services.remind(today=today()) == {"reminded": 1}


def test_the_auditor_reads_and_an_enterprise_does_not(staff: User, merchant: User) -> None:
    row = contract(staff)
    auditor = person(Role.AUD)
    assert selectors.contract_page(auditor, row.pk).may_edit is False
    for actor in (auditor, merchant):
        with pytest.raises(PermissionDenied):
            contract(actor, number="X")
    with pytest.raises(PermissionDenied):
        selectors.contracts(merchant)


def test_a_page_costs_the_same_however_much_hangs_on_it(
    staff: User, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    row = contract(staff)
    for place in range(4):
        deliverable(staff, row, title=f"第 {place} 季度", price=Decimal("1"))
    with django_assert_max_num_queries(10):
        assert len(selectors.contract_page(staff, row.pk).parts) == 4


def test_the_acceptance_sheet_says_who_accepted_what_and_its_price_can_be_read_back(
    staff: User, colleague: User
) -> None:
    row = contract(staff)
    part = deliverable(staff, row)
    with pytest.raises(InputError, match="还没有验收"):
        services.request_sheet(actor=staff, deliverable_id=part.pk)
    part = step(colleague, step(staff, part, "deliver"), "accept")
    asked = services.request_sheet(actor=staff, deliverable_id=part.pk)
    work_off()
    _, kept = services.hand_out_sheet(actor=staff, document_id=asked.id)
    content = read_kept(kept.sha256)
    cells = [cell.text for line in Document(io.BytesIO(content)).tables[0].rows for cell in line.cells]
    assert colleague.display_name in cells and "季度法律服务报告" in cells
    (figure,) = read_figures(content, "验收单.docx")
    assert (figure.code, figure.value, figure.unit) == ("contracts.price", "12500.00", "CNY")
    assert services.request_sheet(actor=staff, deliverable_id=part.pk).reused


def test_papers_are_kept_and_handed_out(staff: User) -> None:
    row = contract(staff)
    found = services.add_paper(actor=staff, contract_id=row.pk, content=PNG, name="合同.png")
    assert services.hand_out_paper(actor=staff, contract_id=row.pk, file_id=found.id).name == "合同.png"
    with pytest.raises(InputError, match="没有这个文件"):
        services.hand_out_paper(actor=staff, contract_id=row.pk, file_id=found.id + 1)
