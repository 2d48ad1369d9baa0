"""An agency agreement in Chromium: a merchant offers, an agent signs on a telephone, the paper comes down; a buyer in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits, within

pytestmark = pytest.mark.e2e
CHINESE = re.compile(r"[一-鿿]")
# A merchant and an agent on file for the people of the demo, should its data not have brought them.
FILED = """
from youju.foundation.kernel.context import reaching_all
from youju.foundation.identity.models import Organisation
from youju.trade.parties.models import Agreement, Party
with reaching_all():
    for code, role in (("DEMO-SH", "merchant"), ("DEMO-WM", "agent")):
        body = Organisation.objects.get(code=code)
        rows = Party.objects.filter(organisation=body, roles__contains=[role], state="approved")
        if not rows.exists():
            Party.objects.create(
                organisation=body, roles=[role], name=body.name, number="ZC-" + code, state="approved",
                sections=["SC"], is_demo=True)
    Agreement.objects.filter(
        principal__organisation__code="DEMO-SH", agent__organisation__code="DEMO-WM", state__in=["signing", "in_force"],
    ).update(state="ended")
"""


@pytest.fixture(scope="module")
def filed(address: str, home: Path) -> str:
    """The product's address once both parties are on file."""
    within(home, FILED)
    return address


@pytest.fixture
def enter(enter: Enter, filed: str) -> Enter:
    """``enter`` of all journeys, once both parties are on file."""
    assert filed
    return enter


def sign(page: Page) -> None:
    page.get_by_label("已读完全文，代表本单位签署").check()
    page.get_by_role("button", name="签署", exact=True).click()


def test_offered_by_a_merchant_signed_by_an_agent_on_a_telephone(enter: Enter, tmp_path: Path) -> None:
    seller = enter("mer")
    seller.goto("/parties/agreements/")
    seller.get_by_role("link", name="订立协议").first.click()
    # The list of partners follows the typing.
    seller.get_by_label("找受托方").press_sequentially("示例外贸")
    seller.get_by_role("link", name="选这一家").first.click()
    seller.get_by_label("出口货物范围").fill("箱包及其辅料")
    seller.get_by_label("代理费数额").fill("80")
    seller.get_by_label("免税申报由谁办理").select_option("agent")
    seller.get_by_role("button", name="拟订协议").click()
    expect(seller.get_by_text("超过上限").first).to_be_visible()
    seller.get_by_label("代理费数额").fill("0.8")
    seller.get_by_role("button", name="拟订协议").click()
    expect(seller.get_by_text("已拟订")).to_be_visible()
    number = seller.get_by_role("heading", level=1).inner_text().removeprefix("代理协议 ")
    seller.get_by_role("button", name="发出签署").click()
    sign(seller)
    expect(seller.get_by_text("已签署，等待对方签署")).to_be_visible()

    agent = enter("agt", PHONE)
    # Much waits for an agent of the demo year; the home page shows what is due first and leads to the rest.
    agent.goto("/")
    agent.get_by_role("link", name="看全部待办").click()
    fits(agent)
    agent.get_by_role("link", name=number).click()
    fits(agent)
    sign(agent)
    expect(agent.get_by_text("双方都已签署，协议生效")).to_be_visible()
    fits(agent)
    agent.get_by_role("button", name="生成 pdf").click()
    file = agent.locator("#agreement-papers a[download]")
    expect(file).to_be_visible()
    with agent.expect_download() as coming:
        file.click()
    target = tmp_path / "agreement.pdf"
    coming.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert coming.value.suggested_filename == f"代理协议{number}.pdf"

    seller.goto("/parties/agreements/")
    expect(seller.get_by_role("row", name=re.compile(number)).get_by_text("已生效")).to_be_visible()
    # Either side ends it; so the next journey finds the two of them free.
    seller.get_by_role("link", name=number).click()
    seller.locator("summary", has_text="提前终止").click()
    seller.get_by_label("提前终止的理由").fill("不再委托")
    seller.get_by_role("button", name="提前终止", exact=True).click()
    expect(seller.get_by_text("状态是“已终止”")).to_be_visible()


def test_a_partner_is_found_without_javascript_on_a_telephone(enter: Enter) -> None:
    page = enter("agt", PHONE, script=False)
    page.goto("/parties/agreements/new/")
    page.get_by_label("找委托方").fill("示例箱包")
    page.get_by_role("button", name="查找", exact=True).last.click()
    page.get_by_role("link", name="选这一家").first.click()
    expect(page.get_by_role("button", name="拟订协议")).to_be_visible()
    fits(page)


def chinese_of_ours(page: Page) -> list[str]:
    """Chinese on the page but for the name of the demo's buyer, which is the record's own."""
    return CHINESE.findall(page.locator("main").inner_text().replace("阿米娜", ""))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_buyer_reads_english(enter: Enter, width: int) -> None:
    page = enter("buy", width, locale="en-US")
    page.goto("/parties/buyers/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Foreign buyer")).to_be_visible()
    page.get_by_role("link", name="My buyer filing").click()
    expect(page.get_by_role("heading", name="My buyer filing")).to_be_visible()
    fits(page)
    assert chinese_of_ours(page) == []
    fill = page.get_by_role("link", name="Fill in the form")
    if fill.count():
        fill.click()
        page.get_by_label("Name of person or company").fill("Amina Trading LLC")
        page.get_by_label("Type of buyer").select_option(label="Company")
        page.get_by_label("Country or region").select_option(label="United Arab Emirates")
        page.get_by_label("Passport or ID number").fill("AB1234567")
        page.get_by_label("Contact person").fill("Amina")
        page.get_by_label("E-mail").fill("amina@example.com")
        fits(page)
        page.get_by_role("button", name="Send filing").click()
        expect(page.get_by_text("AB*****67")).to_be_visible()
        assert chinese_of_ours(page) == []
