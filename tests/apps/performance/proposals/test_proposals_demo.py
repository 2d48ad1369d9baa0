"""The demo's proposal of 2024's targets and its audit of 2023's: loaded once, shown to whom they concern, 2024 not begun."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from kept import kept
from measures_made import AFFAIRS, Year, targets_alone
from proposals_made import measured
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import User
from youju.performance.proposals import events, selectors
from youju.performance.proposals.demo import loading
from youju.performance.proposals.models import Audit, Proposal
from youju.performance.targets import demo
from youju.performance.targets.selectors import active_set

pytestmark = pytest.mark.django_db


@kept
def year() -> Year:
    found = targets_alone()
    # What the demo's rows come to is tested with the measures; here each reached its target and a half.
    with patch.object(loading, "measured_rows", lambda **_: measured(demo.document(), Decimal("1.5"))):
        assert loading.load()
    return found


def page_of(user: User, name: str, *args: object) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"proposals:{name}", args=args))


def test_it_is_loaded_once_and_leaves_what_stands_alone(year: Year) -> None:
    assert not loading.load()
    assert Entry.objects.filter(verb=events.LOADED.code).count() == 1
    Proposal.objects.all().update(is_demo=False)
    assert not loading.load()
    assert (Proposal.objects.count(), Audit.objects.count()) == (1, 1)
    assert active_set(year=2024) is None


def test_the_proposal_stands_on_what_was_reached_and_its_edited_rows_say_why(year: Year) -> None:
    page = selectors.proposal_page(year.officer, "JY2024")
    assert (page.row.state, page.row.is_demo, len(page.rows), page.may_edit) == ("draft", True, 108, True)
    assert [(each.by, each.at.date()) for each in page.log] == [("demo-pfo", date(2024, 1, 10))]
    wished = {(each["code"], each["row"]): each for each in loading.told("proposal")["rows"]}
    edited = {(each.row.code, each.row.row): each for each in page.rows if each.row.edited}
    assert edited.keys() == wished.keys() and len(edited) == 3
    for place, each in edited.items():
        assert (each.row.level3, each.row.raw_value, each.row.reason) == (
            wished[place]["level3"], wished[place]["raw_value"], wished[place]["reason"],
        )  # fmt: skip
        assert each.row.level3 == each.row.former_name
        assert not each.said, "nothing stops a row that was edited"
    cost = edited[AFFAIRS, 4].row
    assert (cost.baseline, cost.reached) == (Decimal("67.5"), "67.5万元")
    shown = page_of(year.officer, "proposal", "JY2024")
    assert "编制中" in shown.content.decode()
    body = page_of(year.head, "list").content.decode()
    assert "周敏 2024-01-10" in body


def test_the_audit_keeps_both_marks_and_its_opinion(year: Year) -> None:
    page = selectors.audit_page(year.finance, "SH2023-1")
    row = page.row
    assert (row.state, row.is_demo, row.concluded_on) == ("concluded", True, date(2022, 12, 15))
    own = {each.row.item: each for each in page.marks if each.row.mark is not None}
    assert own.keys() == {each["item"] for each in loading.told("audit")["marks"]}
    assert all(each.row.why and each.difference and not each.said for each in own.values())
    assert row.marked == row.total + sum(each.difference or 0 for each in own.values())
    assert (row.band, row.marked_band) == ("中", "良")
    assert [each.at.date() for each in page.log] == [date(2022, 12, 12), date(2022, 12, 15)]
    assert [each.name for each in page.papers] == ["绩效目标审核意见SH2023-1.docx"]
    body = page_of(year.finance, "audit", "SH2023-1").content.decode()
    assert row.opinion in body and "差异 +" in body
    assert page_of(year.auditor, "audits").status_code == 200
    assert page_of(User.objects.get(username="demo-mer"), "audits").status_code == 403
