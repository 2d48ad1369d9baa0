"""Deeds that several journeys have in common: a payment's way to the bank and back, an application filled in and handed in."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotYet

from e2e.conftest import fits

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def loaded_until(page: Page, shown: Locator, *, times: int = 60) -> None:
    """Load a page anew until a job has put on it what is looked for."""
    for _ in range(times):
        try:
            shown.first.wait_for(timeout=1_000)
        except NotYet:
            page.reload()
        else:
            return
    expect(shown.first).to_be_visible()


def step(page: Page, number: str, label: str) -> None:
    """A step with a payment."""
    page.goto(f"/payments/{number}/")
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text("已办理")).to_be_visible()


def approve(section: Page, finance: Page, head: Page, number: str) -> None:
    """The three steps from the request to the list for the bank, each by somebody else."""
    step(section, number, "科室复核通过")
    step(finance, number, "财务审核通过")
    step(head, number, "批准")


def send(finance: Page, number: str, folder: Path) -> str:
    """Make a list of the one payment and download it; the reference under which it went."""
    finance.goto("/payments/bank/")
    for box in finance.locator("input[name=number]").all():
        box.set_checked(box.get_attribute("value") == number)
    finance.get_by_role("button", name="把勾选的做成清单").click()
    expect(finance.get_by_role("heading", level=1)).to_contain_text("银行付款清单")
    with finance.expect_download() as caught:
        finance.get_by_role("link", name="下载 CSV").click()
    caught.value.save_as(folder / "list.csv")
    rows = list(csv.reader(io.StringIO((folder / "list.csv").read_text(encoding="utf-8-sig"))))
    return rows[5][1]


def answer(finance: Page, reference: str, amount: str, result: str, folder: Path) -> None:
    """Read the bank's answer: ``成功`` or ``退回``."""
    reason = "账号户名不符" if result == "退回" else ""
    content = f"付款凭证号,金额,结果,日期,退回原因\n{reference},{amount},{result},{date.today()},{reason}\n"
    (folder / f"{reference}.csv").write_text(content, encoding="utf-8")
    finance.goto("/payments/returns/")
    finance.locator("input[type=file]").set_input_files(folder / f"{reference}.csv")
    finance.get_by_role("button", name="读入回单").click()
    expect(finance.get_by_text("入账 1")).to_be_visible()


def apply(firm: Page, policy: str) -> str:
    """Apply for what a policy gives, from the page of what one can get to the hand-in; the application's number."""
    firm.goto("/claims/entitlements/")
    fits(firm)
    card = firm.locator(".gain-card").filter(has_text=policy)
    card.get_by_role("button", name="申请").click()
    expect(firm.get_by_role("heading", name="收款账户")).to_be_visible()
    fits(firm)
    number = re.search(r"BT\d{4}-\d{5}", firm.url)[0]  # type: ignore[index]
    for label, value in (("开户银行", "示例银行白沟支行"), ("收款账号", "6222020200007654321")):
        # It saves itself; "saved" may be what was said of the field before.
        with firm.expect_response(lambda answer: answer.request.method == "POST" and number in answer.url):
            firm.get_by_label(label).fill(value)
    expect(firm.get_by_text("已保存")).to_be_visible()
    for paper in firm.locator(".paper-form").all():
        paper.locator("[name=file]").set_input_files(
            {"name": "材料.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        paper.get_by_role("button", name="上传", exact=True).click()
        expect(firm.get_by_text("已上传").first).to_be_visible()
    firm.get_by_label("所填内容真实").check()
    firm.get_by_role("button", name="签署", exact=True).click()
    firm.get_by_role("button", name="提交申请").click()
    expect(firm.get_by_text("已提交").first).to_be_visible()
    fits(firm)
    return number
