"""The picture of a chain: stages in columns, what flows between them as bands; drawn on the server as SVG.

Each node leads to its record. The bands' widths follow the net weight; their words say packages, weight and, where all goods
share a unit, the quantity.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from youju.foundation.shell.figures import grouped
from youju.rules.trade.packing.amounts import Amounts, total
from youju.trade.tracing.selectors import STAGES, Link, Node, Overview
from youju.trade.tracing.web.columns import plain
from youju.trade.tracing.web.leading import Leading

WIDE, NODE, TALL, GAP, TOP = 1080, 132, 52, 16, 30
_LETTERS = 16
_THICK = Decimal(16)


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node with its words: what it is, what goes through it, where it leads."""

    node: Node
    label: str
    note: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the picture: its heading and its nodes, the heaviest first."""

    heading: str
    nodes: tuple[DrawnNode, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A band in words, for the table behind the picture."""

    source: str
    target: str
    told: str
    lines: int


def stages_of(overview: Overview, leading: Leading) -> tuple[Stage, ...]:
    """The nodes by stage, with words."""
    through = {node.key: _through(node, overview.links) for node in overview.nodes}
    found = []
    for stage, heading in STAGES.items():
        nodes = [node for node in overview.nodes if node.stage == stage]
        nodes.sort(key=lambda node: (node.open, node.rest > 0, -through[node.key].net_weight))
        drawn = tuple(
            DrawnNode(
                node,
                leading.label(node),
                leading.note(node),
                briefly(through[node.key], overview.unit),
                leading.href(node),
            )
            for node in nodes
        )
        if drawn:
            found.append(Stage(heading, drawn))
    return tuple(found)


def picture(overview: Overview, stages: tuple[Stage, ...], title: str) -> SafeString:
    """The chain as SVG; nothing where there is nothing to draw."""
    if not stages:
        return SafeString("")
    places: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    step = Decimal(WIDE - NODE) / max(1, len(stages) - 1)
    tallest = max(len(stage.nodes) for stage in stages)
    high = TOP + tallest * (TALL + GAP)
    for column, stage in enumerate(stages):
        free = Decimal((tallest - len(stage.nodes)) * (TALL + GAP)) / 2
        for row, drawn in enumerate(stage.nodes):
            places[drawn.node.key] = (column * step, TOP + free + row * (TALL + GAP))
    return format_html(
        '<svg class="chain" viewBox="-1 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDE + 2, high, title,
        _bands(overview, places),
        format_html_join(
            "", '<text class="chain-stage" x="{}" y="16">{}</text>',
            ((_n(column * step), stage.heading) for column, stage in enumerate(stages)),
        ),
        format_html_join("", "{}", ((_box(drawn, *places[drawn.node.key]),) for stage in stages for drawn in stage.nodes)),
    )  # fmt: skip


def flows(overview: Overview, stages: tuple[Stage, ...]) -> tuple[Flow, ...]:
    """The bands in words."""
    names = {drawn.node.key: drawn.label for stage in stages for drawn in stage.nodes}
    return tuple(
        Flow(names[link.source], names[link.target], told_of(link.amounts, overview.unit), link.lines)
        for link in overview.links
        if link.source in names and link.target in names
    )


def told_of(amounts: Amounts, unit: str) -> str:
    """Figures in words: 100 个，10 件，80 千克."""
    words = [f"{figure(amounts.quantity)} {unit}"] if unit else []
    return "，".join(
        [*words, f"{figure(amounts.packages)} 件", f"{figure(round(amounts.net_weight, 1))} 千克"]
    )


def briefly(amounts: Amounts, unit: str) -> str:
    """The same in two words, for a node: the quantity where all goods share a unit, else the weight."""
    much = f"{figure(amounts.quantity)} {unit}" if unit else f"{figure(round(amounts.net_weight, 1))} 千克"
    return f"{much}，{figure(amounts.packages)} 件"


def figure(value: Decimal | int) -> str:
    """A figure with its thousands apart."""
    return grouped(plain(value))


def _through(node: Node, links: tuple[Link, ...]) -> Amounts:
    """What came into a node, or for the first stage what left it."""
    came = [link.amounts for link in links if link.target == node.key]
    return total(came or [link.amounts for link in links if link.source == node.key])


def _bands(overview: Overview, places: dict[tuple[str, str], tuple[Decimal, Decimal]]) -> SafeString:
    most = max((link.amounts.net_weight for link in overview.links), default=Decimal(0)) or Decimal(1)
    drawn = []
    for link in overview.links:
        if link.source not in places or link.target not in places:
            continue
        (x1, y1), (x2, y2) = places[link.source], places[link.target]
        start, end = x1 + NODE, x2
        middle = (start + end) / 2
        y1, y2 = y1 + TALL / Decimal(2), y2 + TALL / Decimal(2)
        path = f"M{_n(start)} {_n(y1)}C{_n(middle)} {_n(y1)} {_n(middle)} {_n(y2)} {_n(end)} {_n(y2)}"
        thick = max(Decimal("1.5"), link.amounts.net_weight / most * _THICK)
        drawn.append((path, _n(thick), told_of(link.amounts, overview.unit)))
    return format_html_join(
        "", '<path class="chain-band" d="{}" stroke-width="{}"><title>{}</title></path>', drawn
    )


def _box(drawn: DrawnNode, x: Decimal, y: Decimal) -> SafeString:
    look = "chain-open" if drawn.node.open else "chain-rest" if drawn.node.rest else "chain-node"
    inside = format_html(
        '<g class="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="chain-label" x="{}" y="{}">{}</text><text class="chain-note" x="{}" y="{}">{}</text>'
        '<text class="chain-told" x="{}" y="{}">{}</text></g>',
        look, "，".join(each for each in (drawn.label, drawn.note, drawn.told) if each), _n(x), _n(y), NODE, TALL,
        _n(x + 8), _n(y + 17), cut(drawn.label), _n(x + 8), _n(y + 31), cut(drawn.note, _LETTERS + 4),
        _n(x + 8), _n(y + 45), cut(drawn.told, _LETTERS + 6),
    )  # fmt: skip
    return format_html('<a href="{}">{}</a>', drawn.href, inside) if drawn.href else inside


def cut(text: str, most: int = _LETTERS) -> str:
    """Text that fits: a Chinese sign counts as two letters."""
    done, wide = "", 0
    for sign in text:
        wide += 2 if ord(sign) > 0x2000 else 1
        if wide > most:
            return f"{done}…"
        done += sign
    return done


def _n(value: Decimal) -> str:
    return f"{value:.1f}"
