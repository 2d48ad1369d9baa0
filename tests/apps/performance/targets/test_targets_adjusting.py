"""Adjusting what is published, versions beside one another, answers that go along, files behind a version."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from apps.performance.targets.test_targets_life_cycle import walk
from rules.performance.targets.model_answer import HEBEI
from targets_stored import LAWYER, imported, stage, with_project
from youju.foundation.audit import selectors as audit
from youju.foundation.files.selectors import attachments, read_kept
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import facts, models, selectors, services
from youju.performance.targets.documents import write_document
from youju.performance.targets.events import set_subject
from youju.performance.targets.services.storing import store
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

pytestmark = pytest.mark.django_db
WHY = {"reason": "上级批复调增预算", "document_number": "保财预〔2023〕8号"}


def adjusted(published: Any, actor: Any, **changes: Any) -> Any:
    return services.begin_adjustment(actor=actor, target_set_id=published.pk, **{**WHY, **changes})


def save_budget(draft: Any, actor: Any, budget: str) -> None:
    project = draft.projects.first()
    page = selectors.editor(user=actor, target_set=draft, code=project.code)
    assert page is not None
    typed = replace(page.typed, head={**page.typed.head, "budget": budget, "fiscal": "", "other": ""})
    services.save_project(
        actor=actor, target_set_id=draft.pk, code=project.code, typed=typed, base=project.revision
    )


def test_an_adjustment_begins_as_a_copy_and_takes_the_place_when_published(
    clean_set: Any, three: dict[str, Any]
) -> None:
    published = walk(clean_set, three)
    draft = adjusted(published, three["PFO"])
    assert (draft.version, draft.state, draft.based_on, draft.is_active) == (2, "draft", published, False)
    assert to_json(facts.document(draft)) == to_json(facts.document(published))
    assert facts.serves(draft) == facts.serves(published)
    assert selectors.active_set(year=2023) == published
    walk(draft, three)
    published.refresh_from_db()
    draft.refresh_from_db()
    assert (published.state, published.is_active) == ("adjusted", False)
    assert (draft.state, draft.is_active) == ("published", True)
    assert to_json(facts.document(published)) == to_json(HEBEI)
    last = audit.history("targets.set", str(published.pk)).lines[0]
    assert (last.deed, "保财预〔2023〕8号" in last.reason) == ("以调整后的版本取代了", True)


def test_what_is_published_is_never_edited(clean_set: Any, three: dict[str, Any]) -> None:
    published = walk(clean_set, three)
    with pytest.raises(InputError, match="已公开，不能再改"):
        save_budget(published, three["PFO"], "1.00")


def test_one_adjustment_at_a_time(clean_set: Any, three: dict[str, Any]) -> None:
    published = walk(clean_set, three)
    adjusted(published, three["PFO"])
    with pytest.raises(InputError, match="第 2 版正在办理"):
        adjusted(published, three["PFO"])


def test_only_what_is_published_is_adjusted(clean_set: Any, three: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="不是已公开的版本"):
        adjusted(clean_set, three["PFO"])
    with pytest.raises(PermissionDenied):
        adjusted(clean_set, three["FIN"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "调整理由"),
        ({"document_number": ""}, "文号"),
        ({"document_number": "号" * 101}, "至多 100 个字"),
    ],
)
def test_an_adjustment_says_why_and_by_which_document(
    clean_set: Any, three: dict[str, Any], change: dict[str, str], sentence: str
) -> None:
    published = walk(clean_set, three)
    with pytest.raises(InputError, match=sentence):
        adjusted(published, three["PFO"], **change)
    assert models.TargetSet.objects.count() == 1


def test_an_import_over_what_is_published_asks_for_the_reason_before_it_is_submitted(
    clean_set: Any, three: dict[str, Any]
) -> None:
    walk(clean_set, three)
    other = replace(HEBEI, projects=tuple(reversed(HEBEI.projects)))
    draft = store(
        other, fiscal_year=2023, source_name="新.docx", source_sha256="1" * 64, imported_by=three["PFO"],
        is_demo=False,
    )  # fmt: skip
    assert selectors.readiness(draft).needs_reason
    with pytest.raises(InputError, match="调整理由和文号"):
        services.take_step(actor=three["PFO"], target_set_id=draft.pk, transition="submit")
    services.describe_adjustment(actor=three["PFO"], target_set_id=draft.pk, **WHY)
    assert not selectors.readiness(draft.__class__.objects.get(pk=draft.pk)).needs_reason
    assert walk(draft, three).state == "published"


def test_a_dropped_adjustment_leaves_the_published_version(clean_set: Any, three: dict[str, Any]) -> None:
    published = walk(clean_set, three)
    draft = adjusted(published, three["PFO"])
    services.take_step(actor=three["PFO"], target_set_id=draft.pk, transition="drop", reason="不调了")
    assert selectors.active_set(year=2023) == published
    assert adjusted(published, three["PFO"]).version == 3


def test_no_import_while_a_version_is_being_reviewed(clean_set: Any, three: dict[str, Any]) -> None:
    walk(clean_set, three, "submitted")
    other = replace(HEBEI, projects=tuple(reversed(HEBEI.projects)))
    preview = stage(three["PFO"], other, 2023)
    with pytest.raises(InputError, match="正在审批，不能另建新稿") as refused:
        services.confirm_import(actor=three["PFO"], preview_id=preview.pk, token=preview.token)
    assert refused.value.status == 409
    assert models.TargetSet.objects.count() == 1


def test_the_papers_of_an_adjustment(clean_set: Any, three: dict[str, Any]) -> None:
    published = walk(clean_set, three)
    first, second = b"%PDF-1.4\n1\n%%EOF\n", "调整纪要".encode()
    draft = adjusted(published, three["PFO"], paper=services.Paper("批复.pdf", first))
    services.describe_adjustment(
        actor=three["PFO"], target_set_id=draft.pk, **WHY, paper=services.Paper("纪要.txt", second)
    )
    (only,) = attachments(set_subject(draft), "adjustment")
    assert (only.name, read_kept(only.kept.sha256)) == ("纪要.txt", second)
    with pytest.raises(InputError, match="这里不收"):
        services.describe_adjustment(
            actor=three["PFO"],
            target_set_id=draft.pk,
            **WHY,
            paper=services.Paper("x.exe", b"MZ" + b"\0" * 99),
        )
    assert len(attachments(set_subject(draft), "adjustment")) == 1


def test_the_imported_file_is_kept_with_the_version(officer: Any, document: TargetDocument) -> None:
    content = write_document(document, "docx")
    preview = services.stage_upload(actor=officer, filename="表.docx", content=content, fiscal_year=2023)
    stored = services.confirm_import(actor=officer, preview_id=preview.pk, token=preview.token)
    out = services.hand_out(actor=officer, target_set_id=stored.pk, role="source")
    assert (out.name, out.kept.sha256) == ("表.docx", hashlib.sha256(content).hexdigest())
    assert read_kept(out.kept.sha256) == content
    assert audit.history("targets.set", str(stored.pk)).lines[0].deed == "下载了来源文件的是"
    with pytest.raises(InputError, match="没有保存来源文件"):
        services.hand_out(actor=officer, target_set_id=stored.pk, role="adjustment")


def test_a_discarded_upload_lets_its_file_go(officer: Any, document: TargetDocument) -> None:
    from youju.performance.targets.events import preview_subject

    preview = stage(officer, document)
    subject = preview_subject(preview)
    assert len(attachments(subject)) == 1
    services.discard_import(actor=officer, preview_id=preview.pk)
    assert attachments(subject) == []


def warning(target_set: Any) -> models.Finding:
    return target_set.findings.filter(severity="warning").first()


def answer(officer: Any, target_set: Any, finding: models.Finding, text: str, **more: Any) -> int:
    return services.answer_finding(
        actor=officer, target_set_id=target_set.pk, fingerprint=finding.fingerprint, text=text, **more
    )


def test_an_answer_stays_through_a_new_check_and_can_be_taken_back(officer: Any, demo_set: Any) -> None:
    finding = warning(demo_set)
    before = selectors.readiness(demo_set).unanswered
    assert answer(officer, demo_set, finding, " 按上级文件原文 ") == 1
    services.relint(actor=officer, target_set_id=demo_set.pk)
    assert selectors.answers(demo_set)[finding.fingerprint].text == "按上级文件原文"
    assert selectors.readiness(demo_set).unanswered == before - 1
    answer(officer, demo_set, finding, "")
    assert selectors.readiness(demo_set).unanswered == before


def test_one_answer_for_all_of_a_rule_keeps_the_answers_that_are_there(officer: Any, demo_set: Any) -> None:
    first, second, *rest = demo_set.findings.filter(rule="TGT-008")
    answer(officer, demo_set, second, "另有原因")
    assert answer(officer, demo_set, first, "原文如此", alike=True) == 1 + len(rest)
    given = selectors.answers(demo_set)
    assert given[second.fingerprint].text == "另有原因"
    assert {given[each.fingerprint].text for each in (first, *rest)} == {"原文如此"}


def test_errors_are_mended_and_not_answered(officer: Any, demo_set: Any) -> None:
    error = demo_set.findings.filter(severity="error").first()
    with pytest.raises(InputError, match="必须改正"):
        answer(officer, demo_set, error, "不想改")


@pytest.mark.parametrize("mark", ["", "0" * 64, "\0", "x"])
def test_an_answer_to_nothing_is_refused(officer: Any, demo_set: Any, mark: str) -> None:
    with pytest.raises(InputError, match="已经没有了"):
        services.answer_finding(actor=officer, target_set_id=demo_set.pk, fingerprint=mark, text="x")


def test_an_answer_too_long_is_refused(officer: Any, demo_set: Any) -> None:
    with pytest.raises(InputError, match="至多 500 个"):
        answer(officer, demo_set, warning(demo_set), "长" * 501)


def test_answers_go_along_to_the_next_version_while_the_finding_is_the_same(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    kept = demo_set.findings.filter(severity="warning").exclude(project__code=LAWYER).first()
    gone = demo_set.findings.filter(severity="warning", project__code=LAWYER).first()
    for finding in (kept, gone):
        answer(officer, demo_set, finding, "已核")
    projects = tuple(each for each in document.projects if each.code != LAWYER)
    stored = imported(officer, replace(document, projects=projects))
    assert set(selectors.answers(stored)) == {kept.fingerprint}
    demo_set.refresh_from_db()
    assert demo_set.state == "dropped"


def test_the_list_of_versions_costs_the_same_for_any_number(
    officer: Any, demo_set: Any, document: TargetDocument, django_assert_num_queries: Any
) -> None:
    for budget in ("6.00", "7.00", "8.00"):
        last = imported(officer, with_project(document, LAWYER, budget=budget))
    with django_assert_num_queries(2):
        rows = selectors.version_rows(last)
    assert [(row.version, row.state) for row in rows] == [
        (4, "draft"), (3, "dropped"), (2, "dropped"), (1, "dropped"),
    ]  # fmt: skip
    assert [row.is_active for row in rows] == [True, False, False, False]


def test_two_versions_side_by_side_and_as_a_workbook(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    changed = with_project(document, LAWYER, budget="6.00", purpose='=HYPERLINK("x")')
    stored = imported(officer, changed)
    found = selectors.comparison(demo_set, stored)
    assert [cell.label for cell in found.difference.changed[0].cells] == ["预算数", "资金用途"]
    content = services.export_difference(actor=officer, left_id=demo_set.pk, right_id=stored.pk)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][-2:] == ["第 1 版", "第 2 版"]
    assert any(row[4:] == ["预算数", "5.00", "6.00"] for row in rows)
    assert any(row[6] == '=HYPERLINK("x")' for row in rows)
    table = selectors.table_beside(demo_set, stored, LAWYER)
    assert table is not None
    assert {row.mark for row in table.rows} == {""}
    assert selectors.table_beside(demo_set, stored, "X1") is None


def test_versions_of_different_years_are_not_compared(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    other = imported(officer, document, 2024)
    with pytest.raises(InputError, match="同一年度"):
        services.export_difference(actor=officer, left_id=demo_set.pk, right_id=other.pk)
