"""Months of dispatched staff: brought in, corrected as new versions, closed by another person, opened again, reminded of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from staff_made import CONTRACT, JUNE, agreed, stored, wish
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import case, todo
from youju.office.staff import events, selectors, services
from youju.office.staff.models import Reminder, StaffLine, StaffMonth
from youju.office.staff.selectors import LineFilter
from youju.office.staff.services import StaffRefusedError
from youju.office.staff.wishes import AgreementWish

pytestmark = pytest.mark.django_db


def correct(actor: User, row: StaffLine, reason: str = "补发", **given: Any) -> StaffLine:
    return services.correct_line(
        actor=actor, line_id=row.pk, wish=given, version=row.version, reason=reason
    ).line


def close(actor: User, month: date = JUNE) -> StaffMonth:
    return services.take_month_step(actor=actor, month=month, step="close")


def reopen(actor: User, reason: str = "少了一人") -> StaffMonth:
    return services.take_month_step(actor=actor, month=JUNE, step="reopen", reason=reason)


def test_a_file_is_the_whole_of_its_months(staff: User) -> None:
    stored(staff, wish(), wish("PQ-002"), wish("PQ-003"))
    made = services.store_batch(
        actor=staff, batch="b-2", wishes=[wish(), wish("PQ-002", position="驾驶"), wish("PQ-004")]
    )
    assert made == {"months": 1, "new": 1, "changed": 1, "unchanged": 1, "gone": 1}
    now = {row.person: (row.version, row.batch) for row in StaffLine.objects.filter(current=True)}
    assert now == {"PQ-001": (1, "b-1"), "PQ-002": (2, "b-2"), "PQ-004": (1, "b-2")}
    assert StaffLine.objects.filter(current=False).count() == 2
    back = stored(staff, wish("PQ-003"), batch="b-3")
    assert [row.version for row in back] == [2]  # who was left out comes again as a new version
    assert case(events.month_subject(JUNE)).state == "imported"  # type: ignore[union-attr]


def test_a_correction_is_a_new_version_and_the_old_one_stays(staff: User) -> None:
    row = stored(staff, wish(paid=Decimal("6000.00")))[0]
    new = correct(staff, row, "派遣单位补发", paid=Decimal("6300.00"))
    row.refresh_from_db()
    assert (row.current, new.current, new.version) == (False, True, 2)
    assert (row.paid, new.paid) == (Decimal("6000.00"), Decimal("6300.00"))
    page = selectors.line_page(staff, row.pk)
    assert [each.version for each in page.versions] == [2, 1] and page.current == new
    entry = history(events.line_subject(new).kind, str(new.pk)).lines[0]
    assert entry.reason == "派遣单位补发"
    with pytest.raises(InputError, match="刚被更正过"):
        correct(staff, row, paid=Decimal("1.00"))


def test_a_correction_needs_a_reason_a_change_and_the_rules(staff: User) -> None:
    row = stored(staff, wish())[0]
    with pytest.raises(InputError, match="须写明理由"):
        correct(staff, row, " ", paid=Decimal("6000.00"))
    with pytest.raises(InputError, match="没有改动"):
        correct(staff, row)
    with pytest.raises(StaffRefusedError, match=r"实发 6300\.01") as refused:
        correct(staff, row, paid=Decimal("6300.01"))
    assert [each.rule for each in refused.value.findings] == ["STM-002"]
    assert StaffLine.objects.count() == 1


def test_another_person_closes_and_a_closed_month_is_not_touched(
    staff: User, colleague: User, finance: User
) -> None:
    both = colleague  # imports, and may not close
    row = stored(finance)[0]
    with pytest.raises(InputError, match="不能由您关闭"):
        close(finance)
    with pytest.raises(PermissionDenied):
        close(both)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffMonth.objects.update(state="closed", closed_by=finance.username, closed_on=JUNE)
    from trade_people import person
    from youju.foundation.identity.roles import Role

    head = person(Role.HED)
    sheet = close(head)
    assert (sheet.state, sheet.closed_by) == ("closed", head.username)
    for deed in (
        lambda: services.store_batch(actor=staff, batch="b-2", wishes=[wish()]),
        lambda: correct(staff, row, paid=Decimal("1.00")),
        lambda: services.remove_batch(batch="b-1"),
    ):
        with pytest.raises(InputError, match="已经关闭"):
            deed()
    with pytest.raises(InputError, match="理由"):
        reopen(head, "")
    assert reopen(head).reopened == 1
    assert correct(staff, row, paid=Decimal("6000.00")).version == 2
    assert StaffMonth.objects.get().state == "imported"


def test_who_corrected_does_not_close_but_after_a_reopening_nobody_is_barred_for_the_past(
    staff: User, finance: User
) -> None:
    row = stored(staff)[0]
    correct(finance, row, paid=Decimal("6000.00"))
    with pytest.raises(PermissionDenied, match="不同的人"):
        close(finance)
    from trade_people import person
    from youju.foundation.identity.roles import Role

    head = person(Role.HED)
    close(head)
    reopen(head)
    services.take_month_step(actor=staff, month=JUNE, step="keep")
    assert close(finance).state == "closed"


def test_the_month_waits_for_those_who_close(staff: User, finance: User) -> None:
    stored(staff)
    assert [each.subject.key for each in todo(finance)] == ["2023-06"] and todo(staff) == []


def test_a_batch_goes_back_and_what_it_stood_for_comes_again(staff: User) -> None:
    stored(staff, wish(), wish("PQ-002"))
    stored(staff, wish(position="驾驶"), batch="b-2")
    assert services.remove_batch(batch="b-2") == 1
    assert {row.person: row.position for row in StaffLine.objects.filter(current=True)} == {
        "PQ-001": "综合窗口", "PQ-002": "综合窗口",
    }  # fmt: skip
    assert services.remove_batch(batch="b-1") == 2
    assert StaffMonth.objects.get().state == "awaited" and not StaffLine.objects.filter(current=True).exists()
    assert stored(staff)[0].version == 3  # no version number is used twice


def test_a_batch_that_was_worked_on_does_not_go_back(staff: User) -> None:
    row = stored(staff)[0]
    stored(staff, wish(), wish("PQ-002"), wish("PQ-003"), batch="b-2")
    with pytest.raises(InputError, match="后来又重新导入"):
        services.remove_batch(batch="b-1")
    services.remove_batch(batch="b-2")
    correct(staff, row, paid=Decimal("6000.00"))
    with pytest.raises(InputError, match="后来又更正"):
        services.remove_batch(batch="b-1")


def test_months_that_are_late_and_wages_that_are_not_paid_are_said_once(staff: User) -> None:
    agreed(staff, valid_from=date(2023, 6, 1), valid_to=date(2023, 8, 31))
    stored(staff, wish(paid=Decimal("6000.00")), wish("PQ-002"))
    assert services.remind(today=date(2023, 6, 18)) == {"months": 0, "opened": 0, "wages": 0}
    assert services.remind(today=date(2023, 6, 19))["wages"] == 1
    assert services.remind(today=date(2023, 8, 10)) == {"months": 0, "opened": 0, "wages": 0}
    assert services.remind(today=date(2023, 8, 11)) == {"months": 1, "opened": 1, "wages": 0}
    assert services.remind(today=date(2023, 8, 12)) == {"months": 0, "opened": 0, "wages": 0}
    assert [each.rule for each in Reminder.objects.order_by("pk")] == ["STM-009", "STM-010"]
    assert [each.subject.key for each in todo(staff)] == ["2023-07"]
    assert [f"{month:%m}" for month in selectors.missing_months(date(2023, 9, 1))] == ["07", "08"]


def test_without_a_contract_only_the_gaps_are_missing(staff: User) -> None:
    assert selectors.missing_months(date(2023, 9, 1)) == []
    stored(staff, wish(month=date(2023, 3, 1)), wish())
    assert [month.month for month in selectors.missing_months(date(2023, 9, 1))] == [4, 5]


def test_agreements_are_registered_and_put_right(staff: User) -> None:
    row = agreed(staff)
    with pytest.raises(InputError, match="已经登记"):
        agreed(staff)
    with pytest.raises(InputError, match="早于"):
        agreed(staff, contract="X", valid_to=date(2022, 1, 1))
    asked = AgreementWish(CONTRACT, row.agency, 3, row.valid_from, row.valid_to)
    services.register_agreement(actor=staff, wish=asked, agreement_id=row.pk, revision=0)
    with pytest.raises(InputError, match="刚被改过"):
        services.register_agreement(actor=staff, wish=asked, agreement_id=row.pk, revision=0)
    stored(staff)
    found = selectors.month_page(staff, JUNE).findings
    assert [each.rule for each in found] == ["STM-005"]


def test_the_year_at_a_glance_and_its_queries(staff: User) -> None:
    agreed(staff)
    stored(staff, *[wish(month=date(2023, number, 1)) for number in range(1, 12)])
    page = selectors.overview(staff, 2023)
    assert (page.least, [month.month for month in page.missing]) == (None, [12])
    with CaptureQueriesContext(connection) as few:
        selectors.overview(staff, 2023)
    more = [wish(f"PQ-{number:03}", date(2023, 12, 1)) for number in range(60)]
    stored(staff, *more, batch="b-2")
    with CaptureQueriesContext(connection) as many:
        page = selectors.overview(staff)
    assert len(many) == len(few) <= 8
    assert (page.year, page.least, page.months[11].count) == (2023, 1, 60)
    assert page.paid == page.due == 71 * Decimal("6300.00")


def test_lines_are_found(staff: User, merchant: User) -> None:
    stored(
        staff,
        wish(),
        wish("PQ-002", section="WM", paid=Decimal("1.00")),
        wish("PQ-003", on_payroll=False, paid_on=date(2023, 6, 20)),
        wish("PQ-004", month=date(2023, 5, 1), project="P2"),
    )

    def found(**given: Any) -> list[str]:
        return sorted(row.person for row in selectors.lines(staff, LineFilter(**given)))

    assert found(month=JUNE) == ["PQ-001", "PQ-002", "PQ-003"]
    assert found(section="WM") == found(only="unpaid") == found(text="PQ-002") == ["PQ-002"]
    assert found(only="late") == found(only="off") == ["PQ-003"]
    assert found(project="P2") == found(year=2023, month=date(2023, 5, 31)) == ["PQ-004"]
    assert found(only="corrected") == found(text="\0x") == found(contract="none") == []
    for read in (selectors.lines, selectors.overview, selectors.agreements):
        with pytest.raises(PermissionDenied):
            read(merchant)


def test_the_database_keeps_to_one_current_version(staff: User) -> None:
    row = stored(staff)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffLine.objects.create(
            sheet=row.sheet, month=row.month, person=row.person, position="x", section="ZH", contract="C", agency="A",
            due_on=row.due_on, due=1, version=2, created_by="x",
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffLine.objects.filter(pk=row.pk).update(paid=row.due + 1)


def test_the_order_of_the_list_walks_an_index(staff: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        rows = selectors.lines(staff).order_by("-month", "pk")[:25]
        assert "staff_line_latest" in rows.explain() and "Sort" not in rows.explain()
