"""The portal's pages for each role, the search, the reference, the errors, as a browser gets them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from targets_fixtures import demo_set, document, make_user, officer
from youju.foundation.identity.roles import Role
from youju.foundation.policies import load
from youju.foundation.policies.catalogue import rule_catalogue

__all__ = ["demo_set", "document", "make_user", "officer"]
pytestmark = pytest.mark.django_db
READERS = (Role.PFO, Role.FIN, Role.HED, Role.STF, Role.AUD)
TRADE = (Role.AGT, Role.CSL, Role.BRK, Role.MER, Role.BUY)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)")


@pytest.fixture
def browser(make_user: Any):
    """A function from role codes to a browser that is logged in."""

    def of(*roles: str) -> Client:
        client = Client()
        client.force_login(make_user(*roles))
        return client

    return of


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("role", READERS)
def test_home_shows_the_year_to_who_reads_targets(browser, demo_set, role: Role) -> None:
    html = page(browser(role.value), "/")
    assert f"{demo_set.fiscal_year} 年预算绩效" in html
    assert "2,945.25" in html
    assert 'href="/targets/findings/?severity=error"' in html
    assert ("导入绩效目标" in html) == (role is Role.PFO)
    assert ("逐条改正" in html) == (role is Role.PFO)


def test_home_says_what_to_do_next(browser, demo_set) -> None:
    html = page(browser("PFO"), "/")
    errors = demo_set.findings.filter(severity="error").count()
    assert errors > 0
    assert re.search(rf"错误</span> <b>{errors}</b>|错误 <b>{errors}</b>", html)
    unserved = demo_set.subgoals.filter(served_by=None).count()
    assert (f"{unserved} 项分项绩效目标没有项目承接" in html) == (unserved > 0)


def test_home_costs_the_same_for_any_number_of_projects(
    browser, demo_set, django_assert_max_num_queries
) -> None:
    client = browser("PFO")
    with django_assert_max_num_queries(15):
        page(client, "/")


@pytest.mark.parametrize("role", [role for role in TRADE if role is not Role.BUY])
def test_home_of_a_party_begins_with_its_filing(browser, demo_set, role: Role) -> None:
    html = page(browser(role.value), "/")
    assert ("先办主体备案" in html and "还没有登记商品" in html) or role in {Role.CSL, Role.BRK}
    assert "2,945.25" not in html


def test_home_without_targets_says_what_to_do(browser) -> None:
    assert 'href="/targets/import/"' in page(browser("PFO"), "/")
    assert "绩效管理员导入本年度的绩效目标后" in page(browser("FIN"), "/")


def test_home_of_the_administrator_counts_accounts_and_shows_no_business_data(browser, demo_set) -> None:
    html = page(browser("ADM"), "/")
    assert "未改初始密码" in html
    assert "2,945.25" not in html


def test_a_visitor_is_sent_to_the_login(client: Client) -> None:
    assert client.get("/")["Location"] == "/login"
    assert client.get("/reference/rules/")["Location"] == "/login?next=%2Freference%2Frules%2F"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13060523P00456310001Q", "国贸中心法律顾问费"),
        ("法律顾问", "国贸中心法律顾问费"),
        ("委托费次数", "委托费次数"),
        ("TGT-007", "/reference/rules/TGT-007/"),
        ("tgt-007", "/reference/rules/TGT-007/"),
    ],
)
def test_search_finds_projects_indicators_and_rules(browser, demo_set, text: str, found: str) -> None:
    assert found in page(browser("PFO"), f"/search?q={text}").split("<main", 1)[1]


def test_search_shows_each_role_only_its_own(browser, demo_set) -> None:
    administrator = browser("ADM")
    assert "/reference/rules/TGT-007/" in page(administrator, "/search?q=TGT-007").split("<main", 1)[1]
    assert "国贸中心法律顾问费" not in page(administrator, "/search?q=法律顾问")
    buyer = page(browser("BUY"), "/search?q=TGT-007").split("<main", 1)[1]
    assert "/reference/rules/" not in buyer
    assert "没有找到" in buyer


@pytest.mark.parametrize("text", ["", "%20", "%00", "'%22;--", "%25", "_", "x" * 5000, "<script>"])
def test_search_takes_any_text(browser, demo_set, text: str) -> None:
    html = page(browser("PFO"), f"/search?q={text}")
    assert "<script>" not in html.split("<main", 1)[1]


def test_the_list_of_rules_holds_every_rule_and_filters(browser) -> None:
    client = browser("PFO")
    pages = range(1, len(rule_catalogue()) // 200 + 2)
    html = "".join(page(client, f"/reference/rules/?size=200&page={number}") for number in pages)
    assert all(f"/reference/rules/{entry.id}/" in html for entry in rule_catalogue())
    errors = [entry for entry in rule_catalogue() if entry.severity == "error"]
    assert f"共 <b>{len(errors)}</b> 行" in page(client, "/reference/rules/?severity=error")


def test_the_page_of_each_rule_says_sentence_article_parameters_tests(browser) -> None:
    client = browser("AUD")
    missing = {}
    for entry in rule_catalogue():
        html = page(client, f"/reference/rules/{entry.id}/")
        text = unescape(words(html))
        said = [entry.sentence, entry.basis, entry.basis_read, entry.severity_label]
        named = [f"/reference/policies/{policy.id}/" for policy in entry.parameters]
        lacks = [part for part in said if " ".join(part.split()) not in text]
        lacks += [part for part in (*named, *entry.tests) if part not in html]
        if lacks:
            missing[entry.id] = lacks
    assert missing == {}


def test_every_policy_and_source_has_a_page(browser) -> None:
    client = browser("FIN")
    for policy in load().policies.values():
        assert policy.label in page(client, f"/reference/policies/{policy.id}/")
    for source in load().sources.values():
        assert source.title in page(client, f"/reference/sources/{source.id}/")


@pytest.mark.parametrize("address", ["rules/TGT-999", "policies/no.such", "sources/no-such"])
def test_what_is_not_there_is_a_404_with_a_sentence(browser, address: str) -> None:
    html = page(browser("FIN"), f"/reference/{address}/", 404)
    assert "没有编号为" in html
    assert 'class="nav"' in html


def test_a_lost_address_keeps_the_shell(browser) -> None:
    html = page(browser("PFO"), "/nothing/here", 404)
    assert "找不到这个页面" in html
    assert 'aria-label="主菜单"' in html


def test_a_forbidden_page_says_what_is_missing(browser) -> None:
    html = page(browser("MER"), "/targets/", 403)
    assert "看绩效目标" in html
    assert 'class="nav"' in html


def test_a_post_without_its_token_says_the_page_is_too_old(make_user: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("PFO"))
    response = client.post("/logout")
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_a_crash_is_a_500_page_in_chinese(browser, monkeypatch) -> None:
    from youju.portal import selectors

    def crash(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(selectors, "home", crash)
    client = browser("PFO")
    client.raise_request_exception = False
    html = page(client, "/", 500)
    assert "系统出错" in html
    assert "secret detail" not in html


def test_the_style_page_draws_every_component(browser) -> None:
    html = page(browser("ADM"), "/style/")
    for part in ("breadcrumbs", "stats", "findings", "stepper", "tabs", "error-summary", "drop", "notes", "empty",
                 "pairs", "diff", "bar", "seal", "tip", "chart", "listing", "filters", "badge-approved"):  # fmt: skip
        assert part in html, part
    assert html.count("写法") >= 18


def test_a_listing_answers_htmx_with_its_region(browser) -> None:
    client = browser("ADM")
    headers = {"HX-Request": "true", "HX-Target": "listing-sample"}
    html = client.get("/style/?sort=-amount&page=2", headers=headers).content.decode()
    assert html.lstrip().startswith('<section class="listing" id="listing-sample"')
    assert 'aria-sort="descending"' in html
    # Without htmx the same address is the whole page, with the same rows.
    whole = page(client, "/style/?sort=-amount&page=2")
    rows = re.search(r"<tbody>.*?</tbody>", html, re.DOTALL)
    assert rows is not None
    assert rows[0] in whole


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=费", "/reference/rules/", "/reference/rules/TGT-026/", "/reference/policies/", "/targets/",
     "/targets/13060523P00456310001Q/", "/targets/findings/", "/targets/department/", "/targets/import/", "/account"],
)  # fmt: skip
def test_no_page_has_inline_style_or_script(browser, demo_set, address: str) -> None:
    response = browser("PFO").get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert INLINE.findall(html) == []
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/targets/", "/targets/findings/", "/reference/policies/", "/nothing"]
)
def test_every_page_has_its_landmarks(browser, demo_set, address: str) -> None:
    html = browser("PFO").get(address).content.decode()
    assert html.count("<h1>") == 1
    assert html.count("<main") == 1
    assert '<a class="skip" href="#content">' in html
    assert '<html lang="zh-CN">' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted({each for each in ids if ids.count(each) > 1}) == []


def test_the_houses_own_rules_are_not_called_read_in_the_original(browser) -> None:
    client = browser("PFO")
    law = page(client, "/reference/sources/mof-2015-88/")
    assert "核原文" in law
    settled, open_ = (
        words(page(client, f"/reference/sources/{name}/")) for name in ("house-jobs", "house-life-cycle")
    )
    assert "本单位规定" in settled and "核原文" not in settled
    assert "待本单位确认" in open_ and "核原文" not in open_
    assert "本单位规定" in page(client, "/reference/policies/foundation.jobs.keep_done_days/")
