"""A subsidy in Chromium: applied for on a telephone, reviewed, publicised, objected to, decided, paid, sent back by the bank."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import PHONE, Enter, fits, within
from e2e.deeds import answer, apply, approve, send

pytestmark = pytest.mark.e2e
OVER = """
from datetime import timedelta
from django.utils import timezone
from youju.foundation.kernel.context import reaching_all
from youju.funds.subsidies.models import AwardRound
with reaching_all():
    day = timezone.localdate() - timedelta(days=1)
    AwardRound.objects.filter(number="{number}").update(shown_on=day - timedelta(days=9), shown_until=day)
"""


def review(page: Page, number: str, *steps: str) -> None:
    for step in steps:
        page.goto(f"/claims/{number}/")
        page.get_by_label("本人与申请人没有利害关系").check()
        page.get_by_role("button", name=step, exact=True).click()
        expect(page.get_by_text("已办理").first).to_be_visible()


def test_applied_for_reviewed_publicised_objected_awarded_sent_back_and_paid(
    enter: Enter, browser: Browser, address: str, home: Path, tmp_path: Path
) -> None:
    firm = enter("mer", PHONE)
    number = apply(firm, "集装箱")

    staff, finance, head = enter("stf"), enter("fin"), enter("hed")
    review(staff, number, "受理", "初审通过")
    review(finance, number, "复核通过")
    staff.goto("/claims/rounds/")
    staff.locator(".next li").filter(has_text="集装箱").get_by_role("button", name="拟定名单").click()
    batch = re.search(r"MD\d{4}-\d{5}", staff.url)[0]
    staff.get_by_role("button", name="冻结并公示").click()

    stranger = browser.new_context(base_url=address, viewport={"width": PHONE, "height": 844}).new_page()
    stranger.goto(f"/claims/public/{batch}/")
    fits(stranger)
    stranger.get_by_role("link", name="对名单提出异议").click()
    stranger.get_by_label("单位名称或姓名").fill("王某")
    stranger.get_by_label("电话或邮箱").fill("13800001234")
    stranger.get_by_label("异议内容").fill("请核对名单第一户的箱量是否与装箱单一致。")
    stranger.get_by_role("button", name="提出异议").click()
    expect(stranger.get_by_text("待处理")).to_be_visible()

    staff.goto(f"/claims/rounds/{batch}/")
    staff.locator("a[href*='/claims/objections/YY']").first.click()
    staff.get_by_label("核实的经过和结论").fill("经核对装箱单，箱量一致。")
    staff.get_by_role("button", name="异议不成立").click()
    stranger.reload()
    expect(stranger.get_by_text("经核对装箱单，箱量一致。")).to_be_visible()

    within(home, OVER.format(number=batch))
    staff.goto(f"/claims/rounds/{batch}/")
    staff.get_by_role("button", name="公示期满，报请决定").click()
    head.goto(f"/claims/rounds/{batch}/")
    head.get_by_role("button", name="决定补贴").click()
    expect(head.get_by_text("已决定 1 笔补贴").first).to_be_visible()
    staff.goto(f"/claims/rounds/{batch}/")
    staff.get_by_role("button", name="提出付款").click()
    expect(staff.get_by_text("笔付款").first).to_be_visible()

    # The payment goes its whole way: three people review and approve it, the bank's list, the bank's answer.
    section = enter("stf2")
    staff.get_by_role("link", name=re.compile(r"^FK\d+$")).first.click()
    payment = re.search(r"FK\d+", staff.url)[0]
    expect(staff.get_by_role("link", name=number)).to_be_visible()
    amount = staff.locator(".lede b").first.inner_text().removesuffix("元").replace(",", "").strip()
    approve(section, finance, head, payment)
    answer(finance, send(finance, payment, tmp_path), amount, "退回", tmp_path)

    firm.goto(f"/claims/{number}/")
    expect(firm.get_by_text("账号户名不符").first).to_be_visible()
    firm.get_by_label("开户银行").fill("示例银行白沟支行")
    firm.get_by_label("收款户名").fill("示例箱包商户")
    firm.get_by_label("收款账号").fill("6217000200009876543")
    firm.get_by_role("button", name="更正账户").click()
    expect(firm.get_by_text("中心会重新付款")).to_be_visible()
    fits(firm)

    # And once more, to the corrected account; this time it arrives.
    staff.goto(f"/claims/rounds/{batch}/")
    staff.get_by_role("button", name="提出付款").click()
    expect(staff.get_by_text("笔付款").first).to_be_visible()
    approve(section, finance, head, payment)
    second = send(finance, payment, tmp_path)
    assert second == f"{payment}-02"
    answer(finance, second, amount, "成功", tmp_path)
    firm.goto(f"/claims/{number}/")
    expect(firm.get_by_text("付讫").first).to_be_visible()
    expect(firm.get_by_role("link", name=payment)).to_have_count(0)  # the payment itself is the centre's
