"""The demo's assets: loaded once, what is planted is there, figures agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.identity import demo as people
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.context import reaching_all
from youju.foundation.workflow.selectors import todo
from youju.funds.assets import selectors
from youju.funds.assets.demo import loading
from youju.funds.assets.models import Asset, Charge, Disposal, Item, Move, Run, Stocktake
from youju.funds.payments.demo import loading as payments
from youju.funds.projects.services import take_up_targets
from youju.performance.targets import demo as targets
from youju.performance.targets.services.funding import items_of
from youju.rules.funds.assets.depreciation import accumulated


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction

    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        take_up_targets(year=2023, items=items_of(targets.document(), 2023), is_demo=True)
        assert not loading.load(), "without the payments nothing is loaded"
        assert payments.load() and loading.load()
        assert not loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def auditor() -> Any:
    return user_named("demo-aud")


def test_as_many_as_an_office_has() -> None:
    assert 150 <= Asset.objects.count() <= 300
    assert {row.category[:3] for row in Asset.objects.all()} == {"A01", "A02", "A03", "A04", "A05"}


def test_depreciation_is_what_the_rule_says_and_figures_agree() -> None:
    assert Run.objects.count() == 13
    for row in Asset.objects.exclude(state="disposed"):
        assert row.depreciated == accumulated(row.cost, row.months, row.acquired_on, loading.LAST_RUN), row
    found = selectors.overview(auditor())
    assert found.agrees
    assert found.total.net > 0
    left = Asset.objects.filter(state="disposed").first()
    assert left is not None
    assert not Charge.objects.filter(asset=left, month__gte=left.disposed_on.replace(day=1)).exists()


def test_what_is_planted_is_there() -> None:
    round_ = Stocktake.objects.get()
    assert round_.state == "settling"
    missing = Item.objects.get(stocktake=round_, result="missing")
    assert missing.asset is not None and missing.asset.name == "空调" and not missing.decision
    assert Item.objects.filter(result="surplus").count() == 1
    assert Item.objects.filter(result="misplaced").count() == 2
    assert Item.objects.exclude(conflict="").count() == 1
    assert selectors.assets(auditor(), selectors.AssetFilter(only="missing")).get() == missing.asset
    assert sorted(Move.objects.values_list("state", flat=True)) == ["accepted", "offered"]
    assert sorted(Disposal.objects.values_list("state", flat=True)) == ["done", "done", "reviewed"]
    assert selectors.assets(auditor(), selectors.AssetFilter(only="unkept")).count() == 2


def test_the_reconciliation_shows_what_nobody_registered() -> None:
    lines, total = selectors.reconciliation(auditor(), 2023)
    assert {line.project: line.open for line in lines} == {
        "13060523P004544100010": Decimal("0.00"),
        "13060523P00454610001B": Decimal("54000.00"),
    }
    assert total.open == Decimal("54000.00")


def test_each_finds_what_waits_for_them() -> None:
    def kinds(name: str) -> set[str]:
        user = user_named(name)
        assert user is not None
        return {each.subject.kind for each in todo(user) if each.subject.kind.startswith("assets.")}

    assert kinds("demo-hed") == {"assets.disposal", "assets.stocktake"}
    assert kinds("demo-stf2") == {"assets.move"}
    assert kinds("demo-aud") == set()
