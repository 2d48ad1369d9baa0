"""An exhibition: planned and published at a desk, signed up to on a phone, let in, won at, reported and accepted."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits
from events_made import today
from office_made import PNG

pytestmark = pytest.mark.e2e
FILE = {"name": "订单.png", "mimeType": "image/png", "buffer": PNG}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_planned_signed_up_won_and_accepted(enter: Enter, script: bool) -> None:
    name = f"春季箱包展{'' if script else '（补）'}"
    day = today().isoformat()
    staff = enter("stf", DESK, script=script)
    staff.goto("/events/new/exhibition/")
    staff.locator("[name=name]").fill(name)
    staff.locator("[name=city]").fill("保定")
    staff.locator("[name=starts_on]").fill(day)
    staff.locator("[name=ends_on]").fill(day)
    staff.locator("[name=places]").fill("2")
    staff.get_by_role("button", name="保存").click()
    expect(staff.locator(".notes")).to_contain_text("已登记，编号 ZH")
    fits(staff)
    staff.get_by_role("button", name="发布", exact=True).click()
    expect(staff.locator(".notes")).to_contain_text("状态是“进行中”")

    phone = enter("mer", PHONE, script=script)
    phone.goto("/events/own/")
    fits(phone)
    phone.get_by_role("link", name=name, exact=True).click()
    fits(phone)
    phone.locator("[name=wanted]").fill("9")
    phone.locator("[name=contact_name]").fill("许红")
    phone.locator("[name=contact_phone]").fill("15400000001")
    phone.get_by_role("button", name="报名", exact=True).click()
    expect(phone.locator(".error-summary")).to_contain_text("一家至多 4 个")
    phone.locator("[name=wanted]").fill("1")
    phone.get_by_role("button", name="报名", exact=True).click()
    expect(phone.locator(".notes")).to_contain_text("已报名")
    fits(phone)

    staff.goto(f"/events/lists/signups/?text={name}")
    staff.locator("main").get_by_role("link", name="示例箱包商户").first.click()
    staff.get_by_role("button", name="通过", exact=True).click()
    expect(staff.locator(".notes")).to_contain_text("状态是“已通过”")
    staff.locator("[name=booth]").fill("A12")
    staff.get_by_role("button", name="保存展位号").click()
    expect(staff.locator(".notes")).to_contain_text("已安排展位")

    phone.goto("/events/own/mine/")
    phone.get_by_role("link", name=name, exact=True).click()
    expect(phone.get_by_text("A12")).to_be_visible()
    phone.get_by_text("申报成交", exact=True).click()
    phone.locator("[name=won_on]").fill(day)
    phone.locator("[name=amount]").fill("386000")
    phone.locator("[name=country]").select_option("AE")
    phone.locator("[name=proof]").set_input_files(FILE)
    phone.get_by_role("button", name="申报", exact=True).click()
    expect(phone.locator(".notes")).to_contain_text("已申报这笔成交")
    fits(phone)

    staff.get_by_role("navigation", name="所在位置").get_by_role("link").nth(1).click()
    staff.locator("#deals").get_by_role("link", name="示例箱包商户").click()
    staff.get_by_label("核实无误").check()
    staff.get_by_role("button", name="确定").click()
    expect(staff.locator(".notes")).to_contain_text("结果是“已核实”")
    staff.get_by_role("navigation", name="所在位置").get_by_role("link").nth(1).click()
    expect(staff.locator(".stats")).to_contain_text("386,000.00")
    staff.locator("#report [name=note]").fill("1 家参展，成交 1 笔")
    staff.get_by_role("button", name="提交结果").click()
    expect(staff.locator(".notes")).to_contain_text("须附文件")
    staff.locator("#files").get_by_text("上传文件", exact=True).click()
    staff.locator("#files [name=file]").set_input_files(FILE)
    staff.locator("#files").get_by_role("button", name="上传", exact=True).click()
    expect(staff.locator(".notes")).to_contain_text("已上传")
    staff.locator("#report [name=note]").fill("1 家参展，成交 1 笔")
    staff.get_by_role("button", name="提交结果").click()
    expect(staff.locator(".notes")).to_contain_text("状态是“待验收”")
    expect(staff.get_by_role("button", name="验收通过")).to_have_count(0)
    fits(staff)

    head = enter("hed", DESK, script=script)
    head.goto("/events/?state=reported&text=" + name)
    head.get_by_role("link", name=name, exact=True).click()
    head.get_by_role("button", name="验收通过").click()
    expect(head.locator(".notes")).to_contain_text("状态是“已办结”")
    head.goto("/events/figures/")
    expect(head.locator("svg").first).to_be_attached()
    fits(head)
