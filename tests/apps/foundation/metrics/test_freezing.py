"""Freezing: value, rows and formula are kept; nobody changes them; a later difference is shown and replaces nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from trade_deals import make_deal
from trade_declared import declared
from trade_people import as_, person
from youju.foundation.audit.models import Entry
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics import selectors, services
from youju.foundation.metrics.models import FrozenFigure
from youju.trade.declarations.models import Declaration, SourceLine

pytestmark = pytest.mark.django_db
CODE, WHEN = "exports.value_cny", "2023-06"


@pytest.fixture
def released(db: None) -> list[Declaration]:
    """Declarations released in June 2023."""
    rows = declared(make_deal())
    with reaching_all():
        Declaration.objects.filter(pk__in=[row.pk for row in rows]).update(
            state="released", released_at=datetime(2023, 6, 12, 4, tzinfo=UTC)
        )
    return rows


def test_a_value_is_kept_with_its_rows_and_formula_and_is_on_the_trail(released: list[Declaration]) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN, purpose="  2023 年自评 ")
        shown = selectors.show_metric(actor=user, code=CODE, period=WHEN)
    assert kept.value == shown.answer.value == sum(row.amount_cny for row in released)
    assert (kept.row_count, kept.formula_hash, kept.purpose) == (
        shown.row_count,
        shown.metric.formula_hash,
        "2023 年自评",
    )
    assert kept.parts["sums"] == {"value": str(shown.answer.parts["value"])}
    entry = Entry.objects.filter(verb="metrics.figure.frozen").latest("pk")
    assert kept.row_hash in str(entry.after)


def test_the_same_records_compare_as_the_same(released: list[Declaration]) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN)
        assert services.compare_frozen(actor=user, figure=kept.pk).same


def test_a_later_change_is_shown_as_a_difference_and_replaces_nothing(released: list[Declaration]) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN)
        with reaching_all():
            source = SourceLine.objects.filter(line__declaration=released[0]).earliest("pk")
            SourceLine.objects.filter(pk=source.pk).update(amount_cny=source.amount_cny + Decimal("0.01"))
        found = services.compare_frozen(actor=user, figure=kept.pk)
        again = services.freeze_figure(actor=user, code=CODE, period=WHEN)
    assert [what for what, _, _ in found.told] == ["值", "行校验值"]
    assert found.value == kept.value + Decimal("0.01")
    assert FrozenFigure.objects.get(pk=kept.pk).value == kept.value
    assert again.replaces_id == kept.pk


def test_rows_that_swap_their_values_are_a_difference_though_the_sum_is_the_same(
    released: list[Declaration],
) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN)
        with reaching_all():
            first, second = SourceLine.objects.filter(line__declaration=released[0]).order_by("pk")[:2]
            SourceLine.objects.filter(pk=first.pk).update(amount_cny=first.amount_cny - 1)
            SourceLine.objects.filter(pk=second.pk).update(amount_cny=second.amount_cny + 1)
        found = services.compare_frozen(actor=user, figure=kept.pk)
    assert [what for what, _, _ in found.told] == ["行校验值"]


def test_a_changed_formula_is_a_difference(released: list[Declaration]) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN)
    old = FrozenFigure.objects.create(
        **{
            field.name: getattr(kept, field.name)
            for field in FrozenFigure._meta.fields
            if field.name not in {"id", "formula_hash"}
        },
        formula_hash="f" * 64,
    )
    with as_(person(Role.PFO, username="another")) as user:
        found = services.compare_frozen(actor=user, figure=old.pk)
    assert [what for what, _, _ in found.told] == ["公式校验值"]


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_frozen_figure(
    deed: str, released: list[Declaration]
) -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code=CODE, period=WHEN)
    rows = FrozenFigure.objects.filter(pk=kept.pk)
    with pytest.raises(DatabaseError, match="a frozen figure stays"), transaction.atomic():
        rows.update(value=1) if deed == "update" else rows.delete()
    assert rows.get().value == kept.value


def test_a_rate_over_nothing_is_frozen_with_its_reason() -> None:
    with as_(person(Role.PFO)) as user:
        kept = services.freeze_figure(actor=user, code="exports.growth_rate", period="2021")
    assert kept.value is None
    assert kept.parts["reason"] == "上年同期出口额为零，算不出增长率"


def test_who_may_not_freeze_is_refused() -> None:
    with as_(person(Role.STF)) as user, pytest.raises(PermissionDenied):
        services.freeze_figure(actor=user, code=CODE, period=WHEN)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "exports.value"}, "没有编码为“exports.value”的指标"),
        ({"period": "2023-13"}, "期间“2023-13”不对"),
        ({"period": " "}, "没有写期间"),
        ({"engine": "oracle"}, "没有名为“oracle”的引擎"),
        ({"parameters": {"project": "P1"}}, "没有参数“project”"),
        ({"purpose": "用" * 201}, "用途太长"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_in_one_sentence(
    given: dict[str, object], sentence: str
) -> None:
    asked: dict[str, object] = {"code": CODE, "period": WHEN} | given
    with as_(person(Role.PFO)) as user, pytest.raises(InputError, match=sentence):
        services.freeze_figure(actor=user, **asked)
    assert not FrozenFigure.objects.exists()
