"""A merchant files on a phone, is sent back by the staff at a desk, corrects, and is put on file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits, within
from trade_made_filing import PNG, merchant_form

pytestmark = pytest.mark.e2e
FREE = """
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Stall
with reaching_all():
    free = Stall.objects.filter(market__code="{market}").exclude(tenancies__valid_to=None)
    print(free.order_by("pk").values_list("number", flat=True)[0])
"""
FORM = merchant_form(909_091, name="白沟新城红运箱包商行", stall_number="E1-001")


def upload(page: Page, kind: str) -> None:
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=file]").set_input_files(
        {"name": f"{kind}.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.locator("[name=valid_to]").fill("2099-01-01")
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator(".notes")).to_contain_text("已上传")


def step(page: Page, label: str, state: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".notes")).to_contain_text(f"状态是“{state}”")


def free_stall(home: Path, market: str) -> str:
    """The number of a stall that nobody holds; the demo has some in each market."""
    return within(home, FREE.format(market=market))


def test_filed_on_a_phone_sent_back_corrected_and_approved(enter: Enter, home: Path, tmp_path: Path) -> None:
    phone = enter("mer", PHONE)
    phone.goto("/parties/new/")
    phone.get_by_label("市场经营户").check()
    phone.get_by_label("名称").fill(FORM["name"])
    fits(phone)
    phone.get_by_role("button", name="下一步").click()

    # It keeps itself while one types; what is wrong is said beside its field, and the number never comes back.
    phone.locator("[name=resident_id]").fill(FORM["resident_id"])
    phone.locator("[name=credit_code]").fill("92130684")
    expect(phone.locator("[data-status]")).to_have_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))
    phone.get_by_role("button", name="下一步").click()
    expect(phone.locator("#id_credit_code_error")).to_contain_text("应为 18 位")
    expect(phone.locator("[name=resident_id]")).to_have_value("")
    expect(phone.get_by_text("已填 130***********")).to_be_visible()
    fits(phone)

    # The connection is lost and comes back.
    phone.context.set_offline(True)
    phone.locator("[name=legal_person]").fill(FORM["legal_person"])
    expect(phone.locator("[data-status]")).to_contain_text("连接中断")
    phone.context.set_offline(False)
    expect(phone.locator("[data-status]")).to_have_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))

    for code in ("credit_code", "contact", "phone", "address", "chapters"):
        phone.locator(f"[name={code}]").fill(FORM[code])
    market = phone.locator("[name=market]")
    if market.evaluate("element => element.tagName") == "SELECT":
        market.select_option(index=1)
    else:
        market.fill(FORM["market"])
    stall = free_stall(home, str(market.evaluate("element => element.value")))
    phone.locator("[name=stall_number]").fill(stall)
    phone.get_by_role("button", name="下一步").click()
    expect(phone.get_by_role("heading", name="要交的材料")).to_be_visible()
    for kind in ("business_license", "identity_card", "stall_lease"):
        upload(phone, kind)
    fits(phone)
    phone.get_by_role("link", name="下一步").click()
    expect(phone.get_by_text("检查通过，可以提交")).to_be_visible()
    fits(phone)
    phone.screenshot(path=tmp_path / "check.png", full_page=True)
    phone.get_by_role("button", name="提交备案").click()
    expect(phone.locator(".notes")).to_contain_text("已提交")
    fits(phone)

    # At the desk: in the queue with its promised day, sent back with a reason.
    desk = enter("stf", DESK)
    desk.goto("/parties/queue/?text=红运箱包")
    desk.get_by_role("link", name=FORM["name"]).click()
    desk.locator("summary", has_text="退回补正").click()
    desk.get_by_label("退回补正的理由").fill("地址写到门牌")
    desk.locator(".step-form form button", has_text="退回补正").click()
    expect(desk.locator(".notes")).to_contain_text("状态是“已退回”")
    fits(desk)

    phone.goto("/parties/own/")
    fits(phone)
    phone.get_by_role("link", name="补正").click()
    expect(phone.get_by_text("地址写到门牌")).to_be_visible()
    phone.locator("[name=address]").fill("白沟新城富强路 9 号 1 层 A0001")
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("link", name="下一步").click()
    phone.get_by_role("button", name="提交备案").click()
    expect(phone.locator(".notes")).to_contain_text("已提交")

    desk.reload()
    step(desk, "受理", "审核中")
    step(desk, "通过备案", "已备案")
    expect(desk.get_by_text("备案号 ZC")).to_be_visible()
    desk.screenshot(path=tmp_path / "filed.png", full_page=True)

    # One number in full, for a reason.
    desk.get_by_role("link", name="查看完整号码").first.click()
    desk.get_by_label("查看的理由").fill("当面核对证件")
    desk.get_by_role("button", name="查看", exact=True).click()
    expect(desk.get_by_text("只显示这一次")).to_be_visible()

    phone.goto("/parties/own/")
    expect(phone.get_by_text("已备案").first).to_be_visible()
    fits(phone)
