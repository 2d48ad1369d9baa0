"""Pages of subsidy policies: drafting by clause, kept while typing, its way, differences, files, back-tests and their export."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statistics_released import released
from subsidy_texts import FLAT, plain
from trade_deals import make_deal
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import load, written
from youju.funds.subsidies import services
from youju.funds.subsidies.models import BackTest, Policy
from youju.funds.subsidies.web.policies_form import acted, clause_forms, head_inputs, text_of
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.writing import plain_policy
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db
ROOM = "/subsidies/policies/"


@pytest.fixture
def staff() -> Iterator[User]:
    actor = person(Role.STF)
    with as_(actor):
        yield actor


@pytest.fixture
def desk(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def drafted(staff: User, code: str = "market-2023") -> Policy:
    return services.begin_policy(actor=staff, code=code, text=plain_policy(load().subsidies[code]))


def fields(text: dict[str, object]) -> dict[str, object]:
    """What a browser would post for a draft: every control with its value."""
    posted: dict[str, object] = {each.key: each.value for each in head_inputs(text)}
    posted |= {"roles": text["eligible"]["roles"], "note": "", "evidence": "form 申请表"}  # type: ignore[index]
    stacking = text.get("stacking") or {}
    posted |= {"against": " ".join(stacking.get("against", [])), "counts": stacking.get("counts", "better")}  # type: ignore[attr-defined]
    for clause in clause_forms(text):
        posted |= {f"c{clause.place}-shape": clause.shape, f"c{clause.place}-id": clause.id}
        for each in clause.inputs:
            if each.kind != "flag" or each.value:
                posted[each.name] = "on" if each.kind == "flag" else each.value
    return posted


@pytest.mark.parametrize("code", sorted(load().subsidies))
def test_the_form_gives_back_what_it_was_given(code: str) -> None:
    from django.http import QueryDict

    text = plain_policy(load().subsidies[code])
    post = QueryDict(mutable=True)
    for key, value in fields(text).items():
        post.setlist(key, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    post["evidence"] = "\n".join(f"{each['code']} {each['title']}" for each in text["evidence"])
    assert read_policy({**text_of(post, text), "code": code}) == load().subsidies[code]


def test_buttons_add_move_and_drop_clauses() -> None:
    text: dict[str, object] = {"clauses": [{"id": "c1"}, {"id": "x"}]}
    assert [c["id"] for c in acted(text, "add:tiers")["clauses"]] == ["c1", "x", "c2"]
    assert [c["id"] for c in acted(text, "up:2")["clauses"]] == ["c1", "c2", "x"]
    assert [c["id"] for c in acted(text, "drop:0")["clauses"]] == ["c2", "x"]
    for nothing in ("drop:9", "up:0", "add:gift", "drop:²", "save", ""):
        assert [c["id"] for c in acted(text, nothing)["clauses"]] == ["c2", "x"]


def test_a_policy_is_begun_by_code_or_from_a_file(desk: Client) -> None:
    assert desk.post(f"{ROOM}new/", {"code": "Bad!"}).status_code == 422
    begun = desk.post(f"{ROOM}new/", {"code": "new-2024"})
    assert begun.status_code == 302
    assert "还没有条款" in desk.get(begun["Location"]).content.decode()
    text = load().subsidies["growth-2023"]
    file = SimpleUploadedFile("growth-2023.yaml", written(plain_policy(text)))
    assert desk.post(f"{ROOM}new/", {"file": file}).status_code == 302
    bad = desk.post(f"{ROOM}new/", {"file": SimpleUploadedFile("bad.yaml", b"a: [")})
    assert (bad.status_code, "读不出来" in bad.content.decode()) == (422, True)
    assert desk.post(f"{ROOM}new/", {"code": "new-2024"}).status_code == 422


def test_typing_is_kept_and_answers_with_the_example(desk: Client, staff: User) -> None:
    row = drafted(staff)
    posted = fields(row.text) | {"revision": "0", "c0-rate": "0.08"}
    answer = desk.post(f"{ROOM}{row.pk}/keep/", posted).content.decode()
    assert "40,000.00 元" in answer
    assert 'value="1"' in answer
    row.refresh_from_db()
    assert row.text["clauses"][0]["rate"] == "0.08"
    stale = desk.post(f"{ROOM}{row.pk}/keep/", posted | {"c0-rate": "0.09"}).content.decode()
    assert "已被别人改过" in stale
    broken = desk.post(f"{ROOM}{row.pk}/keep/", posted | {"revision": "1", "c0-rate": "<b>"}).content.decode()
    assert "“&lt;b&gt;”不是数" in broken


def test_the_form_works_without_script(desk: Client, staff: User) -> None:
    row = drafted(staff)
    page = desk.get(f"{ROOM}{row.pk}/edit/").content.decode()
    assert 'name="c1-steps"' in page
    posted = fields(row.text) | {"revision": "0", "act": "add:first_export"}
    assert desk.post(f"{ROOM}{row.pk}/edit/", posted).status_code == 302
    assert "首次出口奖励" in desk.get(f"{ROOM}{row.pk}/edit/").content.decode()
    late = desk.post(f"{ROOM}{row.pk}/edit/", posted | {"act": "save", "title": "晚了一步"})
    assert (late.status_code, "晚了一步" in late.content.decode()) == (422, True)
    assert (
        desk.post(f"{ROOM}{row.pk}/edit/", posted | {"revision": "1", "act": "done"})["Location"]
        == f"{ROOM}{row.pk}/"
    )


def test_a_page_shows_clauses_terms_findings_and_the_way(desk: Client, staff: User) -> None:
    row = drafted(staff, "leading-2023")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = desk.get(f"{ROOM}{row.pk}/").content.decode()
    assert len(few) < 45
    for words in ("3,000,000 美元起", "SUB-103", "示例标准", "就高不重复", "提交审核", "开始回测"):
        assert words in page
    desk.post(f"{ROOM}{row.pk}/step/", {"transition": "submit", "state": "draft"})
    row.refresh_from_db()
    assert row.state == "submitted"
    assert desk.get(f"{ROOM}{row.pk}/edit/").status_code == 404
    again = desk.post(f"{ROOM}{row.pk}/step/", {"transition": "submit", "state": "draft"}, follow=True)
    assert again.status_code == 200


def test_a_merchant_sees_no_draft(staff: User) -> None:
    row = drafted(staff)
    visitor = Client()
    visitor.force_login(person(Role.MER))
    assert visitor.get(f"{ROOM}{row.pk}/").status_code == 404
    assert visitor.get(f"{ROOM}{row.pk}/file/").status_code == 404
    assert row.title not in visitor.get(ROOM).content.decode()


def test_versions_are_compared_and_taken_out(desk: Client, staff: User) -> None:
    first = drafted(staff)
    other = services.begin_policy(actor=staff, code="other", text=plain())
    told = desk.get(f"{ROOM}{first.pk}/since/{other.pk}/").content.decode()
    assert "规模累进补贴" in told
    empty = services.begin_policy(actor=staff, code="empty")
    assert desk.get(f"{ROOM}{first.pk}/since/{empty.pk}/").status_code == 404
    file = desk.get(f"{ROOM}{first.pk}/file/")
    assert file["Content-Disposition"] == 'attachment; filename="market-2023.yaml"'
    assert services.policy_of_file(file.content, "again.yaml") == load().subsidies["market-2023"]
    assert desk.post(f"{ROOM}next/", {"code": "market-2023"}, follow=True).status_code == 200


def test_a_back_test_is_asked_for_followed_read_and_exported(desk: Client, staff: User) -> None:
    with reaching_all():
        deal = make_deal()
        released(deal, "2023-06-10", 1500)
        from django.utils import timezone

        Party.objects.update(approved_at=timezone.now().replace(year=2022))
    row = services.begin_policy(actor=staff, code="test-2024", text=plain(budget="30"))
    other = services.begin_policy(actor=staff, code="other", text=plain({**FLAT, "rate": "0.01"}))
    asked = desk.post(f"{ROOM}{row.pk}/backtest/", {"year": "2023", "against": other.pk})
    url = asked["Location"]
    assert "排队中" in desk.get(url).content.decode()
    assert desk.get(f"{url}gainers/").status_code == 404
    work_off()
    assert desk.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = desk.get(url).content.decode()
    for words in ("2023-06-10", "75.00", "30.00", "怎么分布", "把一户拆成两户", "变化最大的户", "<svg"):
        assert words in page
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    listed = desk.get(f"{url}gainers/").content.decode()
    assert "主体M1" in listed
    csv = desk.get(f"{url}gainers/?export=csv")
    assert "主体M1" in b"".join(csv.streaming_content if csv.streaming else [csv.content]).decode("utf-8-sig")
    assert "2023 年" in desk.get(f"{ROOM}{row.pk}/").content.decode()
    wrong = desk.post(f"{ROOM}{row.pk}/backtest/", {"year": "年"}, follow=True).content.decode()
    assert "年度没有填对" in wrong
    assert "不能用 2014" not in wrong
    assert BackTest.objects.count() == 1


def test_programs_read_policies_and_back_tests(desk: Client, staff: User) -> None:
    row = drafted(staff)
    listed = desk.get("/api/v1/subsidies/policies?state=draft").json()
    assert (listed["count"], listed["items"][0]["budget"]) == (1, "10000000.00")
    one = desk.get(f"/api/v1/subsidies/policies/{row.pk}").json()
    assert read_policy(one["text"]) == load().subsidies["market-2023"]
    assert desk.get("/api/v1/subsidies/policies/999999999").status_code == 404
    asked = services.ask_backtest(actor=staff, policy_id=row.pk, year=2023)
    assert desk.get(f"/api/v1/subsidies/backtests/{asked.pk}").json()["state"] == "waiting"
