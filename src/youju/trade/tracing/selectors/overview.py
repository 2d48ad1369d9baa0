"""The chain from afar: the largest merchants, goods, orders, containers, declarations and countries, and what flows between.

All sums are made by the database: of a hub with a hundred thousand lines a few dozen rows come back. As many queries for it as
for one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from youju.rules.trade.packing.amounts import Amounts, total
from youju.rules.trade.tracing.balancing import Balance, Imbalance, differences, imbalances
from youju.trade.declarations.selectors.chains import (
    DeclaredLink,
    DeclaredOverview,
    declared_line_sums,
    declared_overview,
    declared_sums,
)
from youju.trade.orders.selectors.tracing import (
    LaterLine,
    OrderLink,
    OrdersOverview,
    later_lines,
    orders_overview,
    returned_sums,
)
from youju.trade.packing.selectors.tracing import (
    GoneInto,
    PackedLink,
    PackedOverview,
    figures_in,
    gone_into_sums,
    packed_overview,
)
from youju.trade.parties.selectors.tracing import NOBODY
from youju.trade.tracing.selectors.chains import around
from youju.trade.tracing.selectors.scopes import Scope

MOST = 8
"""How many nodes of a stage are told apart; the others are one node together."""
LATER = 50
"""How many returns and corrections are listed."""
_NOTHING = Amounts()
STAGES = {
    "merchant": "经营户（摊位）",
    "good": "商品（生产企业）",
    "order": "交易单",
    "container": "集装箱",
    "declaration": "报关单",
    "country": "运抵国（地区）",
}
"""The stages from left to right, in words."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the chain. ``key``: its stage and what it is there; ``record``: kind and key of its page, where it has one.

    ``rest``: how many it stands for, where it is all the others together; ``open``: goods that go no further.
    """

    key: Key
    stage: str
    label: str
    note: str = ""
    record: tuple[str, str] = ("", "")
    rest: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Goods that go from one node to another."""

    source: Key
    target: Key
    lines: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Sum:
    """The balance of all lines in one unit and one currency."""

    unit: str
    currency: str
    lines: int
    balance: Balance
    imbalances: tuple[Imbalance, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A chain from afar. ``counts``: how many of each stage; ``differences``: declared lines that do not add up."""

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    later: tuple[LaterLine, ...]
    differences: tuple[Imbalance, ...]

    @property
    def unit(self) -> str:
        """The unit that all lines share; empty where there are several."""
        units = {each.unit for each in self.sums}
        return units.pop() if len(units) == 1 else ""


@dataclass(slots=True)
class _Drawing:
    nodes: dict[Key, Node] = field(default_factory=dict)
    links: dict[tuple[Key, Key], Link] = field(default_factory=dict)

    def node(self, node: Node) -> Key:
        self.nodes.setdefault(node.key, node)
        return node.key

    def link(self, source: Key, target: Key, lines: int, amounts: Amounts) -> None:
        known = self.links.get((source, target))
        if known is not None:
            lines, amounts = lines + known.lines, amounts + known.amounts
        self.links[source, target] = Link(source, target, lines, amounts)


def overview_of(scope: Scope) -> Overview:
    """The overview of a scope; twelve queries at most."""
    narrowed = scope.packed is not None
    parts = figures_in(scope.packed) if scope.packed else None
    orders = orders_overview(scope.ids, MOST, parts)
    tops = sorted({link.order for link in orders.links if link.order is not None})
    back, back_of = returned_sums(scope.ids, tops)
    gone, declared_by = gone_into_sums(scope.ids), declared_sums(scope.ids)
    packed = packed_overview(scope.ids, scope.packed, tops, MOST)
    boxes = sorted({link.container for link in packed.links if link.container is not None})
    declared = declared_overview(scope.ids, scope.sources_within, scope.declaration, scope.g_no, boxes, MOST)
    whole = orders if parts is None else orders_overview(scope.ids, 0)
    sums = _sums(whole, back, gone, declared_by)
    drawing = _Drawing()
    _draw_orders(drawing, orders)
    _draw_packed(drawing, packed)
    _draw_declared(drawing, declared)
    if not narrowed:
        _draw_returned(drawing, orders.links, back_of, total([each.balance.returned for each in sums]))
        seen = total([link.amounts for link in packed.links])
        hidden = total([each.balance.packed for each in sums]) != seen
        _draw_left(drawing, "order", "unpacked", "未装箱或无权查看" if hidden else "未装箱")
    _draw_left(drawing, "container", "undeclared", "未报关")
    counts = {
        "lines": len(scope.ids), "merchant": orders.merchants, "good": orders.goods, "order": orders.orders,
        "container": packed.containers, "packing": packed.packings, "declaration": declared.declarations,
        "country": declared.countries,
    }  # fmt: skip
    return Overview(
        counts,
        sums,
        tuple(_rest_counted(node, counts, drawing.nodes) for node in drawing.nodes.values()),
        tuple(drawing.links.values()),
        tuple(later_lines(scope.ids, LATER)),
        _differences(scope),
    )


def _differences(scope: Scope) -> tuple[Imbalance, ...]:
    if scope.declaration is None:
        return ()
    return tuple(
        found
        for each in declared_line_sums(scope.declaration, scope.g_no)
        for found in differences(each.g_no, each.line, each.sources, one_unit=each.one_unit)
    )


def _sums(
    orders: OrdersOverview,
    back: Mapping[tuple[str, str], Amounts],
    gone: Mapping[tuple[str, str], GoneInto],
    declared: Mapping[tuple[str, str], Amounts],
) -> tuple[Sum, ...]:
    found = []
    for each in orders.sums:
        key = (each.unit, each.currency)
        into = gone.get(key, GoneInto(_NOTHING, _NOTHING))
        stated = declared.get(key, _NOTHING)
        # A declaration states no volume: it weighs what is packed.
        stated = Amounts(
            stated.quantity,
            stated.packages,
            stated.net_weight,
            stated.gross_weight,
            into.packed.volume,
            stated.amount,
        )
        balance = Balance(each.amounts, back.get(key, _NOTHING), into.consolidated, into.packed, stated)
        found.append(Sum(each.unit, each.currency, each.lines, balance, imbalances(balance)))
    return tuple(found)


def _draw_orders(drawing: _Drawing, orders: OrdersOverview) -> None:
    merchants = [link.merchant for link in orders.links if link.merchant is not None]
    found = around(
        sorted(set(merchants)), sorted({link.good for link in orders.links if link.good is not None})
    )
    for link in sorted(orders.links, key=lambda each: -each.amounts.net_weight):
        seller = found.sellers.get(link.merchant or 0, NOBODY)
        held = seller.stalls
        sold = found.goods.get(link.good or 0)
        merchant = drawing.node(
            Node(("merchant", str(link.merchant)), "merchant", seller.name or "其他经营户",
                 f"{held[0].market_name} {held[0].number}" if held else "",
                 ("merchant", seller.number), int(link.merchant is None))
        )  # fmt: skip
        label = sold.name if sold else "其他商品" if link.good is None else "（目录不可见）"
        good = drawing.node(
            Node(("good", str(link.good)), "good", label, sold.producer if sold else "",
                 ("good", str(link.good) if sold else ""), int(link.good is None))
        )  # fmt: skip
        order = drawing.node(
            Node(
                ("order", str(link.order)),
                "order",
                link.number or "其他交易单",
                "",
                ("order", link.number),
                int(link.order is None),
            )
        )
        drawing.link(merchant, good, link.lines, link.amounts)
        drawing.link(good, order, link.lines, link.amounts)


def _draw_packed(drawing: _Drawing, packed: PackedOverview) -> None:
    for link in sorted(packed.links, key=_heaviest):
        box = drawing.node(
            Node(("container", str(link.container)), "container", link.number or "其他集装箱", link.packing,
                 ("packing", link.packing), int(link.container is None))
        )  # fmt: skip
        drawing.link(("order", str(link.order)), box, link.lines, link.amounts)


def _draw_declared(drawing: _Drawing, declared: DeclaredOverview) -> None:
    known = {link.country for link in declared.links if link.country}
    for link in sorted(declared.links, key=_heaviest):
        of = drawing.node(
            Node(("declaration", str(link.declaration)), "declaration", link.key or "其他报关单", link.state,
                 ("declaration", link.key), int(link.declaration is None))
        )  # fmt: skip
        country = link.country or (next(iter(known)) if declared.countries == 1 and known else "")
        place = drawing.node(Node(("country", country), "country", country, rest=int(not country)))
        box = ("container", str(link.container))
        if box in drawing.nodes:
            drawing.link(box, of, link.lines, link.amounts)
        drawing.link(of, place, link.lines, link.amounts)


def _heaviest(link: PackedLink | DeclaredLink) -> tuple[bool, object]:
    """The rest last, however much it is."""
    key = link.container if isinstance(link, PackedLink) else link.declaration
    return (key is None, -link.amounts.net_weight)


def _draw_returned(
    drawing: _Drawing, links: Sequence[OrderLink], back_of: Mapping[int, Amounts], whole: Amounts
) -> None:
    if not whole.quantity:
        return
    node = Node(("container", "returned"), "container", "退货", open=True)
    for order, amounts in sorted(back_of.items()):
        drawing.link(("order", str(order)), drawing.node(node), 0, amounts)
    rest = whole - total(list(back_of.values()))
    if rest.quantity > 0 and any(link.order is None for link in links):
        drawing.link(("order", "None"), drawing.node(node), 0, rest)


def _draw_left(drawing: _Drawing, stage: str, key: str, label: str) -> None:
    """What came into the nodes of a stage and did not go on."""
    after = {"order": "container", "container": "declaration"}[stage]
    for node in [each for each in drawing.nodes.values() if each.stage == stage and not each.open]:
        came = total([link.amounts for link in drawing.links.values() if link.target == node.key])
        went = total([link.amounts for link in drawing.links.values() if link.source == node.key])
        left = came - went
        if left.quantity > 0:
            drawing.link(node.key, drawing.node(Node((after, key), after, label, open=True)), 0, left)


def _rest_counted(node: Node, counts: Mapping[str, int], nodes: Mapping[Key, Node]) -> Node:
    if not node.rest:
        return node
    told = sum(each.stage == node.stage and not each.rest and not each.open for each in nodes.values())
    return Node(
        node.key, node.stage, node.label, node.note, ("", ""), max(1, counts[node.stage] - told), node.open
    )
