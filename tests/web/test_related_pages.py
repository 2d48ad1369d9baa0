"""From a record's page to what the rooms above have of it: from the targets to the values, from a declaration to its money."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from measures_made import TRADE, targets_alone
from settlement_made import make_ledger
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    """What a loader would reach; each request reaches what its user does."""
    with reaching_all():
        yield


def page(user: User, name: str, *args: object, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_project_s_targets_open_its_values_money_and_scores() -> None:
    year = targets_alone()
    shown = page(year.officer, "targets:project", TRADE)
    values = reverse("measures:project", args=[2023, TRADE])
    assert f'href="{values}"' in shown and f"{reverse('projects:projects')}?text={TRADE}" in shown
    assert f"{reverse('evaluation:list')}?q={TRADE}" in shown
    back = page(year.officer, "measures:project", 2023, TRADE)
    assert f"{reverse('targets:project', args=[TRADE])}?year=2023" in back and f'href="{values}"' not in back


def test_a_released_declaration_opens_its_ledger_and_its_exemptions() -> None:
    ledger = make_ledger(1200, 800)
    shown = page(ledger.deal.merchant, "declarations:declaration", ledger.key)
    assert f'href="{reverse("settlement:ledger", args=[ledger.key])}"' in shown
    assert f"{reverse('exemptions:board')}?text={ledger.key.rpartition('-')[0]}" in shown
    broker = page(person(Role.AUD, "AUD-RELATED"), "declarations:declaration", ledger.key)
    assert reverse("settlement:ledger", args=[ledger.key]) in broker


def test_a_merchant_s_page_opens_its_money_and_its_connections() -> None:
    ledger = make_ledger(1200)
    merchant = Party.objects.get(number="M1")
    shown = page(person(Role.HED, "HED-RELATED"), "parties:party", merchant.pk)
    assert reverse("settlement:lots") + "?text=" in shown and reverse("risk:graph", args=["M1"]) in shown
    own = page(ledger.deal.merchant, "parties:party", merchant.pk)
    assert reverse("risk:graph", args=["M1"]) not in own


def test_home_tells_how_far_the_year_has_come() -> None:
    year = targets_alone()
    assert f'hx-get="{reverse("portal:achieved")}"' in page(year.head, "portal:home")
    told = page(year.head, "portal:achieved")
    assert "2023 年做到多少" in told and told.count("<tr>") == 13
    assert reverse("measures:project", args=[2023, TRADE]) in told
    assert "hx-get" not in page(person(Role.MER, "MER-RELATED"), "portal:home")


def test_home_without_targets_says_what_is_missing() -> None:
    assert "导入并批准绩效目标后" in page(person(Role.PFO, "PFO-RELATED"), "portal:achieved")
