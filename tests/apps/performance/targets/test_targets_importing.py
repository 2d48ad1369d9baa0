"""Imports: what they store beside what was there, and which previews are refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from targets_stored import LAWYER, imported, rows_stored, stage, with_project
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import demo, facts, models, selectors, services
from youju.performance.targets.documents import write_document
from youju.performance.targets.services.storing import content_hash, store
from youju.rules.performance.targets.codec import from_json, to_json
from youju.rules.performance.targets.facts import Project, TargetDocument

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_imported_is_what_was_read(officer: Any, document: TargetDocument, kind: Any) -> None:
    content = write_document(document, kind)
    preview = services.stage_upload(actor=officer, filename=f"表.{kind}", content=content, fiscal_year=2023)
    stored = services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
    assert to_json(facts.document(stored)) == preview.document
    assert to_json(facts.document(stored)) == to_json(document)
    assert (stored.version, stored.is_active, stored.imported_by, stored.source_name) == (
        1,
        True,
        officer,
        f"表.{kind}",
    )


def test_staging_leaves_the_stored_targets_alone(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    before = rows_stored()
    stage(officer, with_project(document, LAWYER, budget="6.00"))
    assert rows_stored() == before | {"ImportPreview": 1}


def test_the_preview_shows_each_changed_cell(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    changed = with_project(document, LAWYER, budget="6.00")
    changed = replace(changed, projects=changed.projects[:-1])
    page = selectors.preview_page(user=officer, preview_id=stage(officer, changed).pk)
    assert page is not None
    cells = [(cell.label, cell.before, cell.after) for cell in page.difference.changed[0].cells]
    assert cells == [("预算数", "5.00", "6.00")]
    assert [project.code for project in page.difference.gone] == ["13060523P00454610001B"]
    assert (len(page.difference.new), page.difference.unchanged) == (0, 10)


def test_an_import_makes_a_new_version_and_keeps_the_old(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    stored = imported(officer, with_project(document, LAWYER, budget="6.00"))
    demo_set.refresh_from_db()
    assert (stored.version, stored.is_active, demo_set.is_active) == (2, True, False)
    assert to_json(facts.document(demo_set)) == to_json(demo.document())
    assert selectors.active_set(year=2023) == stored


def test_an_import_carries_over_which_project_serves_which_subgoal(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    subgoals = document.department.subgoals
    department = replace(document.department, subgoals=(subgoals[3], subgoals[0]))
    stored = imported(officer, replace(document, department=department))
    links = facts.serves(stored)
    assert links[LAWYER] == (1,)
    assert links["13060523P00454510001M"] == (2,)
    assert "13060523P00454610001B" not in links


def test_the_same_content_makes_no_new_version(officer: Any, document: TargetDocument) -> None:
    first = imported(officer, document)
    again = stage(officer, document)
    page = selectors.preview_page(user=officer, preview_id=again.pk)
    assert page is not None
    assert page.difference.empty
    assert services.confirm_import(actor=officer, preview_id=again.pk, token=again.token) == first
    assert models.TargetSet.objects.count() == 1


def test_another_year_stands_beside(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    stored = imported(officer, document, 2024)
    assert stored.version == 1
    assert [each.fiscal_year for each in selectors.active_sets()] == [2024, 2023]


def test_the_year_is_told_from_the_codes_when_nobody_says_it(officer: Any, document: TargetDocument) -> None:
    assert stage(officer, document, None).fiscal_year == 2023


def test_the_year_of_a_preview_can_be_changed(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    preview = stage(officer, document, 2022)
    assert preview.base is None
    changed = services.change_year(actor=officer, preview_id=preview.pk, fiscal_year=2023)
    assert (changed.fiscal_year, changed.base) == (2023, demo_set)
    with pytest.raises(InputError, match="预览已经不准"):
        services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)


def test_a_stale_preview_is_refused(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    slow = stage(officer, with_project(document, LAWYER, budget="6.00"))
    imported(officer, with_project(document, LAWYER, budget="7.00"))
    before = rows_stored()
    with pytest.raises(InputError, match="预览已经不准") as refused:
        services.confirm_import(actor=officer, preview_id=slow.pk, token=slow.token)
    assert refused.value.status == 409
    assert rows_stored() == before


def test_two_first_imports_of_a_year_do_not_both_go_in(officer: Any, document: TargetDocument) -> None:
    one, two = stage(officer, document), stage(officer, with_project(document, LAWYER, budget="6.00"))
    services.confirm_import(actor=officer, preview_id=one.pk, token=one.token)
    with pytest.raises(InputError, match="预览已经不准"):
        services.confirm_import(actor=officer, preview_id=two.pk, token=two.token)


def test_a_preview_is_confirmed_once(officer: Any, document: TargetDocument) -> None:
    preview = stage(officer, document)
    services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
    with pytest.raises(InputError, match="已经确认过"):
        services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)


def test_an_expired_preview_is_gone(officer: Any, document: TargetDocument) -> None:
    preview = stage(officer, document)
    past = timezone.now() - timedelta(hours=1)
    models.ImportPreview.objects.filter(pk=preview.pk).update(
        created_at=past - timedelta(hours=1), expires_at=past
    )
    with pytest.raises(InputError, match="已失效"):
        services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
    assert selectors.preview_page(user=officer, preview_id=preview.pk) is None
    stage(officer, document)
    assert not models.ImportPreview.objects.filter(pk=preview.pk).exists()


def test_a_preview_belongs_to_who_uploaded_it(
    officer: Any, make_user: Callable[..., Any], document: TargetDocument
) -> None:
    preview = stage(officer, document)
    other = make_user("PFO", name="other")
    assert selectors.preview_page(user=other, preview_id=preview.pk) is None
    with pytest.raises(InputError, match="已失效或已放弃"):
        services.confirm_import(actor=other, preview_id=preview.pk, token=preview.token)
    services.discard_import(actor=other, preview_id=preview.pk)
    assert models.ImportPreview.objects.filter(pk=preview.pk).exists()


def test_a_discarded_preview_cannot_be_confirmed(officer: Any, document: TargetDocument) -> None:
    preview = stage(officer, document)
    services.discard_import(actor=officer, preview_id=preview.pk)
    with pytest.raises(InputError, match="已失效或已放弃"):
        services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
    assert models.TargetSet.objects.count() == 0


def forty_rows(document: TargetDocument) -> TargetDocument:
    project: Project = document.projects[0]
    rows = tuple(replace(project.indicators[n % 9], level3=f"指标 {n}") for n in range(40))
    return replace(document, projects=(replace(project, indicators=rows, goals=("1.甲", "2.乙")),))


def test_a_table_of_forty_rows_is_kept_whole(officer: Any, document: TargetDocument) -> None:
    long = from_json(to_json(forty_rows(document)))
    target_set = store(
        long, fiscal_year=2023, source_name="表", source_sha256="0" * 64, imported_by=officer, is_demo=False
    )
    assert to_json(facts.document(target_set)) == to_json(long)
    page = selectors.project_page(target_set, long.projects[0].code)
    assert page is not None
    assert sum(row.level1_span for row in page.rows) == 40


def test_other_plan_months_and_odd_numbers_come_back(officer: Any, document: TargetDocument) -> None:
    odd = with_project(
        document,
        LAWYER,
        plan={"03": None, "06": "2.5", "09": "3.000", "10": "4", "12": "5.00"},
        fiscal="4",
        other="1.0",
    )
    target_set = store(
        odd, fiscal_year=2023, source_name="表", source_sha256="0" * 64, imported_by=None, is_demo=False
    )
    assert to_json(facts.document(target_set)) == to_json(odd)
    assert target_set.content_hash == content_hash(odd)


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_once_one_goes_in(officer: Any, document: TargetDocument) -> None:
    previews = [stage(officer, with_project(document, LAWYER, budget=budget)) for budget in ("6.00", "7.00")]
    start = Barrier(2)

    def confirm(preview: models.ImportPreview) -> str:
        try:
            start.wait(10)
            services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
        except InputError as error:
            return error.what
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(confirm, previews))
    assert said == ["stored", "预览之后，已存的绩效目标又有了改动，预览已经不准"]
    assert models.TargetSet.objects.count() == 1
