"""Monitoring: a round is made, a cause saves itself, an order is issued, answered on a phone, verified by another."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits
from office_made import PNG

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_round_its_cause_an_order_its_reply_verified(enter: Enter, script: bool) -> None:
    month, title = ("9", "进度落后") if script else ("10", "进度仍落后")
    officer = enter("pfo", DESK, script=script)
    officer.goto("/monitoring/new/")
    officer.locator("[name=year]").fill("2023")
    officer.locator("[name=month]").select_option(month)
    officer.get_by_role("button", name="编制", exact=True).click()
    expect(officer.locator(".notes")).to_contain_text("数字已经固定")
    expect(officer.locator("main svg").first).to_be_visible()
    fits(officer)
    officer.get_by_role("link", name="外经贸发展专项资金（参展、采购商服务、信保、海关等）").first.click()
    row = officer.locator("#row-1")
    row.locator("[name=likelihood]").select_option("possible")
    if script:
        expect(row.locator(".saved")).to_contain_text("MON-001")
    row.locator("[name=cause]").select_option("system")
    row.locator("[name=explanation]").fill("招标流标一次")
    row.locator("[name=measure]").fill("十月底前补齐")
    if script:
        row.locator("[name=measure]").press("Tab")
        expect(row.locator(".saved")).to_contain_text("已自动保存")
        expect(row.locator(".saved")).not_to_contain_text("MON-002")
    else:
        row.get_by_role("button", name="保存第 1 行").click()
        expect(officer.locator(".notes")).to_contain_text("已保存第 1 行")
    officer.reload()
    expect(officer.locator("#row-1 [name=measure]")).to_have_value("十月底前补齐")
    fits(officer)
    officer.locator("#row-1").get_by_role("link", name="就这一行下达整改通知").click()
    officer.locator("[name=title]").fill(title)
    officer.locator("[name=requirement]").fill("十月底前补齐，附清单")
    officer.locator("[name=section]").select_option("ZH")
    officer.get_by_role("button", name="下达", exact=True).click()
    expect(officer.locator(".notes")).to_contain_text("已下达 ZG")

    phone = enter("stf", PHONE, script=script)
    phone.goto("/monitoring/orders/?only=mine")
    phone.get_by_role("link", name=title, exact=True).first.click()
    fits(phone)
    phone.locator("[name=file]").set_input_files({"name": "清单.png", "mimeType": "image/png", "buffer": PNG})
    phone.get_by_role("button", name="上传证明").click()
    phone.locator("[name=text]").fill("已补齐，见清单")
    phone.get_by_role("button", name="提交整改回复").click()
    expect(phone.locator(".notes")).to_contain_text("状态是“待核实”")
    expect(phone.get_by_role("button", name="核实通过")).to_have_count(0)
    fits(phone)

    officer.reload()
    expect(officer.get_by_role("link", name="清单.png")).to_be_visible()
    officer.get_by_role("button", name="核实通过").click()
    expect(officer.locator(".notes")).to_contain_text("状态是“已核实”")
    fits(officer)
