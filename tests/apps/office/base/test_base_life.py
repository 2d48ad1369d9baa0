"""Records of the base: registered, put right, repealed; platform projects on their way; sheets in and out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import trade_made_goods
from base_made import USUAL, made, proof, step, wish
from office_made import PNG, today
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.declaring import find
from youju.foundation.imports.services import undo
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.base import selectors, services
from youju.office.base.models import MODELS, Document, Milestone, Platform
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors import STATES, RecordFilter
from youju.office.base.services import BaseRefusedError
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS

pytestmark = pytest.mark.django_db
OLD, NEW = "白商〔2020〕6号", "白商〔2023〕5号"


@pytest.mark.parametrize("register", REGISTERS)
def test_a_record_is_registered_put_right_and_told_on_the_trail(staff: User, register: str) -> None:
    row = made(staff, register)
    changed = services.register_record(
        actor=staff, register=register, wish=wish(register, title="改过的名称"), record_id=row.pk, revision=0
    )
    assert changed.findings == [] and (changed.row.title, changed.row.revision) == ("改过的名称", 1)
    deeds = [line.deed for line in history(REGISTERS[register].subject_kind, str(row.pk)).lines]
    assert "登记了" in deeds and "修改了" in deeds
    page = selectors.record_page(staff, register, row.pk)
    assert page.findings == () and page.timeline and page.kind_label in REGISTERS[register].kinds.values()
    with pytest.raises(InputError, match="刚被改过"):
        services.register_record(
            actor=staff, register=register, wish=wish(register), record_id=row.pk, revision=0
        )
    with pytest.raises(BaseRefusedError, match="已有编号"):
        made(staff, register)


@pytest.mark.parametrize("register", REGISTERS)
def test_what_is_required_too_long_or_unknown_is_refused(staff: User, register: str) -> None:
    first = REGISTERS[register].order
    for given in ({"number": " "}, {"title": "长" * 201}, {"kind": "none"}, {first: None}):
        with pytest.raises(InputError) as refused:
            made(staff, register, **given)
        assert refused.value.where and refused.value.how
    assert not MODELS[register]._default_manager.exists()


@pytest.mark.parametrize(
    ("register", "given", "rule"),
    [
        (DOCUMENTS, {"valid_to": -95}, "BAS-002"),
        (DOCUMENTS, {"issued_on": 1}, "BAS-010"),
        (PATENTS, {"granted_on": -401}, "BAS-004"),
        (BRANDS, {"valid_to": -901}, "BAS-002"),
        (STANDARDS, {"effective_on": -51}, "BAS-002"),
        (PLATFORMS, {"due_on": -61}, "BAS-002"),
    ],
)
def test_the_rules_stop_what_cannot_be(staff: User, register: str, given: dict[str, int], rule: str) -> None:
    with pytest.raises(BaseRefusedError) as refused:
        made(staff, register, **given)
    assert [each.rule for each in refused.value.findings] == [rule]


def test_a_document_repeals_another_whichever_came_first(staff: User) -> None:
    old = made(staff, DOCUMENTS, number=OLD, valid_to=None)
    new = made(staff, DOCUMENTS, number=NEW, repeals=[OLD], valid_from=-10)
    old.refresh_from_db()
    assert (old.repealed_by, old.repealed_on) == (NEW, new.valid_from)
    page = selectors.record_page(staff, DOCUMENTS, old.pk)
    assert page.state == "repealed" and [each.rule for each in page.findings] == ["BAS-003"]
    assert page.repealed_by is not None and page.repealed_by.key == str(new.pk)
    later = made(staff, DOCUMENTS, number="白商〔2023〕9号", repeals=["白商〔2019〕1号"])
    assert [each.rule for each in selectors.record_page(staff, DOCUMENTS, later.pk).findings] == ["BAS-011"]
    first = made(staff, DOCUMENTS, number="白商〔2019〕1号")
    assert first.repealed_by == later.number
    # Put right: it repeals nothing after all, and has another number.
    asked = wish(DOCUMENTS, number="白商〔2023〕6号", valid_from=-10)
    services.register_record(actor=staff, register=DOCUMENTS, wish=asked, record_id=new.pk, revision=0)
    old.refresh_from_db()
    assert (old.repealed_by, old.repealed_on) == ("", None)


def test_states_of_python_and_of_the_database_agree(staff: User) -> None:
    given: dict[str, list[dict[str, Any]]] = {
        DOCUMENTS: [{}, {"valid_from": 5}, {"valid_to": -1}, {"valid_to": 0}, {"repeals": ["n0"]}, {"valid_to": None}],
        PATENTS: [{}, {"granted_on": None}, {"granted_on": 0}],
        BRANDS: [{}, {"valid_to": -1}, {"valid_to": None}, {"valid_to": 0}],
        STANDARDS: [{}, {"effective_on": 3}, {"effective_on": None}, {"abolished_on": -1}, {"abolished_on": 5}],
        PLATFORMS: [{}, {}],
    }  # fmt: skip
    for register, rows in given.items():
        for number, each in enumerate(rows):
            made(staff, register, number=f"n{number}", **each)
        for state in STATES[register]:
            found = set(selectors.records(staff, register, RecordFilter(state=state)))
            everyone = selectors.records(staff, register)
            told = {row for row in everyone if selectors.standing(register, row, today()) == state}
            assert found == told, (register, state)
        assert not selectors.records(staff, register, RecordFilter(state="none"))
    assert set(selectors.in_force(staff, today())) == {
        row for row in Document.objects.all() if selectors.standing(DOCUMENTS, row, today()) == "in_force"
    }


def test_a_platform_project_from_plan_to_acceptance(staff: User, colleague: User) -> None:
    row = made(staff, PLATFORMS)
    step(staff, row, "begin")
    for title in ("设备到位", "对外服务"):
        services.add_milestone(actor=staff, record_id=row.pk, title=title, due_on=today())
    with pytest.raises(BaseRefusedError, match="设备到位、对外服务"):
        step(staff, row, "deliver")
    services.finish_milestone(actor=staff, record_id=row.pk, place=1, done_on=today())
    services.finish_milestone(actor=staff, record_id=row.pk, place=2, done_on=None)
    assert [each.title for each in Milestone.objects.all()] == ["设备到位"]
    step(staff, row, "deliver")
    assert [each.subject.key for each in todo(colleague)] == [str(row.pk)]
    with pytest.raises(BaseRefusedError, match="没有证明"):
        step(colleague, row, "accept")
    proof(staff, row)
    with pytest.raises(BaseRefusedError, match="不能由您验收"):
        step(staff, row, "accept")
    with pytest.raises(InputError, match="理由"):
        step(colleague, row, "refuse")
    refused = step(colleague, row, "refuse", "名单对不上")
    assert (refused.state, refused.refusals, refused.refused_why) == ("refused", 1, "名单对不上")
    step(staff, row, "deliver")
    accepted = step(colleague, row, "accept")
    assert (accepted.state, accepted.accepted_by) == ("accepted", colleague.username)
    page = selectors.record_page(colleague, PLATFORMS, row.pk)
    assert [event.text for event in page.timeline if not event.ahead][-2:] == ["提交验收", "验收通过"]
    for deed in (
        lambda: services.register_record(
            actor=staff, register=PLATFORMS, wish={}, record_id=row.pk, revision=0
        ),
        lambda: services.add_milestone(actor=staff, record_id=row.pk, title="再来", due_on=today()),
        lambda: proof(staff, row),
    ):
        with pytest.raises(InputError) as late:
            deed()
        assert late.value.status == 409


def test_milestones_lie_within_the_project(staff: User) -> None:
    row = made(staff, PLATFORMS)
    for title, days in (("", 0), ("早", -61), ("晚", 31)):
        with pytest.raises(InputError):
            services.add_milestone(
                actor=staff, record_id=row.pk, title=title, due_on=today() + timedelta(days=days)
            )
    services.add_milestone(actor=staff, record_id=row.pk, title="设备", due_on=row.due_on)
    with pytest.raises(InputError, match="完成的日子不对"):
        services.finish_milestone(actor=staff, record_id=row.pk, place=1, done_on=today() + timedelta(days=1))
    with pytest.raises(InputError, match="没有这个节点"):
        services.finish_milestone(actor=staff, record_id=row.pk, place=9, done_on=today())


def test_the_database_keeps_two_people_apart(staff: User) -> None:
    row = made(staff, PLATFORMS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Platform.objects.filter(pk=row.pk).update(
            state="accepted", delivered_on=today(), delivered_by="a", accepted_on=today(), accepted_by="a"
        )


def test_late_projects_are_said_once_and_anew_after_a_change(staff: User) -> None:
    row = made(staff, PLATFORMS, starts_on=-60, due_on=-11)
    assert services.remind(today=today() - timedelta(days=1)) == {"reminded": 0}
    assert services.remind(today=today()) == {"reminded": 1}
    assert services.remind(today=today()) == {"reminded": 0}
    asked = wish(PLATFORMS, due_on=-12)
    services.register_record(actor=staff, register=PLATFORMS, wish=asked, record_id=row.pk, revision=0)
    assert services.remind(today=today()) == {"reminded": 1}


def test_files_stay_with_their_record(staff: User, merchant: User) -> None:
    row = made(staff, DOCUMENTS)
    kept = services.add_paper(
        actor=staff, register=DOCUMENTS, record_id=row.pk, content=PNG, name="正文.png", evidence=True
    )
    page = selectors.record_page(staff, DOCUMENTS, row.pk)
    assert [each.name for each in page.papers] == ["正文.png"] and page.evidence == ()
    other = made(staff, DOCUMENTS, number=OLD)
    with pytest.raises(InputError, match="没有这个文件"):
        services.hand_out_paper(actor=staff, register=DOCUMENTS, record_id=other.pk, file_id=kept.id)
    with pytest.raises(PermissionDenied):
        services.hand_out_paper(actor=merchant, register=DOCUMENTS, record_id=row.pk, file_id=kept.id)


def test_who_may_what(staff: User, finance: User, merchant: User) -> None:
    row = made(staff, PLATFORMS)
    with pytest.raises(PermissionDenied):
        made(finance, BRANDS)
    with pytest.raises(PermissionDenied):
        step(finance, row, "begin")
    for read in (selectors.overview, lambda who: selectors.records(who, PATENTS)):
        with pytest.raises(PermissionDenied):
            read(merchant)
    with pytest.raises(InputError, match="没有这种记录"):
        selectors.records(staff, "none")
    with pytest.raises(InputError, match="没有这条专利"):
        selectors.record_of(staff, PATENTS, 2**70)


def test_the_base_at_a_glance_and_its_queries(staff: User) -> None:
    assert selectors.overview(staff).years[0].applied == 0
    made(staff, PATENTS)
    with CaptureQueriesContext(connection) as few:
        selectors.overview(staff)
    for number in range(20):
        made(staff, BRANDS, number=f"b{number}")
    with CaptureQueriesContext(connection) as many:
        page = selectors.overview(staff)
    assert len(many) == len(few) <= 12
    assert (page.patents, page.brands, sum(line.brands for line in page.years)) == (1, 20, 20)


@pytest.mark.parametrize("register", REGISTERS)
def test_the_order_of_each_list_walks_its_index(staff: User, register: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        rows = selectors.records(staff, register).order_by(f"-{REGISTERS[register].order}", "pk")[:25]
        assert "_latest" in rows.explain() and "Sort" not in rows.explain()


def bring(user: User, register: str, *rows: dict[str, Any], name: str = "表.xlsx") -> Any:
    importer = find(f"base.{register}")
    assert importer is not None
    cells = [[_cell(row.get(column.code)) for column in importer.columns] for row in rows]
    content = trade_made_goods.workbook([column.heading for column in importer.columns], *cells)
    batch, _ = jobs.take_in(actor=user, importer=importer.code, name=name, content=content, parameters={})
    work_off()
    batch.refresh_from_db()
    return batch


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value)
    return str(value) if value is not None else ""


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_comes_in_and_goes_back(staff: User, register: str) -> None:
    importer = find(f"base.{register}")
    assert importer is not None and template_of(importer).startswith(b"PK")
    with as_(staff):
        batch = commit(staff, bring(staff, register, wish(register), wish(register, number="另一个")))
        rows = {row.number: row for row in MODELS[register]._default_manager.all()}
        assert set(rows) == {USUAL[register]["number"], "另一个"}
        row = rows["另一个"]
        assert all(getattr(row, name) == value for name, value in wish(register, number="另一个").items())
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert not MODELS[register]._default_manager.exists()
        again = commit(staff, bring(staff, register, wish(register), name="新.xlsx"))
        row = MODELS[register]._default_manager.get()
        asked = wish(register, title="改过")
        services.register_record(actor=staff, register=register, wish=asked, record_id=row.pk, revision=0)
        with pytest.raises(InputError, match="有人用到"):
            undo(actor=staff, batch_id=again.pk, reason="传错了表")


def test_each_fault_stands_at_its_cell_and_nothing_is_stored(staff: User) -> None:
    made(staff, PATENTS, number="ZL1")
    with as_(staff):
        batch = bring(
            staff,
            PATENTS,
            wish(PATENTS, number="a", applied_on="昨天"),
            wish(PATENTS, number="b", kind="发明创造"),
            wish(PATENTS, number=""),
            wish(PATENTS, number="c"),
            wish(PATENTS, number="c"),
        )
        assert {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"} == {
            (2, "applied_on"), (3, "kind"), (4, "number"), (6, "number"),
        }  # fmt: skip
        batch = bring(
            staff,
            PATENTS,
            wish(PATENTS, number="ZL1"),
            wish(PATENTS, number="d", granted_on=-500),
            wish(PATENTS, number="e", applied_on=3, granted_on=None),
            name="另一张.xlsx",
        )
        assert {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"} == {
            (2, "number"), (3, "granted_on"), (4, "applied_on"),
        }  # fmt: skip
    assert MODELS[PATENTS]._default_manager.count() == 1


def test_documents_of_one_sheet_repeal_one_another(staff: User) -> None:
    with as_(staff):
        batch = bring(
            staff,
            DOCUMENTS,
            wish(DOCUMENTS, number=NEW, repeals=[OLD, "白商〔2018〕1号"]),
            wish(DOCUMENTS, number=OLD),
        )
        assert [(each.row, each.column) for each in batches.findings(batch)] == [(2, "repeals")]
        commit(staff, batch)
        assert Document.objects.get(number=OLD).repealed_by == NEW
