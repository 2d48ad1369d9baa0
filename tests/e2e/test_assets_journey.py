"""A stocktake on a phone whose connection is cut in the middle: counts are kept, the page opens again, all is uploaded once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def numbers_of(page: Page) -> list[str]:
    """The first numbers of the list on the phone."""
    return [
        re.findall(r"ZC\d+", row.inner_text())[0] for row in page.locator("[data-list-rows] li").all()[:5]
    ]


def scan(page: Page, text: str) -> None:
    page.locator("[name=text]").fill(text)
    page.locator("[name=text]").press("Enter")


def test_the_connection_is_cut_in_the_middle(enter: Enter) -> None:
    desk = enter("fin", DESK)
    desk.goto("/assets/stocktakes/new/")
    desk.locator("[name=title]").fill("市场服务科抽盘")
    desk.locator("[name=section]").select_option("SC")
    desk.locator("[name=due_on]").fill("2099-12-31")
    desk.get_by_role("button", name="开始盘点").click()
    expect(desk.locator(".notes")).to_contain_text("应盘")
    fits(desk)
    round_url = desk.url

    phone = enter("stf", PHONE)
    phone.goto(round_url)
    phone.get_by_role("link", name="去清点").click()
    expect(phone.locator("#counting")).to_have_attribute("data-ready", "1")
    fits(phone)
    first, second, third, fourth, _ = numbers_of(phone)
    scan(phone, f"http://any.host/assets/code/{first}/")
    expect(phone.locator("[data-said]")).to_contain_text("已清点")
    expect(phone.locator("[data-waiting]")).to_have_text("0")

    phone.context.set_offline(True)
    scan(phone, second.lower())
    expect(phone.locator("[data-waiting]")).to_have_text("1")
    expect(phone.locator("[data-net]")).to_contain_text("没有连接")
    scan(phone, second)
    expect(phone.locator("[data-said]")).to_contain_text("已经盘过")
    phone.reload()
    expect(phone.locator("[data-waiting]")).to_have_text("1")
    expect(phone.locator("[data-counted]")).to_have_text("2")
    phone.locator("summary", has_text="地点不一样").click()
    phone.locator("[name=place]").fill("库房")
    scan(phone, third)
    expect(phone.locator("[data-said]")).to_contain_text("地点不符")
    scan(phone, "SC-0001")
    expect(phone.locator("[data-said]")).to_contain_text("不在清单上")
    expect(phone.locator("[data-waiting]")).to_have_text("3")
    fits(phone)

    head = enter("hed", PHONE)
    head.goto(round_url + "count/")
    expect(head.locator("#counting")).to_have_attribute("data-listed", "1")
    scan(head, second)
    scan(head, fourth)
    expect(head.locator("[data-waiting]")).to_have_text("0")

    phone.context.set_offline(False)
    expect(phone.locator("[data-waiting]")).to_have_text("0")
    expect(phone.locator("[data-trouble]")).to_contain_text("已经盘过这件")
    phone.get_by_role("button", name="更新清单").click()
    expect(phone.locator("[data-counted]")).to_have_text("5")

    desk.goto(round_url + "?result=conflict")
    expect(desk.locator("main")).to_contain_text("有 1 件被两个人盘过")
    expect(desk.locator(".listing")).to_contain_text(second)
    desk.get_by_role("button", name="结束清点").click()
    expect(desk.locator("#differences")).to_contain_text("SC-0001")
    expect(desk.locator("#differences")).to_contain_text("实际在“库房”")
    fits(desk)


def test_the_missing_one_of_the_demo_is_shown_and_disposed_of(enter: Enter) -> None:
    desk = enter("fin", DESK)
    desk.goto("/assets/?only=missing")
    expect(desk.locator(".listing")).to_contain_text("空调")
    desk.goto("/assets/stocktakes/")
    desk.get_by_role("link", name="2023 年度盘点").click()
    lost = desk.locator("form.decide", has_text="盘亏")
    lost.locator("[name=why]").fill("查找两周没有下落，请按盘亏处理")
    lost.get_by_role("button", name="处理").click()
    expect(desk.locator(".notes")).to_contain_text("申请按盘亏处置")
    desk.goto("/assets/disposals/?way=loss")
    expect(desk.locator(".listing")).to_contain_text("待科室审核")
    fits(desk)
