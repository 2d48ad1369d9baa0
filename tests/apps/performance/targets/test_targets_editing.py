"""Editing a table: saved whole or not at all, kept while typing, refused when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given, settings

from generated_targets import projects
from targets_stored import LAWYER, rows_stored
from youju.foundation.audit import selectors as audit
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import facts, models, selectors, services
from youju.performance.targets.services.storing import content_hash
from youju.rules.performance.targets.typed import Typed, typed_of

pytestmark = pytest.mark.django_db


def opened(person: Any, target_set: Any, code: str = LAWYER) -> selectors.Editing:
    page = selectors.editor(user=person, target_set=target_set, code=code)
    assert page is not None
    return page


def typed_with(page: selectors.Editing, **head: str) -> Typed:
    return replace(page.typed, head={**page.typed.head, **head})


def save(person: Any, target_set: Any, typed: Typed, base: int) -> models.Project:
    return services.save_project(
        actor=person, target_set_id=target_set.pk, code=LAWYER, typed=typed, base=base
    )


def keep(person: Any, target_set: Any, typed: Typed, base: int = 0) -> services.Kept:
    return services.keep_typing(
        actor=person, target_set_id=target_set.pk, code=LAWYER, typed=typed, base=base
    )


def test_a_save_changes_the_cells_and_nothing_else(officer: Any, demo_set: Any) -> None:
    before = facts.document(demo_set)
    page = opened(officer, demo_set)
    rows = (dict(page.typed.rows[0]) | {"raw_value": "≥3次"}, *page.typed.rows[1:])
    saved = save(officer, demo_set, replace(typed_with(page, budget="6.00"), rows=rows), 0)
    demo_set.refresh_from_db()
    after = facts.document(demo_set)
    assert (saved.revision, demo_set.revision, demo_set.content_hash) == (1, 1, content_hash(after))
    assert [one for one in after.projects if one.code != LAWYER] == [
        one for one in before.projects if one.code != LAWYER
    ]
    changed = next(one for one in after.projects if one.code == LAWYER)
    assert (changed.budget, changed.indicators[0].raw_value) == ("6.00", "≥3次")
    row = demo_set.projects.get(code=LAWYER).indicators.first()
    assert (row.operator, row.number, row.unit) == ("≥", 3, "次")
    (line,) = audit.history("targets.project", f"{demo_set.pk}:{LAWYER}").lines
    assert [(each.name, each.before, each.after) for each in line.changes] == [
        (
            "第 1 行，指标值",
            next(p for p in before.projects if p.code == LAWYER).indicators[0].raw_value,
            "≥3次",
        ),
        ("项目，预算数", "5.00", "6.00"),
    ]


def test_saving_checks_anew_and_keeps_which_subgoals_are_served(officer: Any, demo_set: Any) -> None:
    links = facts.serves(demo_set)
    errors = demo_set.findings.filter(severity="error", project__code=LAWYER).count()
    save(officer, demo_set, typed_with(opened(officer, demo_set), budget=""), 0)
    assert facts.serves(demo_set) == links
    assert demo_set.findings.filter(project__code=LAWYER, field="budget").exists()
    assert demo_set.findings.filter(severity="error", project__code=LAWYER).count() >= errors


def test_saving_what_is_stored_changes_nothing(officer: Any, demo_set: Any) -> None:
    saved = save(officer, demo_set, opened(officer, demo_set).typed, 0)
    assert saved.revision == 0
    assert audit.history("targets.project", f"{demo_set.pk}:{LAWYER}").lines == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(projects(LAWYER))
def test_any_table_can_be_saved_and_comes_back(officer: Any, demo_set: Any, wanted: Any) -> None:
    page = opened(officer, demo_set)
    save(officer, demo_set, typed_of(wanted), page.project.revision)
    stored = demo_set.projects.prefetch_related("plan", "goals", "indicators").get(code=LAWYER)
    assert facts.project(stored) == wanted


def test_an_unreadable_cell_saves_nothing(officer: Any, demo_set: Any) -> None:
    before = facts.document(demo_set)
    with pytest.raises(InputError, match=r"预算数：“五万”不是金额.*还有 1 格"):
        save(officer, demo_set, typed_with(opened(officer, demo_set), budget="五万", other="x"), 0)
    assert facts.document(demo_set) == before


def test_a_stale_save_is_refused_and_nothing_is_lost(
    officer: Any, demo_set: Any, make_user: Callable[..., Any]
) -> None:
    other = make_user("PFO", name="other")
    mine, theirs = opened(officer, demo_set), opened(other, demo_set)
    save(other, demo_set, typed_with(theirs, budget="6.00"), 0)
    with pytest.raises(services.StaleSaveError) as refused:
        save(officer, demo_set, typed_with(mine, purpose="我的用途"), 0)
    assert refused.value.status == 409
    kept = keep(officer, demo_set, typed_with(mine, purpose="我的用途"))
    assert kept.stale
    page = opened(officer, demo_set)
    assert (page.stale, page.typed.head["purpose"], page.stored.head["budget"]) == (True, "我的用途", "6.00")


def test_typing_is_kept_for_each_person_and_goes_with_the_save(
    officer: Any, demo_set: Any, make_user: Callable[..., Any]
) -> None:
    other = make_user("PFO", name="other")
    page = opened(officer, demo_set)
    keep(officer, demo_set, typed_with(page, budget="6.00"))
    kept = keep(other, demo_set, typed_with(page, budget="7.00"))
    assert list(kept.others) == ["测试员"]
    assert opened(officer, demo_set).typed.head["budget"] == "6.00"
    assert opened(other, demo_set).typed.head["budget"] == "7.00"
    assert opened(make_user("PFO", name="third"), demo_set).others == ["测试员", "测试员"]
    save(officer, demo_set, typed_with(page, budget="6.00"), 0)
    assert models.EditDraft.objects.filter(user=officer).count() == 0
    assert models.EditDraft.objects.filter(user=other).count() == 1


def test_typing_back_to_what_is_stored_keeps_nothing(officer: Any, demo_set: Any) -> None:
    page = opened(officer, demo_set)
    keep(officer, demo_set, typed_with(page, budget="6.00"))
    keep(officer, demo_set, page.stored)
    assert models.EditDraft.objects.count() == 0


def test_thrown_away_typing_is_gone(officer: Any, demo_set: Any) -> None:
    keep(officer, demo_set, typed_with(opened(officer, demo_set), budget="6.00"))
    for _ in range(2):
        services.forget_typing(actor=officer, target_set_id=demo_set.pk, code=LAWYER)
    assert opened(officer, demo_set).kept_at is None


def test_no_more_than_a_form_holds_is_kept(officer: Any, demo_set: Any) -> None:
    page = opened(officer, demo_set)
    for typed in (
        typed_with(page, purpose="长" * 2001),
        typed_with(page, purpose="\0"),
        replace(page.typed, rows=page.typed.rows * 20),
        replace(page.typed, goals=("甲",) * 101),
    ):
        with pytest.raises(InputError, match="太多"):
            keep(officer, demo_set, typed)
    assert models.EditDraft.objects.count() == 0


def test_a_check_while_typing_stores_nothing_and_places_findings_by_row_of_the_form(
    officer: Any, demo_set: Any
) -> None:
    before = rows_stored()
    page = opened(officer, demo_set)
    blank = dict.fromkeys(page.typed.rows[0], "")
    broken = dict(page.typed.rows[0]) | {"raw_value": ""}
    typed = replace(typed_with(page, budget="五万"), rows=(blank, broken))
    got = services.check_typing(actor=officer, target_set_id=demo_set.pk, code=LAWYER, typed=typed)
    assert [fault.cell for fault in got.faults] == ["budget"]
    assert got.places == (2,)
    assert any(each.at["row"] == 1 for each in got.findings)
    assert rows_stored() == before


def test_the_check_while_typing_says_what_the_saved_table_will_say(officer: Any, demo_set: Any) -> None:
    typed = typed_with(opened(officer, demo_set), budget="6.00")
    got = services.check_typing(actor=officer, target_set_id=demo_set.pk, code=LAWYER, typed=typed)
    save(officer, demo_set, typed, 0)
    stored = demo_set.findings.filter(project__code=LAWYER).values_list("rule", "row", "message")
    assert sorted(stored, key=str) == sorted(
        ((each.rule, each.at["row"], each.message) for each in got.findings), key=str
    )


@pytest.mark.parametrize("role", ["FIN", "HED", "STF", "AUD", "ADM"])
def test_only_the_officer_edits(
    make_user: Callable[..., Any], demo_set: Any, officer: Any, role: str
) -> None:
    actor, typed = make_user(role), opened(officer, demo_set).typed
    where = {"actor": actor, "target_set_id": demo_set.pk, "code": LAWYER}
    calls: list[Callable[[], Any]] = [
        lambda: services.save_project(**where, typed=typed, base=0),
        lambda: services.keep_typing(**where, typed=typed, base=0),
        lambda: services.check_typing(**where, typed=typed),
        lambda: services.forget_typing(**where),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused(
    officer: Any, demo_set: Any, make_user: Callable[..., Any]
) -> None:
    people = [officer, make_user("PFO", name="second")]
    forms = [typed_with(opened(officer, demo_set), budget=budget) for budget in ("6.00", "7.00")]
    start = Barrier(2)

    def act(number: int) -> str:
        try:
            start.wait(10)
            save(people[number], demo_set, forms[number], 0)
        except services.StaleSaveError:
            return "refused"
        finally:
            connection.close()
        return forms[number].head["budget"]

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(act, (0, 1)))
    assert sorted(said)[1] == "refused"
    assert facts.as_printed(demo_set.projects.get(code=LAWYER).budget) == sorted(said)[0]
