"""A generated year of honest trade, as large as wanted: prices by code, seasons, containers that come back, outliers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

FIRST, DAYS = date(2023, 1, 1), 365
AS_OF = date(2024, 9, 1)
CAP = 150_000.0
PER_ORDER, PER_PACKING, PER_DECLARATION = 8, 12, 3
_SEASONS = np.array([0.6, 0.5, 0.9, 1.0, 1.1, 1.0, 0.9, 1.0, 1.2, 1.3, 1.4, 1.1])
_CHAPTERS = ("42", "61", "62", "64", "39", "73", "83", "95")
_UNITS = ("个", "件", "双", "千克")
_AREAS = ("白沟镇", "高碑店市", "保定市", "")


@dataclass(slots=True)
class Year:
    """Columns of each table as NumPy arrays; days count from the first of January."""

    lines: dict[str, Any]
    packings: dict[str, Any]
    codes: dict[str, Any]
    parties: dict[str, Any]
    rng: np.random.Generator
    declarations: int
    ties: list[tuple[int, str, str]] = field(default_factory=list)
    receipts: list[tuple[int, int, float, bool]] = field(default_factory=list)
    claims: list[tuple[Any, ...]] = field(default_factory=list)
    altered: dict[tuple[int, int], float] = field(
        default_factory=dict
    )  # (declaration, g_no) → what is added to its amount
    again: list[tuple[int, int]] = field(default_factory=list)  # (line, declaration that has it once more)
    entries: dict[int, int] = field(default_factory=dict)  # declaration → whose entry number it bears
    unpaid: set[int] = field(default_factory=set)
    others_pay: set[int] = field(default_factory=set)

    @property
    def merchants(self) -> int:
        """How many there are."""
        return len(self.parties["filed"])


def made(count: int, seed: int) -> Year:
    """About so many lines of honest trade."""
    rng = np.random.default_rng(seed)
    merchants, buyers, agents = max(60, count // 250), max(40, count // 160), max(3, count // 16_000)
    codes = _codes(rng, max(30, min(400, count // 500)))
    per_packing = PER_ORDER * PER_PACKING
    packings = max(4, count // per_packing)
    days = np.sort(rng.choice(DAYS, packings, p=_daily()))
    packing = {
        "day": days,
        "agent": 1_000_000 + rng.integers(0, agents, packings),
        "container": np.arange(packings) % max(4, int(packings * 0.6)),
        "bill": np.arange(packings),
    }
    # A container comes back after weeks: a container of a packing less than ten days after its last use is a new one.
    last: dict[int, int] = {}
    fresh = packings
    for at in range(packings):
        number = int(packing["container"][at])
        if days[at] - last.get(number, -99) < 10:
            number, fresh = fresh, fresh + 1
            packing["container"][at] = number
        last[number] = int(days[at])
    orders = packings * PER_PACKING
    weights = 1.0 / np.arange(20, 20 + merchants) ** 0.8
    merchant = rng.choice(merchants, orders, p=weights / weights.sum())
    homes = rng.integers(0, len(_CHAPTERS), (merchants, 2))
    order = np.repeat(np.arange(orders), PER_ORDER)
    lines = len(order)
    home = homes[merchant[order], rng.integers(0, 2, lines)]
    by_chapter = [np.flatnonzero(codes["home"] == at) for at in range(len(_CHAPTERS))]
    code = np.empty(lines, np.int64)
    for at, members in enumerate(by_chapter):
        here = np.flatnonzero(home == at)
        code[here] = rng.choice(members, len(here))
    dear = rng.random(lines) < 0.03
    code[dear] = rng.choice(codes["dear"], int(dear.sum()))
    volume = rng.lognormal(0, 0.8, lines)
    per = np.repeat(np.arange(packings), per_packing)
    target = rng.uniform(25, 66, packings)
    volume *= (target / np.bincount(per, volume))[per]
    gross = volume * codes["density"][code] * rng.lognormal(0, 0.15, lines)
    # A container bears 26.5 t: a heavy one is filled less.
    heavy = np.minimum(1.0, 24_000 / np.bincount(per, gross))
    volume, gross = volume * heavy[per], gross * heavy[per]
    net = gross * rng.uniform(0.85, 0.97, lines)
    noise = np.clip(rng.standard_t(8, lines), -4.2, 4.2) * codes["sd"][code] * 0.9
    lasting = rng.normal(0, 0.08, merchants)[merchant[order]]
    seasonal = 0.08 * np.sin(days[per] / DAYS * 2 * np.pi)
    usd = net * codes["per_kg"][code] * np.exp(noise + lasting + seasonal)
    # A dear code's line is a few cartons, not a quarter of the container.
    small = np.where(usd > 9_000, 9_000 / usd, 1.0)
    usd, net, gross, volume = usd * small, net * small, gross * small, volume * small
    honest = rng.random(lines) < 0.00004  # a few goods are simply made better
    usd[honest] *= rng.uniform(4, 9, int(honest.sum()))
    quantity = np.maximum(net / codes["kg"][code] * np.exp(rng.normal(0, 0.1, lines)), 0.01)
    quantity = np.where(codes["unit"][code] == "千克", net, quantity)
    declaration = per * (PER_PACKING // PER_DECLARATION) + (order % PER_PACKING) // PER_DECLARATION
    filed = np.full(merchants, -400) - rng.integers(0, 900, merchants)
    year = Year(
        lines={
            "order": order, "line_no": np.tile(np.arange(1, PER_ORDER + 1), orders), "day": days[per] - 3,
            "merchant": merchant[order], "agent": packing["agent"][per], "packing": per, "declaration": declaration,
            "buyer": 2_000_000 + rng.integers(0, buyers, orders)[order], "code": code, "quantity": quantity, "usd": usd,
            "net": net, "gross": gross, "volume": volume, "brand": np.zeros(lines, np.int8),
        },
        packings=packing, codes=codes,
        parties={
            "filed": filed, "ended": np.full(merchants, -1), "chapters": [
                ",".join(sorted({_CHAPTERS[a], _CHAPTERS[b], "85"})) for a, b in homes],
            "region": [_AREAS[at] for at in rng.integers(0, len(_AREAS), merchants)],
        },
        rng=rng, declarations=packings * (PER_PACKING // PER_DECLARATION),
    )  # fmt: skip
    _ties(year)
    return year


def _codes(rng: np.random.Generator, count: int) -> dict[str, Any]:
    dear = max(4, count // 20)
    home = rng.integers(0, len(_CHAPTERS), count)
    home[: len(_CHAPTERS)] = np.arange(len(_CHAPTERS))
    home[-dear:] = -1
    hs = [
        f"{_CHAPTERS[at] if at >= 0 else '85'}{number:04d}{'0000' if number % 3 else '1000'}"
        for number, at in enumerate(home.tolist(), 1000)
    ]
    watched = ["4402900090", "4104111100", "3506919090"]
    per_kg = np.exp(rng.normal(1.6, 0.6, count))
    per_kg[-dear:] = rng.uniform(120, 200, dear)
    unit = np.array([_UNITS[at] for at in rng.integers(0, len(_UNITS), count)] + ["千克"] * len(watched))
    more = len(watched)
    return {
        "hs": np.array(hs + watched), "home": np.concatenate([home, np.full(more, -2)]),
        "dear": np.arange(count - dear, count), "watched": np.arange(count, count + more),
        "unit": unit, "kg": np.concatenate([np.exp(rng.normal(-0.5, 0.7, count)), np.ones(more)]),
        "per_kg": np.concatenate([per_kg, np.full(more, 3.0)]),
        "sd": np.concatenate([rng.uniform(0.15, 0.35, count), np.full(more, 0.3)]),
        "density": np.concatenate([rng.uniform(120, 420, count), np.full(more, 300.0)]),
    }  # fmt: skip


def _daily() -> np.ndarray:
    months = (np.datetime64(FIRST) + np.arange(DAYS)).astype("datetime64[M]").astype(int) % 12
    share = _SEASONS[months]
    return share / share.sum()


def _ties(year: Year) -> None:
    """Everybody has a telephone; families share one, a building's address is shared by many."""
    rng = year.rng
    for party in range(year.merchants):
        phone = party if rng.random() > 0.01 else int(rng.integers(0, party + 1))
        year.ties.append((party, "phone", f"p{phone}"))
        if rng.random() < 0.05:
            year.ties.append((party, "address", f"building{int(rng.integers(0, 3))}"))


