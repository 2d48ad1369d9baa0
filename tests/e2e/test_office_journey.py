"""A work plan: a task is planned, begun and done on a phone with its proof, and accepted by another person at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits
from office_made import PNG

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_planned_done_and_accepted(enter: Enter, script: bool) -> None:
    title = f"整理参展成交统计{'' if script else '（补）'}"
    head = enter("hed", DESK, script=script)
    head.goto("/tasks/new/")
    head.locator("[name=kind]").select_option("work")
    head.locator("[name=title]").fill(title)
    head.locator("[name=due_on]").fill("2023-12-29")
    head.locator("[name=person]").select_option("demo-stf")
    head.locator("[name=tags]").fill("展会、统计")
    head.get_by_role("button", name="安排", exact=True).click()
    expect(head.locator(".notes")).to_contain_text("已安排这件任务")
    fits(head)

    phone = enter("stf", PHONE, script=script)
    phone.goto("/work/")
    phone.get_by_role("link", name=title).click()
    fits(phone)
    phone.get_by_role("button", name="开始办理").click()
    phone.get_by_role("button", name="提交完成").click()
    expect(phone.locator(".error-summary")).to_contain_text("须附证明材料")
    phone.locator("[name=file]").set_input_files(
        {"name": "统计表.png", "mimeType": "image/png", "buffer": PNG}
    )
    phone.get_by_role("button", name="上传").click()
    phone.locator("[name=note]").fill("134 家企业，全部核对")
    phone.get_by_role("button", name="提交完成").click()
    expect(phone.locator(".notes")).to_contain_text("状态是“待验收”")
    expect(phone.get_by_role("button", name="验收通过")).to_have_count(0)
    fits(phone)

    finance = enter("fin", DESK, script=script)
    finance.goto("/work/")
    finance.get_by_role("link", name=title).click()
    expect(finance.get_by_role("link", name="统计表.png")).to_be_visible()
    finance.get_by_role("button", name="验收通过").click()
    expect(finance.locator(".notes")).to_contain_text("状态是“已验收”")
    finance.goto("/tasks/board/?text=整理参展")
    expect(finance.get_by_role("region", name="已验收").get_by_role("link", name=title)).to_be_visible()
