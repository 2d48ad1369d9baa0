"""The picture of related parties: rings around the one asked about, drawn on the server as SVG, the same each time.

Parties stand on rings by their distance; what they share stands between its holders. A few rounds of relaxation, begun from the
rings and without any chance, untangle them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from youju.trade.risk.selectors import Graph, PartyNode

WIDE, HIGH, EDGE = 1000, 620, 60
_ROUNDS, _LETTERS = 120, 10
_TONES = {"phone": "电", "person": "人", "address": "址", "account": "账", "device": "机"}
_MARK = '<g class="mark"><title>{}</title><rect x="{}" y="{}" width="22" height="22" rx="4"/><text x="{}" y="{}">{}</text></g>'
Point = tuple[float, float]


def picture(graph: Graph) -> SafeString:
    """The graph as SVG."""
    keys = [f"p{each.id}" for each in graph.parties] + [f"m{place}" for place in range(len(graph.marks))]
    links = [(f"m{place}", f"p{key}") for place, mark in enumerate(graph.marks) for key in mark.members]
    at = layout(keys, links, f"p{graph.centre}")
    return format_html(
        '<svg class="ties" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDE, HIGH, f"{len(graph.parties)} 个主体之间共用的 {len(graph.marks)} 样号码",
        format_html_join(
            "", '<line class="tie" x1="{}" y1="{}" x2="{}" y2="{}"/>', ((*_n(at[one]), *_n(at[other])) for one, other in links)
        ),
        format_html_join(
            "", _MARK,
            ((f"{mark.label}，{len(mark.members)} 个主体", *_off(at[f"m{place}"], 11), *_off(at[f"m{place}"], 0, -4),
              _TONES.get(mark.kind, "号")) for place, mark in enumerate(graph.marks)),
        ),
        format_html_join(
            "", "{}", ((_party(each, at[f"p{each.id}"], centre=each.id == graph.centre),) for each in graph.parties)
        ),
    )  # fmt: skip


def layout(keys: Sequence[str], links: Sequence[tuple[str, str]], centre: str) -> Mapping[str, Point]:
    """Places in the picture, each node's hanging on the nodes and links alone (and their order)."""
    rings = _rings(keys, links, centre)
    at: dict[str, list[float]] = {}
    furthest = max(rings.values(), default=1) or 1
    for ring in range(furthest + 1):
        members = [key for key in keys if rings[key] == ring]
        for place, key in enumerate(members):
            turn = 2 * math.pi * (place + ring % 2 / 2) / max(1, len(members))
            at[key] = [ring / furthest * math.cos(turn), ring / furthest * math.sin(turn)]
    wanted = 1.6 / math.sqrt(max(len(keys), 2))
    for step in range(_ROUNDS):
        _relax(at, keys, links, centre, wanted, 0.1 * (1 - step / _ROUNDS))
    return _fitted(at)


def _rings(keys: Sequence[str], links: Sequence[tuple[str, str]], centre: str) -> dict[str, int]:
    near: dict[str, list[str]] = {key: [] for key in keys}
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    found, ring = {centre: 0}, [centre]
    while ring:
        following = []
        for key in ring:
            for other in near.get(key, ()):
                if other not in found:
                    found[other] = found[key] + 1
                    following.append(other)
        ring = following
    return {key: found.get(key, 1) for key in keys}


def _relax(  # noqa: PLR0917 - a round of the spring layout
    at: dict[str, list[float]],
    keys: Sequence[str],
    links: Sequence[tuple[str, str]],
    centre: str,
    wanted: float,
    most: float,
) -> None:
    push = {key: [0.0, 0.0] for key in keys}
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            dx, dy = at[one][0] - at[other][0], at[one][1] - at[other][1]
            away = math.hypot(dx, dy) or 1e-3
            force = wanted * wanted / away / away
            for key, sign in ((one, 1), (other, -1)):
                push[key][0] += sign * dx * force
                push[key][1] += sign * dy * force
    for one, other in links:
        dx, dy = at[one][0] - at[other][0], at[one][1] - at[other][1]
        force = math.hypot(dx, dy) / wanted
        for key, sign in ((one, -1), (other, 1)):
            push[key][0] += sign * dx * force
            push[key][1] += sign * dy * force
    for key in keys:
        if key == centre:
            continue
        far = math.hypot(*push[key]) or 1.0
        step = min(far, most) / far
        at[key][0] += push[key][0] * step
        at[key][1] += push[key][1] * step


def _fitted(at: Mapping[str, Sequence[float]]) -> dict[str, Point]:
    low = [min(point[axis] for point in at.values()) for axis in (0, 1)]
    span = [max(point[axis] for point in at.values()) - low[axis] or 1.0 for axis in (0, 1)]
    wide, high = WIDE - 2 * EDGE, HIGH - 2 * EDGE
    return {
        key: (EDGE + (x - low[0]) / span[0] * wide, EDGE + (y - low[1]) / span[1] * high)
        for key, (x, y) in at.items()
    }


def _party(each: PartyNode, at: Point, *, centre: bool) -> SafeString:
    x, y = _n(at)
    tone = "bad" if each.confirmed else "open" if each.open else "calm"
    name = each.name if len(each.name) <= _LETTERS else f"{each.name[:_LETTERS]}…"
    body = format_html(
        '<title>{}</title><circle class="{}{}" cx="{}" cy="{}" r="{}"/><text x="{}" y="{}">{}{}</text>',
        f"{each.number} {each.name}，未办结预警 {each.open}，属实 {each.confirmed}",
        tone, " centre" if centre else "", x, y, 15 if centre else 11, x, round(at[1] + 28, 1), name, " +" if each.more else "",
    )  # fmt: skip
    if not each.number or centre:
        return format_html('<g class="who">{}</g>', body)
    return format_html('<a class="who" href="{}">{}</a>', reverse("risk:graph", args=[each.number]), body)


def _n(point: Point) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _off(point: Point, x: float, y: float | None = None) -> tuple[float, float]:
    return round(point[0] - x, 1), round(point[1] - (x if y is None else y), 1)
