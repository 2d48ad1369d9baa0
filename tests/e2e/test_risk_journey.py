"""An odd price: softly found at registration and explained, found again by the scan, assigned, disposed of, appealed against on a
phone, and the appeal answered.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits, within
from e2e.deeds import loaded_until

pytestmark = pytest.mark.e2e
DAY = "2023-12-18"
# A good of the merchant's that has peers enough whose prices differ least, and a price seven standard deviations away.
ODD = """
import math
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods.models import Good
from youju.trade.risk.checking.cached import newest_peers
with reaching_all():
    peers = newest_peers()
    goods = Good.objects.filter(party__organisation__users__username="demo-mer", state="recognised").order_by("number")
    known = [(good, peers.get(("price", good.hs_code[:6], good.unit))) for good in goods]
    good, like = min(((good, like) for good, like in known if like and like.peers >= 40), key=lambda each: each[1].spread)
    print(good.number, round(math.exp(like.median + 7 * max(like.spread, 0.2)), 2))
"""


def register(page: Page, good: str, price: str) -> str:
    """A deal of December 2023 at an odd price, explained and registered; its number."""
    page.goto("/orders/new/")
    page.locator("[name=agent]").select_option(index=1)
    page.locator("[name=buyer]").fill(page.locator("#buyers option").first.get_attribute("value") or "")
    page.locator("[name=country]").select_option("KE")
    page.locator("[name=ordered_on]").fill(DAY)
    right = {"quantity": "50", "packages": "5", "net_weight": "45", "gross_weight": "50", "volume": "0.3"}
    for name, value in {"good": good, "price": price, **right}.items():
        page.locator(f"[name={name}-1]").fill(value)
    page.get_by_role("button", name="检查", exact=True).last.click()
    odd = page.locator("#line-1 .finding", has_text="RSK-001")
    expect(odd).to_contain_text("警告")
    expect(odd).to_contain_text("个稳健标准差")
    fits(page)
    for why in page.locator('input[type=text][name^="why:"]').all():
        why.fill("补登十二月的定制加厚款，附合同")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".notes")).to_contain_text("已登记")
    fits(page)
    return page.url.rstrip("/").split("/")[-1]


def test_an_odd_price_from_its_registration_to_the_answer(enter: Enter, home: Path) -> None:
    phone = enter("mer", PHONE)
    number = register(phone, *within(home, ODD).split())

    officer = enter("stf", DESK)
    officer.goto("/risk/scans/")
    for name in ("since", "until"):
        officer.locator(f"[name={name}]").fill(DAY[:7])
    officer.get_by_role("button", name="扫描这些月份").click()
    expect(officer.locator(".notes")).to_contain_text("已排队扫描")
    fits(officer)

    head = enter("hed", DESK)
    head.goto(f"/risk/hits/?rule=RSK-001&place={number}")
    found = head.locator("#listing-hits tbody").get_by_role("link")
    loaded_until(head, found)
    fits(head)
    found.first.click()
    expect(head.locator("main")).to_contain_text(number)
    where = head.url
    head.locator("[name=to]").select_option("demo-stf")
    head.get_by_role("button", name="分派", exact=True).click()
    expect(head.locator(".notes")).to_contain_text("已分派 1 条")
    fits(head)

    # Not yet the party's to see.
    phone.goto(where)
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("单价偏离同类")

    officer.goto(where)
    officer.locator("[name=conclusion]").select_option("genuine")
    officer.locator("[name=grounds]").fill("合同里没有加厚的约定，同款上周按常价成交")
    officer.get_by_role("button", name="处置", exact=True).click()
    expect(officer.locator(".notes")).to_contain_text("已处置")
    expect(officer.get_by_role("button", name="处置", exact=True)).to_have_count(0)
    fits(officer)

    phone.goto("/risk/own/")
    fits(phone)
    address = re.sub(r"https?://[^/]+", "", where)
    phone.locator(f'#listing-own a[href="{address}"]').click()
    expect(phone.locator("main")).to_contain_text("合同里没有加厚的约定")
    expect(phone.locator("main")).not_to_contain_text("demo-stf")
    fits(phone)
    phone.locator("[name=words]").fill("补充协议另附，客户要求双层面料")
    phone.get_by_role("button", name="提交申诉").click()
    expect(phone.locator(".notes")).to_contain_text("申诉已提交")
    fits(phone)

    head.goto(where)
    head.locator("[name=conclusion]").select_option("explained")
    head.locator("[name=decision]").fill("补充协议属实，改为已说明")
    head.get_by_role("button", name="答复", exact=True).click()
    expect(head.locator(".notes")).to_contain_text("已答复申诉")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("补充协议属实，改为已说明")
    fits(phone)
