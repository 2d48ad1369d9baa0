"""From an order on a phone to the exported declaration: merchant, agent, broker, staff; the simulated Single Window answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, environment_of, fits, serving
from warm import WARM
from youju.trade.declarations.exchange.simulated import Mischief, SimulatedWindow, fate

pytestmark = pytest.mark.e2e
WAY = ("accepted", "inspection", "released", "exported")
BROKER = "示例报关行有限公司"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Without workers: the demo's own simulated window would draw another fate for each day's numbers."""
    with serving(home, YOUJU_JOB_WORKERS="0") as found:
        yield found


def press(page: Page, label: str, said: str) -> None:
    """Press a button; the page says so, and fits."""
    page.get_by_role("button", name=label, exact=True).first.click()
    expect(page.locator(".notes")).to_contain_text(said)
    fits(page)


def last_part(page: Page) -> str:
    return page.url.partition("?")[0].partition("#")[0].rstrip("/").split("/")[-1]


def number_of(page: Page) -> str:
    """The filing number of the person's own organisation, from its first page."""
    page.goto("/")
    return page.locator("main").inner_text().partition("ZC")[2][:10].join(["ZC", ""])


def register(phone: Page, pieces: int) -> str:
    """An order of so many bags at 10 dollars; its number."""
    phone.goto("/orders/new/")
    phone.locator("[name=agent]").select_option(label="示例外贸代理有限公司")
    buyer = phone.locator("#buyers option").first.get_attribute("value")
    good = phone.locator("#goods option").first.get_attribute("value")
    assert buyer and good
    phone.locator("[name=buyer]").fill(buyer)
    phone.locator("[name=country]").select_option("KE")
    cells = {
        "good": good, "quantity": pieces, "price": 10, "packages": pieces // 20, "net_weight": pieces * 4 // 5,
        "gross_weight": pieces * 9 // 10, "volume": pieces // 500,
    }  # fmt: skip
    for name, value in cells.items():
        phone.locator(f"[name={name}-1]").fill(f"{value}")
    fits(phone)
    phone.get_by_role("button", name="检查", exact=True).last.click()
    for why in phone.locator('input[type=text][name^="why:"]').all():
        why.fill("按合同成交的价格")
    press(phone, "登记", "已登记")
    return last_part(phone)


def pack(desk: Page, numbers: list[str]) -> str:
    """Confirm, consolidate and pack the orders; the packing's number."""
    for number in numbers:
        desk.goto(f"/orders/{number}/")
        press(desk, "确认", "已确认")
    desk.goto("/packing/consolidations/new/")
    expect(desk.locator("[name=agent]")).not_to_have_value("")
    desk.locator("[name=country]").select_option("KE")
    desk.get_by_role("button", name="开组货单").click()
    for number in numbers:
        desk.locator(f'input[name=orders][value="{number}"]').check()
    press(desk, "组入勾选的交易单", "已组入")
    press(desk, "组货完成", "已组货")
    gathered = last_part(desk)
    desk.get_by_role("link", name="去装箱").click()
    expect(desk.locator("[name=country]")).to_have_value("KE")
    desk.locator("[name=bill_of_lading]").fill("COSU6123456789")
    desk.locator("[name=port]").fill("0202")
    fits(desk)
    desk.get_by_role("button", name="开装箱单").click()
    desk.locator("[name=container]").first.fill("CSQU3054383")
    desk.locator("[name=kind]").select_option("40HQ")
    press(desk, "加箱子", "已加箱")
    waiting = desk.get_by_label(f"组货单 {gathered}", exact=True)
    waiting.get_by_role("button", name="全部装入").click()
    expect(desk.locator(".notes")).to_contain_text("已全部装入")
    expect(desk.locator("svg.fill")).to_have_attribute(
        "aria-label", "箱 CSQU3054383：容积用了 36%，载重用了 47%"
    )
    fits(desk)
    press(desk, "装箱完成", "已装箱")
    return last_part(desk)


