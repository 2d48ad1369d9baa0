"""A person's month and a month as the rules STM-… look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from youju.office.staff.models import Agreement
from youju.rules.office.staff.facts import LineFacts, Moment

if TYPE_CHECKING:
    from youju.office.staff.models import StaffLine
    from youju.office.staff.wishes import LineWish

Terms = Mapping[str, tuple[date, date]]


def terms_of(contracts: Iterable[str]) -> Terms:
    """First and last day of each contract that is registered. One query."""
    rows = Agreement.objects.filter(contract__in=set(contracts))
    return {row.contract: (row.valid_from, row.valid_to) for row in rows}


def positions_of(contracts: Iterable[str]) -> Mapping[str, int]:
    """How many positions each registered contract fills. One query."""
    rows = Agreement.objects.filter(contract__in=set(contracts))
    return {row.contract: row.positions for row in rows}


def line_facts(  # noqa: PLR0917 - what a person's month is seen with
    row: StaffLine | LineWish,
    moment: Moment,
    day: date,
    terms: Terms,
    same: int = 1,
    sections: tuple[str, ...] = (),
) -> LineFacts:
    """A person's month, stored or only wished for."""
    return LineFacts(
        moment=moment,
        day=day,
        month=row.month,
        person=row.person,
        section=row.section,
        contract=row.contract,
        due_on=row.due_on,
        due=row.due,
        paid=row.paid,
        paid_on=row.paid_on,
        on_payroll=row.on_payroll,
        same=same,
        sections=sections or (row.section,),
        term=terms.get(row.contract),
    )
