"""Projects made of published targets on demand: by whom, of which years, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from funds_made import Staff, staff
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.kernel.errors import InputError
from youju.funds.projects import services
from youju.funds.projects.facts import TargetItem
from youju.funds.projects.models import Ledger, Project
from youju.funds.projects.services import Approved, taking
from youju.rules.funds.projects.lifecycle import PROJECT_KIND

pytestmark = pytest.mark.django_db
MONEY = Decimal("1000.00")


def item(code: str) -> TargetItem:
    plan = dict.fromkeys(("03", "06", "10", "12"), MONEY)
    return TargetItem(
        code=code,
        name=f"项目{code}",
        purpose="用途",
        fiscal=MONEY,
        other=None,
        budget=MONEY,
        plan=plan,
        order=1,
    )


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Staff:
    """Of 2025 two tables are published."""
    found = {2025: Approved([item("A-2025"), item("B-2025")], "targets.set:7")}
    monkeypatch.setattr(taking, "_sources", {"targets": (found.get, lambda: list(found))})
    return staff()


def test_each_table_becomes_a_project_once_and_stands_on_the_trail(team: Staff) -> None:
    with as_(team.finance) as user:
        assert services.take_up_year(actor=user, year=2025) == (2, 0)
        assert services.take_up_year(actor=user, year=2025) == (0, 2)
    row = Project.objects.get(code="A-2025")
    assert Ledger.objects.get(project=row).budget == MONEY
    line = history(PROJECT_KIND, str(row.pk)).lines[0]
    assert "按批准的绩效目标" in str(line)
    assert row.created_by == team.finance.username


def test_only_finance_and_only_what_is_published(team: Staff) -> None:
    for who in (team.asks, team.head, team.officer, team.auditor):
        with as_(who), pytest.raises(PermissionDenied):
            services.take_up_year(actor=who, year=2025)
    with as_(team.finance) as user, pytest.raises(InputError, match="2024 年没有已公开的绩效目标") as refused:
        services.take_up_year(actor=user, year=2024)
    assert refused.value.status == 409
    assert not Project.objects.exists()


def test_the_page_offers_the_years_and_tells_what_was_made(team: Staff, client: Client) -> None:
    client.force_login(team.finance)
    page = client.get("/projects/").content.decode()
    assert "按目标建立项目" in page and '<option value="2025">' in page
    told = client.post("/projects/take-up/", {"year": "2025"}, follow=True).content.decode()
    assert "按 2025 年绩效目标建立了 2 个资金项目。" in told
    again = client.post("/projects/take-up/", {"year": "2025"}, follow=True).content.decode()
    assert "都已有资金项目，没有新建" in again
    wrong = client.post("/projects/take-up/", {"year": "x"}, follow=True)
    assert wrong.status_code == 200 and Project.objects.count() == 2
    client.force_login(team.asks)
    assert "按目标建立项目" not in client.get("/projects/").content.decode()
    assert client.post("/projects/take-up/", {"year": "2025"}).status_code == 403
