"""What the tables themselves refuse, and that numbers keep the decimals that were printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from youju.performance.targets import models

pytestmark = pytest.mark.django_db
HASH = "0" * 64


def a_set(**changes: Any) -> models.TargetSet:
    values: dict[str, Any] = {
        "fiscal_year": 2023,
        "unit_key": "304001",
        "money_unit": "万元",
        "schema": "hebei-2020",
        "source_name": "甲.docx",
        "source_sha256": HASH,
        "content_hash": HASH,
        "version": 1,
    }
    return models.TargetSet.objects.create(**(values | changes))


@pytest.mark.parametrize(
    "printed", ["5.00", "5", "5.0", "0.00", "2945.25", "1000000000000.123456789", "-3.10", "0"]
)
def test_a_number_comes_back_as_it_was_printed(printed: str) -> None:
    project = models.Project.objects.create(target_set=a_set(), order=1, code="A", budget=Decimal(printed))
    project.refresh_from_db()
    assert format(project.budget, "f") == printed


def test_a_blank_amount_is_no_zero() -> None:
    project = models.Project.objects.create(target_set=a_set(), order=1, code="A", budget=None)
    project.refresh_from_db()
    assert project.budget is None


def test_only_one_version_of_a_unit_and_year_is_active() -> None:
    a_set()
    with pytest.raises(IntegrityError, match="targets_one_active_set"):
        a_set(version=2)


def test_inactive_versions_stand_beside_the_active_one() -> None:
    a_set(is_active=False, state="dropped")
    a_set(version=2)
    assert models.TargetSet.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"fiscal_year": 1999}, "targets_set_year"),
        ({"version": 0}, "targets_set_version_from_one"),
        ({"source_sha256": "G" * 64}, "targets_set_hashes"),
        ({"money_unit": ""}, "targets_set_units"),
    ],
)
def test_a_set_that_cannot_be_is_refused(changes: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        a_set(**changes)


def test_a_code_stands_once_in_a_set() -> None:
    target_set = a_set()
    models.Project.objects.create(target_set=target_set, order=1, code="A")
    with pytest.raises(IntegrityError, match="targets_project_code"):
        models.Project.objects.create(target_set=target_set, order=2, code="A")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"kind": "maybe"}, "targets_indicator_kind"),
        ({"kind": "quantitative", "operator": "~"}, "targets_indicator_operator"),
        ({"kind": "qualitative", "number": Decimal(1)}, "targets_indicator_only_quantities_have_parts"),
        ({"kind": "deadline", "order": 0}, "targets_indicator_order_from_one"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(changes: dict[str, Any], constraint: str) -> None:
    project = models.Project.objects.create(target_set=a_set(), order=1, code="A")
    with transaction.atomic(), pytest.raises(IntegrityError, match=constraint):
        models.Indicator.objects.create(**({"project": project, "order": 1} | changes))


def test_a_finding_with_a_row_needs_its_project() -> None:
    target_set = a_set()
    with pytest.raises(IntegrityError, match="targets_finding_row_of_project"):
        models.Finding.objects.create(
            target_set=target_set,
            order=1,
            rule="TGT-001",
            severity="error",
            row=1,
            message="x",
            as_of="2023-01-01",
            policy_hash=HASH,
        )


@pytest.mark.parametrize("month", ["00", "13", "3"])
def test_a_plan_month_is_a_month(month: str) -> None:
    project = models.Project.objects.create(target_set=a_set(), order=1, code="A")
    with pytest.raises(IntegrityError, match="targets_plan_month"):
        models.PlanPoint.objects.create(project=project, month=month)
