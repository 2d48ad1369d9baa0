"""What a number names: a declaration, one of its lines, an order, a packing, a container, a stall, a merchant, a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.selectors import declaration_by_number
from youju.trade.orders.selectors.tracing import lines_of_order
from youju.trade.packing.selectors.tracing import containers_numbered, packing_known
from youju.trade.parties.selectors.tracing import party_numbered, stalls_numbered
from youju.trade.tracing.models import TOKEN, TraceCode

KINDS = {
    "declaration": "报关单",
    "line": "商品项",
    "order": "交易单",
    "packing": "装箱单",
    "container": "集装箱",
    "stall": "摊位",
    "merchant": "经营户",
    "code": "溯源码",
}
"""Kinds of what a chain starts from, in words."""
_LINE = re.compile(r"(.{1,40}):([1-9][0-9]{0,5})")
_ADDRESS = re.compile(r"/t/([0-9A-Za-z]{26})/?(?:[?#].*)?$")
_OWN = re.compile(r"[A-Za-z]\d{12}")
_SERIES = {"D": "declaration", "T": "order", "X": "packing"}
_LONGEST = 200
_TOLD = 5
_HOW = "请输入申报单号、报关单号、交易单号、装箱单号、箱号、摊位号、备案号或溯源码"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chain starts. ``number`` names it among all of its kind; the rest is for the selectors.

    ``number`` is a declaration's number and version (with ``:3`` its third line), an order's number (``:2``), a container's
    number and packing (``CSQU3054383@X230601000001``), a market's code and the stall (``BG:A-101``), a filing number, a token.
    """

    kind: str
    number: str
    label: str
    id: int | None = None
    g_no: int | None = None
    lines: tuple[int, ...] = ()

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


class SeveralError(InputError):
    """A number that several things bear; ``origins`` are they."""

    def __init__(self, text: str, origins: list[Origin]) -> None:
        several = "、".join(f"{each.kind_label} {each.number}" for each in origins[:_TOLD])
        more = "等" if len(origins) > _TOLD else ""
        super().__init__(f"“{text}”不止一个：{several}{more}", how="请用其中的一个完整编号再查", status=409)
        self.origins = tuple(origins)


def origin(text: str) -> Origin:
    """What the asker means by a number or the address in a QR code.

    Raises:
        InputError: nothing that the asker sees bears it (404), or several things do (409); the sentence names them.
    """
    wanted = _clean(text)
    if not wanted:
        raise InputError("没有写要查的编号", how=_HOW)
    own = _SERIES.get(wanted[:1].upper(), "") if _OWN.match(wanted) else ""
    # Numbers of our own series are nothing else.
    finders = [_FINDERS[own]] if own else _FINDERS.values()
    return _only(text, [each for find in finders for each in find(wanted)])


def origin_of(kind: str, number: str) -> Origin:
    """The same where the kind is known.

    Raises:
        InputError: as :func:`origin`.
    """
    find = _FINDERS.get("declaration" if kind == "line" else kind)
    if find is None:
        raise InputError(f"不能从“{kind[:20]}”查来源", how=f"可选 {'、'.join(KINDS)}", status=404)
    return _only(number, [each for each in find(_clean(number)) if each.kind == kind])


def _only(text: str, found: list[Origin]) -> Origin:
    told = text.strip()[:60]
    if not found:
        raise InputError(f"没有找到编号“{told}”，或您的单位没有参与", how=_HOW, status=404)
    if len(found) > 1:
        raise SeveralError(told, found)
    return found[0]


def _clean(text: str) -> str:
    plain = "".join(text.replace("\0", "").split())[:_LONGEST].replace("：", ":").replace("＠", "@")
    address = _ADDRESS.search(plain)
    return address[1] if address else plain


def _declarations(text: str) -> list[Origin]:
    number, line = _split(text.upper())
    facts = declaration_by_number(number) if number[:1] in "D0123456789" else None
    if facts is None:
        return []
    key = f"{facts.number}-{facts.version}"
    if line is None:
        return [Origin("declaration", key, f"报关单 {key}", facts.id)]
    return [Origin("line", f"{key}:{line}", f"报关单 {key} 第 {line} 项", facts.id, line)]


def _orders(text: str) -> list[Origin]:
    number, line = _split(text.upper())
    lines = tuple(lines_of_order(number, line)) if number.startswith("T") else ()
    if not lines:
        return []
    if line is None:
        return [Origin("order", number, f"交易单 {number}", lines=lines)]
    return [Origin("order", f"{number}:{line}", f"交易单 {number} 第 {line} 行", lines=lines)]


def _packings(text: str) -> list[Origin]:
    number = text.upper()
    if not re.fullmatch(r"[A-Z]\d{12,}", number) or not packing_known(number):
        return []
    return [Origin("packing", number, f"装箱单 {number}")]


def _containers(text: str) -> list[Origin]:
    number, _, packing = text.upper().partition("@")
    return [
        Origin("container", f"{each.container}@{each.packing}", f"集装箱 {each.container}", each.id)
        for each in containers_numbered(number, packing)
    ]


def _stalls(text: str) -> list[Origin]:
    market, colon, number = text.rpartition(":")
    found = stalls_numbered(number, market) if not colon or market else []
    return [
        Origin("stall", f"{code}:{number}", f"{name} {number} 摊位", key) for key, number, code, name in found
    ]


def _merchants(text: str) -> list[Origin]:
    found = party_numbered(text)
    return [Origin("merchant", text, f"经营户 {found[1]}", found[0])] if found else []


def _codes(text: str) -> list[Origin]:
    token = text.upper()
    if not re.fullmatch(TOKEN, token):
        return []
    row = TraceCode.objects.filter(token=token).first()
    return [Origin("code", token, f"溯源码（{row}）", row.order_line_id)] if row else []


def _split(text: str) -> tuple[str, int | None]:
    found = _LINE.fullmatch(text)
    return (found[1], int(found[2])) if found else (text, None)


_FINDERS: dict[str, Callable[[str], list[Origin]]] = {
    "declaration": _declarations,
    "order": _orders,
    "packing": _packings,
    "container": _containers,
    "stall": _stalls,
    "merchant": _merchants,
    "code": _codes,
}
