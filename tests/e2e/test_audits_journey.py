"""Internal supervision: a finding is registered, put right on a phone with proof, verified, closed, and opened again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits
from office_made import PNG

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_found_put_right_verified_closed_and_opened_again(enter: Enter, script: bool) -> None:
    title = f"接待费超过标准{'' if script else '（补）'}"
    auditor = enter("aud", DESK, script=script)
    auditor.goto("/audits/")
    auditor.get_by_role("link", name="登记问题").click()
    auditor.locator("[name=title]").fill(title)
    auditor.locator("[name=description]").fill("一次公务接待的人均费用超过标准。")
    auditor.locator("[name=category]").select_option("control")
    auditor.locator("[name=section]").select_option("ZH")
    auditor.locator("[name=amount]").fill("380.00")
    auditor.get_by_role("button", name="登记", exact=True).click()
    expect(auditor.locator(".error-summary")).to_contain_text("IAU-001")
    auditor.locator("[name=basis]").fill("公务接待管理办法第十条")
    auditor.get_by_role("button", name="登记", exact=True).click()
    expect(auditor.locator(".notes")).to_contain_text("已登记 WT")
    auditor.get_by_role("button", name="下发整改通知").click()
    expect(auditor.locator(".notes")).to_contain_text("状态是“整改中”")
    fits(auditor)

    phone = enter("stf", PHONE, script=script)
    phone.goto("/audits/?only=mine&text=接待费")
    phone.get_by_role("link", name=title, exact=True).first.click()
    fits(phone)
    phone.locator("[name=text]").fill("超出部分已由个人退回")
    phone.get_by_role("button", name="提交整改回复").click()
    expect(phone.locator(".error-summary")).to_contain_text("IAU-008")
    phone.locator("[name=file]").set_input_files(
        {"name": "退款凭证.png", "mimeType": "image/png", "buffer": PNG}
    )
    phone.get_by_role("button", name="上传证明").click()
    phone.locator("[name=text]").fill("超出部分已由个人退回")
    phone.get_by_role("button", name="提交整改回复").click()
    expect(phone.locator(".notes")).to_contain_text("状态是“待核实”")
    expect(phone.get_by_role("button", name="核实通过")).to_have_count(0)
    fits(phone)

    auditor.reload()
    expect(auditor.get_by_role("link", name="退款凭证.png")).to_be_visible()
    auditor.get_by_role("button", name="核实通过").click()
    auditor.get_by_role("button", name="销号").click()
    expect(auditor.locator(".notes")).to_contain_text("状态是“已销号”")
    auditor.locator("summary", has_text="重新打开").click()
    auditor.locator("#reason-reopen").fill("又查出一次超标准接待")
    auditor.get_by_role("button", name="重新打开").click()
    expect(auditor.locator(".notes")).to_contain_text("状态是“整改中”")
    expect(auditor.locator("main")).to_contain_text("第 1 次重新打开，理由：又查出一次超标准接待")
    fits(auditor)