def tables(year: Year) -> dict[str, pa.Table]:
    """The tables of the scan."""
    lines, packings, codes = year.lines, year.packings, year.codes
    rng = np.random.default_rng(99)
    count = len(lines["order"])
    day0 = np.datetime64(FIRST)
    numbers = pa.array([f"T{each:08d}" for each in range(int(lines["order"].max()) + 1)])
    brand = lines["brand"]
    ids = np.arange(count)
    g_no, merged = _numbered(year)
    usd = np.round(lines["usd"], 2)
    net = np.round(lines["net"], 5)
    made_of = {
        "lines": pa.table({
            "order_line_id": ids, "order_number": numbers.take(pa.array(lines["order"])), "line_no": lines["line_no"],
            "ordered_on": pa.array(day0 + lines["day"]), "merchant_id": lines["merchant"], "agent_id": lines["agent"],
            "buyer_id": lines["buyer"], "hs_code": pa.array(codes["hs"]).take(pa.array(lines["code"])),
            "name": pa.array(["商品", "商品 NIKE", "商品"]).take(pa.array(brand.astype(np.int64))),
            "words": pa.array([""] * count), "brand": pa.array([""] * count),
            "brand_kind": pa.array(["none", "none", "foreign"]).take(pa.array(brand.astype(np.int64))),
            "authorised_until": pa.array(np.full(count, np.datetime64("NaT"), "datetime64[D]"), from_pandas=True),
            "unit": pa.array(codes["unit"]).take(pa.array(lines["code"])), "quantity": np.round(lines["quantity"], 5), "usd": usd,
            "net_weight": net, "gross_weight": np.round(lines["gross"], 5), "volume": np.round(lines["volume"], 6),
        }),
        **_declared(year, g_no, merged, usd, net),
        "loads": pa.table({
            "packing": [f"X{at:07d}" for at in range(len(packings["day"]))], "packed_on": pa.array(day0 + packings["day"]),
            "agent_id": packings["agent"], "bill": [f"B{at:07d}" for at in packings["bill"]],
            "container": [f"C{at:07d}" for at in packings["container"]], "kind": ["40HQ"] * len(packings["day"]),
            "gross_weight": np.round(np.bincount(lines["packing"], lines["gross"]), 5),
            "volume": np.round(np.bincount(lines["packing"], lines["volume"]), 6),
        }),
        "parties": pa.table({
            "party_id": np.arange(year.merchants), "filed_on": pa.array(day0 + year.parties["filed"]),
            "ended_on": pa.array(np.where(year.parties["ended"] < 0, np.datetime64("NaT"), day0 + year.parties["ended"]),
                                 from_pandas=True),
            "chapters": year.parties["chapters"], "region": year.parties["region"],
        }),
        "ties": pa.table({name: [row[at] for row in year.ties] for at, name in enumerate(("party_id", "kind", "value"))}),
        "codes": pa.table({
            "hs_code": [str(codes["hs"][at]) for at in codes["watched"]], "valid_from": [date(2022, 1, 1)] * 3,
            "valid_to": pa.array([None] * 3, pa.date32()), "what": ["banned", "duty", "inspection"],
        }),
    }  # fmt: skip
    made_of["receipts"] = _receipts(year, made_of["heads"], rng)
    names = ("claim", "party_id", "claimed_on", "usd", "ground", "what", "released", "collected", "exempted")
    made_of["claims"] = pa.table({name: [row[at] for row in year.claims] for at, name in enumerate(names)})
    return made_of


