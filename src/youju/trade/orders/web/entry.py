"""What is typed in the form of an order: read from a post, filled from an order, turned into a wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from pydantic import ValidationError

from youju.foundation.kernel.errors import InputError
from youju.trade.goods.selectors.tradable import numbers_of
from youju.trade.orders import selectors
from youju.trade.orders.api import wish_of
from youju.trade.orders.facts import OrderWish
from youju.trade.orders.schemas import OrderIn

HEAD = (
    "merchant",
    "agent",
    "buyer",
    "ordered_on",
    "country",
    "currency",
    "exemption_mode",
    "reference",
    "note",
    "kind",
    "about",
)
CELLS = (
    "good",
    "quantity",
    "unit",
    "price",
    "amount",
    "packages",
    "net_weight",
    "gross_weight",
    "volume",
    "original",
)
MOST_ROWS = 200
"""More lines than that are a spreadsheet's work."""
_LONG = {"note": 2000}
LABELS = {
    "merchant": "市场经营户", "agent": "外贸代理", "buyer": "境外采购商", "ordered_on": "成交日期", "country": "运抵国（地区）",
    "currency": "币种", "reference": "外部单号", "note": "备注", "good": "商品", "quantity": "数量", "unit": "成交单位",
    "price": "单价", "amount": "总价", "packages": "件数", "net_weight": "净重", "gross_weight": "毛重", "volume": "体积",
    "original": "原行序号",
}  # fmt: skip
_WEIGHT = "应是不小于零的数，至多 5 位小数"
_SHAPES = {
    "quantity": "应是大于零的数，至多 5 位小数",
    "price": "应是不小于零的数，至多 4 位小数",
    "amount": "应是不小于零的数，至多 2 位小数",
    "packages": "应是整数",
    "net_weight": _WEIGHT,
    "gross_weight": _WEIGHT,
    "volume": "应是不小于零的数，至多 6 位小数",
    "original": "应是原交易单的行序号",
    "ordered_on": "应写成 2023-06-01 的样子",
    "country": "请从列表里选",
    "currency": "应为三个大写字母的币种代码",
}


@dataclass
class Typed:
    """A form as typed: every cell is text. ``why``: ``rule:line`` (the line empty for the head) → explanation."""

    head: dict[str, str]
    lines: list[dict[str, str]]
    why: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"head": self.head, "lines": self.lines, "why": self.why}

    @property
    def explanations(self) -> dict[tuple[str, int | None], str]:
        """As a wish takes them."""
        found = {}
        for key, words in self.why.items():
            rule, _, line = key.partition(":")
            if words.strip():
                found[rule, int(line) if line.isdigit() and len(line) < 7 else None] = words.strip()
        return found


def blank() -> Typed:
    """A new form."""
    head = dict.fromkeys(HEAD, "") | {
        "ordered_on": timezone.localdate().isoformat(), "currency": "USD", "exemption_mode": "agent", "kind": "sale",
    }  # fmt: skip
    return Typed(head | {"collected_by_agent": "on"}, [{}])


def kept(form: Mapping[str, Any]) -> Typed:
    """From a draft."""
    return Typed(
        dict(form.get("head", {})),
        [dict(line) for line in form.get("lines", [])] or [{}],
        dict(form.get("why", {})),
    )


def read(post: QueryDict) -> Typed:
    """From a post."""
    head = {name: _clean(post.get(name, ""), _LONG.get(name, 100)) for name in HEAD}
    head["collected_by_agent"] = "on" if post.get("collected_by_agent") else ""
    text = post.get("rows", "1")
    rows = min(max(int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1, 1), MOST_ROWS)
    lines = [{name: _clean(post.get(f"{name}-{at}", ""), 200) for name in CELLS} for at in range(1, rows + 1)]
    why = {
        name[4:]: _clean(str(value), 500)
        for name, value in post.items()
        if name.startswith("why:") and len(name) < 40
    }
    return Typed(head, lines, why)


def filled(page: selectors.OrderPage, *, about: bool) -> Typed:
    """From an order: itself, to be changed, or with ``about`` a return or correction of it."""
    order = page.order
    numbers = numbers_of(line.good_id for line in page.lines)
    head = {role: page.parties[role][0] if role in page.parties else "" for role in ("merchant", "agent", "buyer")} | {
        "ordered_on": (timezone.localdate() if about else order.ordered_on).isoformat(),
        "country": order.country,
        "currency": order.currency,
        "exemption_mode": order.exemption_mode,
        "collected_by_agent": "on" if order.collected_by_agent else "",
        "reference": "" if about else order.reference,
        "note": "" if about else order.note,
        "kind": order.kind,
        "about": order.number if about else order.about.number if order.about else "",
    }  # fmt: skip
    lines = []
    for line in page.lines:
        cells = {"good": numbers.get(line.good_id, ""), "unit": line.unit}
        cells |= {name: _plain(getattr(line, name)) for name in CELLS[1:] if name not in ("unit", "original")}
        original = line.line_no if about else line.original.line_no if line.original else None
        lines.append(cells | {"original": str(original or "")})
    why = (
        {}
        if about
        else {
            f"{each.rule}:{each.line_no or ''}": each.explanation
            for each in page.findings
            if each.explanation
        }
    )
    return Typed(head, lines, why)


def wish(typed: Typed) -> tuple[OrderWish | None, dict[tuple[int | None, str], str]]:
    """The wish, or what is wrong with the shape of cells: (line or None, field) → sentence."""
    raw: dict[str, Any] = {
        name: value for name, value in typed.head.items() if value and name != "collected_by_agent"
    }
    raw["collected_by_agent"] = typed.head.get("collected_by_agent") == "on"
    raw["lines"] = [{name: value for name, value in line.items() if value} for line in typed.lines]
    try:
        found = wish_of(OrderIn.model_validate(raw))
    except ValidationError as error:
        return None, dict(_fault(each) for each in error.errors())
    except InputError as error:
        return None, {(None, ""): str(error)}
    return OrderWish(**{name: getattr(found, name) for name in OrderWish.__slots__ if name != "explanations"},
                     explanations=typed.explanations), {}  # fmt: skip


def totals(typed: Typed) -> dict[str, Decimal]:
    """The sums of what can be read so far."""
    found = {
        "amount": Decimal(0),
        "packages": Decimal(0),
        "net_weight": Decimal(0),
        "gross_weight": Decimal(0),
    }
    for line in typed.lines:
        for name in found:
            value = _number(line.get(name, ""))
            if name == "amount" and value is None:
                quantity, price = _number(line.get("quantity", "")), _number(line.get("price", ""))
                value = (
                    (quantity * price).quantize(Decimal("0.01"))
                    if quantity is not None and price is not None
                    else None
                )
            found[name] += value or 0
    return found


def _fault(error: Any) -> tuple[tuple[int | None, str], str]:
    place = error["loc"]
    line = place[1] + 1 if place[0] == "lines" and len(place) > 1 else None
    name = str(place[2] if line is not None and len(place) > 2 else place[0])
    label = LABELS.get(name, name)
    if error["type"] == "missing":
        return (line, name), f"请填写{label}。"
    return (line, name), f"{label}{_SHAPES.get(name, '不对，请改短或改正')}。"


def _clean(text: str, most: int) -> str:
    return text.replace("\0", "").strip()[:most]


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**11 else None


def _plain(value: object) -> str:
    if value is None:
        return ""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
