"""The pages of the life cycle and the editor: what they show, what they refuse, that they work without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from targets_fixtures import clean_set, demo_set, document, make_user, officer, three
from targets_stored import LAWYER, imported, with_project
from youju.performance.targets import facts, models, selectors, services
from youju.rules.performance.targets.facts import TargetDocument

__all__ = ["clean_set", "demo_set", "document", "make_user", "officer", "three"]
pytestmark = pytest.mark.django_db
EDIT = f"/targets/{LAWYER}/edit/"


def of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def form_of(person: Any, target_set: Any, **changes: str) -> dict[str, str]:
    """The fields of the editor as a browser would send them."""
    page = selectors.editor(user=person, target_set=target_set, code=LAWYER)
    assert page is not None
    fields = {**page.typed.head, "base": str(page.base)}
    fields |= {f"plan-{month}": text for month, text in page.typed.plan.items()}
    fields |= {f"goal-{number}": text for number, text in enumerate(page.typed.goals, 1)}
    for number, row in enumerate(page.typed.rows, 1):
        fields |= {f"row-{number}-{name}": text for name, text in row.items()}
    return fields | changes


def test_a_version_goes_its_way_by_the_buttons(clean_set: Any, three: dict[str, Any]) -> None:
    address = f"/targets/versions/{clean_set.pk}/"
    way = [
        ("PFO", "submit", "draft"),
        ("FIN", "review", "submitted"),
        ("HED", "approve", "reviewed"),
        ("PFO", "publish", "approved"),
    ]
    for role, transition, state in way:
        client = of(three[role])
        assert f'name="transition" value="{transition}"' in shown(client, address)
        answer = client.post(f"{address}step/", {"transition": transition, "state": state})
        assert (answer.status_code, answer["Location"]) == (302, address)
    text = shown(of(three["PFO"]), address)
    assert "开始调整" in text
    assert 'value="supersede"' not in text
    assert "批准了" in text


def test_a_draft_says_what_it_lacks(officer: Any, demo_set: Any) -> None:
    text = shown(of(officer), f"/targets/versions/{demo_set.pk}/")
    assert "37 条错误没有改正" in text
    assert "157 条警告没有答复" in text
    refused = of(officer).post(
        f"/targets/versions/{demo_set.pk}/step/", {"transition": "submit", "state": "draft"}
    )
    assert (refused.status_code, "还不能提交" in refused.content.decode()) == (409, True)


@pytest.mark.parametrize(
    "address",
    ["/targets/versions/999999/", "/targets/versions/99999999/adjust/", "/targets/?set=99999", "/targets/?set=x",
     "/targets/?year=2023&version=9", "/targets/?version=abc", "/targets/compare/?left=9",
     "/targets/compare/?project=X1", "/targets/findings/answer/none/", "/targets/X1/edit/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(officer: Any, demo_set: Any, address: str) -> None:
    shown(of(officer), address, 404)


def test_versions_beside_one_another(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    imported(officer, with_project(document, LAWYER, budget="6.00"))
    client = of(officer)
    text = shown(client, "/targets/versions/")
    assert "第 1 版" in text
    assert "已作废" in text
    beside = shown(client, "/targets/compare/?left=1&right=2")
    assert "<del>5.00</del>" in beside
    assert "<ins>6.00</ins>" in beside
    assert "6.00" in shown(client, f"/targets/compare/?left=1&right=2&project={LAWYER}")
    assert "同一个版本" in shown(client, "/targets/compare/?left=1&right=1")
    assert client.get("/targets/compare/download/?left=1&right=2").content.startswith(b"PK")
    old = shown(client, f"/targets/{LAWYER}/?version=1")
    assert "不是现行版本" in old
    assert "5.00" in old


def test_adjusting_by_the_form(clean_set: Any, three: dict[str, Any]) -> None:
    for role, transition in (("PFO", "submit"), ("FIN", "review"), ("HED", "approve"), ("PFO", "publish")):
        services.take_step(actor=three[role], target_set_id=clean_set.pk, transition=transition)
    client, address = of(three["PFO"]), f"/targets/versions/{clean_set.pk}/adjust/"
    assert "必填" in client.post(address, {"reason": "", "document_number": ""}).content.decode()
    paper = SimpleUploadedFile("批复.pdf", b"%PDF-1.4\n%%EOF\n")
    fields = {"reason": "调增", "document_number": "保财预〔2023〕8号"}
    bad = client.post(address, {**fields, "paper": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 80)})
    assert (bad.status_code, models.TargetSet.objects.count()) == (415, 1)
    done = client.post(address, {**fields, "paper": paper})
    draft = models.TargetSet.objects.get(version=2)
    assert done["Location"] == f"/targets/versions/{draft.pk}/"
    text = shown(client, done["Location"])
    assert "批复.pdf" in text
    got = client.get(f"/targets/versions/{draft.pk}/paper/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    shown(client, f"/targets/versions/{draft.pk}/source/", 404)
    assert "正在办理" in shown(client, "/targets/")


def test_answering_a_finding(officer: Any, demo_set: Any) -> None:
    client = of(officer)
    finding = demo_set.findings.filter(rule="TGT-008").first()
    address = f"/targets/findings/answer/{finding.fingerprint}/?set={demo_set.pk}"
    assert escape(finding.message) in shown(client, address)
    assert client.post(address, {"text": "原文如此", "alike": "on"}).status_code == 302
    listed = shown(client, "/targets/findings/?rule=TGT-008&state=answered")
    assert "原文如此" in listed
    assert "/targets/findings/answer/" not in shown(client, "/targets/findings/?rule=TGT-008&state=open")
    assert "答复：原文如此" in shown(client, f"/targets/{finding.project.code}/")
    error = demo_set.findings.filter(severity="error").first()
    assert "错误必须改正" in shown(client, f"/targets/findings/answer/{error.fingerprint}/")
    refused = client.post(address, {"text": "长" * 501})
    assert (refused.status_code, "至多 500 个" in refused.content.decode()) == (422, True)


def test_the_editor_saves_without_javascript(officer: Any, demo_set: Any) -> None:
    client = of(officer)
    text = shown(client, EDIT)
    assert 'name="row-9-basis"' in text
    answer = client.post(f"{EDIT}?set={demo_set.pk}", form_of(officer, demo_set, budget="6.00", act="save"))
    assert (answer.status_code, answer["Location"]) == (302, f"/targets/{LAWYER}/?set={demo_set.pk}")
    page = shown(client, answer["Location"])
    assert "6.00" in page
    assert "项目，预算数" in page


def test_a_cell_that_cannot_be_read_stays_as_typed(officer: Any, demo_set: Any) -> None:
    answer = of(officer).post(EDIT, form_of(officer, demo_set, budget="五万", act="save"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="五万"' in text
    assert "没有保存：预算数：“五万”不是金额" in text


def test_buttons_change_the_form_and_save_nothing(officer: Any, demo_set: Any) -> None:
    client, before = of(officer), facts.document(demo_set)
    text = client.post(EDIT, form_of(officer, demo_set, act="add-row")).content.decode()
    assert 'name="row-10-level3"' in text
    text = client.post(EDIT, form_of(officer, demo_set, act="drop-row:10")).content.decode()
    assert 'name="row-10-level3"' not in text
    first = before.projects[1].indicators[0].level3
    client.post(EDIT, form_of(officer, demo_set, act="down:1"))
    assert form_of(officer, demo_set)["row-2-level3"] == first
    assert facts.document(demo_set) == before


def test_the_check_while_typing(officer: Any, demo_set: Any) -> None:
    client = of(officer)
    answer = client.post(
        f"{EDIT}check/", form_of(officer, demo_set, **{"row-1-raw_value": "", "budget": "x"}),
        headers={"HX-Request": "true"},
    )  # fmt: skip
    text = answer.content.decode()
    assert 'id="m-row-1" hx-swap-oob="true"' in text
    assert "不是金额" in text
    assert models.EditDraft.objects.count() == 0


def test_typing_is_kept_and_offered_and_thrown_away(officer: Any, demo_set: Any) -> None:
    client = of(officer)
    said = client.post(f"{EDIT}keep/", form_of(officer, demo_set, budget="6.00")).json()
    assert (said["others"], said["stale"], len(said["at"])) == ([], False, 8)
    assert "自动保存、还没有存入版本" in shown(client, EDIT)
    client.post(f"{EDIT}forget/")
    assert 'value="5.00"' in shown(client, EDIT)
    too_long = client.post(f"{EDIT}keep/", form_of(officer, demo_set, purpose="长" * 2001))
    assert (too_long.status_code, "太多" in too_long.json()["detail"]) == (422, True)


def test_two_editors_of_one_table(officer: Any, demo_set: Any, make_user: Any) -> None:
    other = make_user("PFO", name="second")
    mine, theirs = of(officer), of(other)
    form = form_of(officer, demo_set, purpose="我的用途", act="save")
    mine.post(f"{EDIT}keep/", form)
    assert "正在编辑这张表的还有：<span data-others-names>测试员" in shown(theirs, EDIT)
    theirs.post(EDIT, form_of(other, demo_set, budget="6.00", act="save"))
    answer = mine.post(EDIT, form)
    clash = f"{EDIT}clash/?set={demo_set.pk}"
    assert answer["Location"] == clash
    text = shown(mine, clash)
    assert "6.00" in text
    assert "我的用途" in text
    assert mine.post(clash, {"revision": "0", "take": "purpose"}).status_code == 409
    assert mine.post(clash, {"revision": "1", "take": "purpose"}).status_code == 302
    both = form_of(officer, demo_set, act="save")
    assert (both["budget"], both["purpose"], both["base"]) == ("6.00", "我的用途", "1")
    assert mine.post(EDIT, both).status_code == 302
    stored = demo_set.projects.get(code=LAWYER)
    assert (facts.as_printed(stored.budget), stored.purpose) == ("6.00", "我的用途")
    # Nothing differs any more: there is no clash to show.
    assert mine.get(clash).status_code == 302


def test_what_is_no_draft_is_not_edited(clean_set: Any, three: dict[str, Any]) -> None:
    services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition="submit")
    client, code = of(three["PFO"]), clean_set.projects.first().code
    assert "不能在网页上修改" in shown(client, f"/targets/{code}/edit/", 409)
    kept = client.post(f"/targets/{code}/edit/keep/", {"base": "0", "name": "x"})
    assert (kept.status_code, "不能在网页上修改" in kept.json()["detail"]) == (409, True)
    assert f"/targets/{code}/edit/" not in shown(client, f"/targets/{code}/")


def test_home_begins_with_what_waits_for_me(clean_set: Any, three: dict[str, Any]) -> None:
    assert "等您办理的（1 件）" in shown(of(three["PFO"]), "/")
    assert "现在没有等您办理的事" in shown(of(three["FIN"]), "/")
    services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition="submit")
    text = shown(of(three["FIN"]), "/")
    assert text.index("等您办理的") < text.index("办到哪一步") < text.index("意见最多的项目")
    assert f"/targets/versions/{clean_set.pk}/" in text


def test_pages_cost_the_same_for_any_number_of_versions(
    officer: Any, demo_set: Any, document: TargetDocument
) -> None:
    client = of(officer)
    addresses = ("/", "/targets/versions/", "/targets/findings/", f"/targets/{LAWYER}/", EDIT)

    def cost() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                shown(client, address)
            found.append(len(captured))
        return found

    imported(officer, with_project(document, LAWYER, budget="5.50"))
    cost()
    few = cost()
    for budget in ("6.00", "7.00", "8.00"):
        imported(officer, with_project(document, LAWYER, budget=budget))
    assert cost() == few
