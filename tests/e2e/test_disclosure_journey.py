"""Disclosure: the officer prepares, the head publishes, a stranger reads on a phone in two languages and opens how a figure was
computed; nothing personal is in the files that everybody may take.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
import yaml
from playwright.sync_api import Browser, Route, expect

from e2e.conftest import DESK, PHONE, Enter, fits
from youju.foundation.kernel import places
from youju.rules.performance.disclosure import identifiers

pytestmark = pytest.mark.e2e
NOTED = """() => new MutationObserver(() => {
  const bar = document.querySelector('.waiting');
  if (bar) { sessionStorage.setItem('waiting', bar.textContent); }
}).observe(document.body, { childList: true })"""


def names_of_the_demo() -> frozenset[str]:
    """Everybody whom the demo names: people, payees, firms, dispatched workers, whoever holds a stall."""
    found: set[str] = set()
    for path in sorted(places.DEMO.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {
                    text
                    for key, text in row.items()
                    if key in ("payee", "firm", "person", "holder", "contact", "keeper_name", "counsel")
                }
    for path in ("trade/people.yaml", "funds/projects.yaml"):
        text = (places.DEMO / path).read_text(encoding="utf-8")
        found |= set(re.findall(r"(?:name|manager|person): *([一-鿿]{2,4})\b", text))
        found |= {each for each in _strings(yaml.safe_load(text)) if re.fullmatch(r"示例[一-鿿]+", each)}
    return frozenset(each for each in found if each and re.search(r"[一-鿿]{2}", each))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def test_a_stranger_reads_what_the_head_published(enter: Enter, browser: Browser) -> None:
    officer = enter("pfo", DESK)
    officer.goto("/disclosure/")
    fits(officer)
    # Scores that the head has not approved are not the public's.
    officer.get_by_role("link", name="2023 年绩效自评第 1 版").click()
    expect(officer.locator("main")).to_contain_text("DIS-006")

    officer.goto("/disclosure/new/")
    officer.get_by_label("内容").select_option("progress")
    officer.get_by_label("数据截至").fill("2023-12-31")
    officer.get_by_label("更正理由").fill("补充下半年的执行情况")
    officer.get_by_role("button", name="编制").click()
    expect(officer.locator("main")).to_contain_text("没有意见")
    officer.get_by_role("button", name="提交批准").click()
    expect(officer.locator("main")).to_contain_text("待批准公开")
    address = officer.url

    head = enter("hed", DESK)
    head.goto(address)
    head.get_by_role("button", name="批准并公开").click()
    expect(head.locator("main")).to_contain_text("已公开")
    fits(head)

    base = re.match(r"https?://[^/]+", address)
    assert base is not None
    context = browser.new_context(viewport={"width": PHONE, "height": 844}, base_url=base[0])
    try:
        phone = context.new_page()
        phone.goto("/open/")
        fits(phone)
        phone.get_by_role("link", name="2023 执行进展").click()
        fits(phone)
        phone.get_by_role("link", name="市场采购贸易方式专项资金（补贴资金）").click()
        expect(phone.locator("main")).to_contain_text("试点出口额")
        fits(phone)
        phone.get_by_role("link", name="English").click()
        expect(phone.locator("html")).to_have_attribute("lang", "en")
        expect(phone.locator("main")).to_contain_text("Exports under the pilot")
        fits(phone)
        phone.get_by_role("link", name="Exports under the pilot", exact=True).click()
        expect(phone.locator("section:target")).to_contain_text("Hash of the formula")
        fits(phone)
        assert context.cookies() == []
    finally:
        context.close()

    with officer.expect_download() as taken:
        officer.goto("/disclosure/")
        officer.get_by_role("link", name="导出网站 zip").click()
    names = names_of_the_demo()
    assert len(names) > 30
    package = zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes()))
    for path in package.namelist():
        text = package.read(path).decode("utf-8", "ignore") if not path.endswith((".docx", ".xlsx")) else ""
        for find in (identifiers.card_numbers, identifiers.phones, identifiers.accounts, identifiers.mails):
            assert list(find(re.sub(r"\b[0-9a-f]{64}\b", "", text))) == [], path
        assert list(identifiers.named(text, names)) == [], path


def test_what_takes_time_says_so_and_goes_once(enter: Enter) -> None:
    """A double click on a slow line: one request, and a bar until the answer is there."""
    officer = enter("pfo", DESK)
    officer.goto("/disclosure/new/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    officer.route("**/disclosure/new/", hold)
    officer.locator("[name=kind]").select_option("targets")
    button = officer.locator("main form .button-primary").first
    # While a page is leaving, the browser's driver looks at nothing on it: the page itself takes down what it said.
    officer.evaluate(NOTED)
    button.evaluate("(each) => { each.click(); each.click(); }")
    while not held:
        officer.wait_for_timeout(50)
    officer.wait_for_timeout(1_500)
    held[0].continue_()
    expect(officer.get_by_role("heading", level=1)).not_to_have_text("编制公开内容")
    expect(officer.locator(".waiting")).to_have_count(0)
    assert len(held) == 1
    assert "正在办理" in officer.evaluate("() => sessionStorage.getItem('waiting')")