def _numbered(year: Year) -> tuple[np.ndarray, np.ndarray]:
    """Lines of declarations: the five of most value stand alone, the others by chapter; watched goods are hidden when planted."""
    lines = year.lines
    order = np.lexsort((-lines["usd"], lines["declaration"]))
    declaration = lines["declaration"][order]
    first = np.searchsorted(declaration, declaration)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - first
    merged = rank >= 5
    home = year.codes["home"][lines["code"]]
    g_no = np.where(merged, 10 + home, rank + 1)
    # Honest goods under inspection stand by themselves; what was planted hides in the first merged line.
    return g_no, merged


def _declared(
    year: Year, g_no: np.ndarray, merged: np.ndarray, usd: np.ndarray, net: np.ndarray
) -> dict[str, pa.Table]:
    lines, packings = year.lines, year.packings
    per = PER_PACKING // PER_DECLARATION
    key = lines["declaration"].astype(np.int64) * 100 + g_no
    where, inverse = np.unique(key, return_inverse=True)
    amount = np.round(np.bincount(inverse, usd), 2)
    weight = np.round(np.bincount(inverse, net), 5)
    for (declaration, line), more in year.altered.items():
        amount[np.searchsorted(where, declaration * 100 + line)] += more
    folded = np.zeros(len(where), bool)
    folded[inverse] = merged
    heads = np.arange(year.declarations)
    day = np.datetime64(FIRST) + packings["day"][heads // per]
    again = np.array([line for line, _ in year.again], np.int64)
    also = np.array([declaration for _, declaration in year.again], np.int64)
    ids = np.arange(len(g_no))
    # A line that stands twice is paid for in neither declared line: only the quantity is used again.
    return {
        "heads": pa.table({
            "declaration_id": heads, "declaration": [f"D{at:08d}" for at in heads],
            "entry_number": [f"E{year.entries.get(at, at):08d}" for at in heads.tolist()], "declared_on": pa.array(day),
            "released_on": pa.array(day + 1), "agent_id": packings["agent"][heads // per],
            "packing": [f"X{at:07d}" for at in (heads // per)], "usd": np.round(np.bincount(lines["declaration"], usd), 2),
        }),
        "declared": pa.table({
            "declaration_id": where // 100, "g_no": where % 100, "merged": folded, "amount": amount, "net_weight": weight,
        }),
        "shares": pa.table({
            "declaration_id": np.concatenate([lines["declaration"], also]),
            "g_no": np.concatenate([g_no, np.ones(len(again), np.int64)]), "order_line_id": np.concatenate([ids, again]),
            "quantity": np.round(np.concatenate([lines["quantity"], lines["quantity"][again]]), 5),
            "amount": np.concatenate([usd, np.zeros(len(again))]), "usd": np.concatenate([usd, np.zeros(len(again))]),
            "net_weight": np.concatenate([net, np.zeros(len(again))]),
        }),
    }  # fmt: skip


def _receipts(year: Year, heads: pa.Table, rng: np.random.Generator) -> pa.Table:
    count = heads.num_rows
    usd, released = heads["usd"].to_numpy(), heads["released_on"].to_numpy()
    paid = np.where(rng.random(count) < 0.003, rng.uniform(0.6, 0.9, count), 1.0)
    paid[sorted(year.unpaid)] = rng.uniform(0, 0.3, len(year.unpaid))
    buyer = rng.random(count) > 0.001
    small = np.where(buyer, 0.0, 0.1)  # a little paid by somebody else is honest
    share = np.zeros(count)
    share[sorted(year.others_pay)] = rng.uniform(0.5, 1.0, len(year.others_pay))
    share = np.maximum(share, small)
    when = released + rng.integers(20, 150, count).astype("timedelta64[D]")
    number = heads["declaration"].to_pylist()
    others = np.flatnonzero(share > 0)
    return pa.table({
        "declaration": number + [number[at] for at in others], "received_on": pa.array(np.concatenate([when, when[others]])),
        "usd": np.round(np.concatenate([usd * paid * (1 - share), (usd * paid * share)[others]]), 2),
        "from_buyer": np.concatenate([np.ones(count, bool), np.zeros(len(others), bool)]),
    })  # fmt: skip
