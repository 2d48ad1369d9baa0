"""Parties, a small tariff and goods for the tests of the goods room, written straight into the tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trade_people import organisation
from youju.foundation.identity.models import User
from youju.trade.goods.models import Good, TariffVersion
from youju.trade.goods.services import GoodValues, TariffRow, store_tariff
from youju.trade.parties.models import Agreement, Party

BAG, CASE, SHOES, FIREWORK = "4202221000", "4202121000", "6403190000", "3604100000"
FROM = date(2025, 1, 1)
ROWS: tuple[TariffRow, ...] = (
    TariffRow(
        BAG, "以塑料片作面的手提包", "千克", "个", None, "", "", ("品名", "品牌类型", "材质", "种类", "GTIN")
    ),
    TariffRow("4202211000", "以皮革作面的手提包", "千克", "个", None, "", "", ("品名", "材质")),
    TariffRow(CASE, "以塑料作面的提箱", "千克", "个", None, "", ""),
    TariffRow("4202920000", "其他以塑料片作面的容器", "千克", "个"),
    TariffRow(SHOES, "皮革制鞋面的其他运动鞋靴", "双", "千克", None, "", "", ("品名", "鞋面材料")),
    TariffRow(FIREWORK, "烟花、爆竹", "千克", "", None, "B", "N"),
    TariffRow("2508300000", "耐火粘土", "千克", "", Decimal("20"), "4xy", ""),
    TariffRow("8703101100", "全地形车", "辆", "千克", None, "4A", "M/"),
    TariffRow("7321810000", "重型取暖炉", "台", "千克"),
)
HEAD = (
    "商品编码",
    "商品名称",
    "法定第一单位",
    "法定第二单位",
    "出口关税",
    "监管条件",
    "检验检疫类别",
    "申报要素",
)


def tariff(
    name: str = "2025 年版",
    valid_from: date = FROM,
    rows: Sequence[TariffRow] = ROWS,
    actor: User | None = None,
) -> TariffVersion:
    """A stored version."""
    return store_tariff(actor=actor, name=name, valid_from=valid_from, rows=rows)


def party(
    code: str, *, roles: tuple[str, ...] = ("merchant",), state: str = "approved", **more: Any
) -> Party:
    """A party of the organisation with the code, on file."""
    fields: dict[str, Any] = {
        "name": f"商户{code}", "number": f"ZT-{code}", "roles": list(roles), "sections": ["SC"], "state": state, **more,
    }  # fmt: skip
    return Party.objects.create(organisation=organisation(code, "merchant"), **fields)


def agreement(principal: Party, agent: Party, *, days: int = 30, state: str = "in_force") -> Agreement:
    """The agent acts for the principal from yesterday on."""
    today = timezone.localdate()
    return Agreement.objects.create(
        number=f"XY-{principal.pk}-{agent.pk}",
        principal=principal,
        agent=agent,
        state=state,
        valid_from=today - timedelta(days=1),
        valid_to=today + timedelta(days=days),
    )


def values(**more: Any) -> GoodValues:
    """A good that can be stored."""
    fields: dict[str, Any] = {
        "name": "女式单肩包", "name_en": "Shoulder bag", "model": "A-21", "unit": "个", "hs_code": BAG,
        "elements": {"材质": "PU 革", "种类": "单肩包"}, **more,
    }  # fmt: skip
    return GoodValues(**fields)


def good(of: Party, number: str, **more: Any) -> Good:
    """A stored good, past every check."""
    fields: dict[str, Any] = {"name": f"包{number}", "unit": "个", "hs_code": BAG, **more}
    return Good.objects.create(party=of, number=number, **fields)


def picture(width: int = 900, height: int = 600, kind: str = "PNG") -> bytes:
    """A picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), (120, 40, 30)).save(out, kind)
    return out.getvalue()


def workbook(*rows: Sequence[Any]) -> bytes:
    """An xlsx of the rows."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": datetime(2023, 6, 1)})  # the same rows, the same bytes
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return out.getvalue()