def declare(desk: Page, broker: str, moved: str) -> str:
    """Plan, see what a move costs, move, accept; the key of the declaration that the moved order was taken out of."""
    desk.get_by_role("link", name="分票和报关单").click()
    desk.get_by_text("请报关行来分票").click()
    desk.locator("#broker-named").fill(broker)
    press(desk, "委托", f"已委托 {BROKER}")
    expect(desk.locator("#id_broker")).to_have_value(broker)
    press(desk, "分票", "方案已经算好")
    expect(desk.locator(".lede")).to_contain_text("2 张交易单分成 1 票，共 1 项；已证明不能更少")
    desk.locator("select[name=order]").select_option(moved)
    desk.locator("select[name=to]").select_option(label="新的一票")
    desk.get_by_role("button", name="先看看代价").click()
    cost = desk.get_by_label("移动的代价")
    expect(cost).to_contain_text("票数 1 → 2（多 1 票），商品项 1 → 2（多 1 项）")
    expect(cost).to_contain_text("没有违反任何规则")
    fits(desk)
    press(desk, "就这样移动", "1 票变 2 票")
    press(desk, "采用，做成 2 票报关单", "已做成 2 票报关单")
    desk.locator("#d1 .load-head a").click()
    expect(desk.get_by_label("还缺的必填项")).to_be_visible()
    return last_part(desk)


class Customs:
    """The simulated Single Window beside the product, asked step by step; the replies are read by the command."""

    def __init__(self, home: Path, key: str) -> None:
        self.environment = environment_of(home)
        seed = next(seed for seed in range(1000) if fate(seed, key) == WAY)
        self.window = SimulatedWindow(home / "var" / "exchange", seed=seed, mischief=Mischief(delay=0))

    def round(self, steps: int = 0) -> None:
        """Some steps of the window, then a round of the exchange."""
        for _ in range(steps):
            self.window.step()
        done = WARM.start(["declarations", "exchange", "run"], self.environment)
        assert done.wait() == 0, done.stderr


def stands(page: Page, state: str) -> None:
    page.reload()
    expect(page.locator(".lede .badge")).to_have_text(state)
    fits(page)


def test_from_a_phone_to_the_border(enter: Enter, home: Path, tmp_path: Path) -> None:
    phone, desk, broker = enter("mer", PHONE), enter("agt", DESK), enter("brk", DESK)
    numbers = [register(phone, pieces) for pieces in (10_000, 4_000)]
    packing = pack(desk, numbers)
    key = declare(desk, number_of(broker), numbers[1])

    # The broker finds it waiting, under its own name, whoever declared for this agent the last time.
    broker.goto("/")
    broker.get_by_role("link", name=key.rpartition("-")[0]).click()
    expect(broker.get_by_role("link", name=numbers[0])).to_have_count(0)
    broker.get_by_role("link", name="补全表头").click()
    fits(broker)
    expect(broker.locator("[name=AgentName]")).to_have_value(BROKER)
    broker.locator("[name=DistinatePort]").fill("KEN003")
    broker.locator("[name=whole_plan]").check()
    press(broker, "保存", "连同另外 1 票")
    press(broker, "预录入", "预录入")
    press(broker, "发送申报", "已发送，正等海关的回执")
    expect(broker.get_by_role("heading", level=1)).to_contain_text("报关单")

    # The staff look on while customs answers.
    customs, staff = Customs(home, key), enter("stf", DESK)
    customs.round()
    staff.goto(f"/declarations/{key}/")
    stands(staff, "已申报")
    customs.round(2)
    stands(staff, "已受理")
    customs.round(2)
    stands(staff, "已放行")
    customs.round(1)
    stands(staff, "已结关")
    told = staff.locator("#stages + .scroll td:first-child")
    expect(told).to_have_text(
        ["已归并", "预录入", "已申报", "已受理", "查验随机布控（模拟）", "已放行", "已结关"]
    )
    expect(staff.locator("#exchange + .scroll tbody tr")).to_have_count(6)
    staff.screenshot(path=tmp_path / "exported.png", full_page=True)
    phone.goto(f"/declarations/{key}/")
    stands(phone, "已结关")

    # What agent and broker have, on a phone.
    for page, pages in (
        (
            desk,
            [f"/packing/packings/{packing}/", f"/declarations/packings/{packing}/", f"/declarations/{key}/"],
        ),
        (broker, ["/", "/declarations/", f"/declarations/{key}/", f"/declarations/{key}/messages/"]),
    ):
        page.set_viewport_size({"width": PHONE, "height": 844})
        for where in pages:
            page.goto(where)
            fits(page)
    broker.screenshot(path=tmp_path / "messages.png", full_page=True)
