"""The checks one by one in plain Python, over rows, without any net: what the scan in bulk has to agree with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from youju.rules.law import PolicyValue, table, whole
from youju.rules.trade.risk.facts import (
    BrandCase,
    ClaimCase,
    CollectionCase,
    ContainerCase,
    FilingCase,
    HiddenCase,
    LifeCase,
    OrderCase,
    PayerCase,
    PriceCase,
    ProportionCase,
    RegionCase,
    ScopeCase,
    SpreadCase,
    SumCase,
    TieCase,
    TwiceCase,
    UseCase,
    WeightCase,
)
from youju.rules.trade.risk.judging import judge

Rows = Mapping[str, list[dict[str, Any]]]
Law = Mapping[str, PolicyValue]
Said = Iterator[tuple[str, str, Any]]


def oracle(rows: Rows, law: Law, as_of: date) -> set[tuple[str, str]]:
    """(rule, subject) of every hit."""
    cases = [
        *_prices(rows),
        *_filings(rows),
        *_orders(rows),
        *_loads(rows, law),
        *_parties(rows, law),
        *_money(rows, as_of),
    ]
    return {(rule, subject) for rule, subject, case in cases if judge(rule, case, law, as_of) is not None}


def _line(row: Mapping[str, Any]) -> str:
    return f"order:{row['order_number']}/{row['line_no']}"


def _prices(rows: Rows) -> Said:
    for rule, unit, size in (("RSK-001", "unit", "quantity"), ("RSK-013", "", "net_weight")):
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in rows["lines"]:
            if row["usd"] >= 200 and row[size] > 0:
                groups[row["hs_code"][:6], row[unit] if unit else "千克"].append(row)
        for (hs6, name), members in groups.items():
            logs = [math.log(row["usd"] / row[size]) for row in members]
            middle = median(logs)
            spread = round(1.4826 * median(abs(each - middle) for each in logs), 6)
            for row in members:
                price = row["usd"] / row[size]
                yield (
                    rule,
                    _line(row),
                    PriceCase(
                        row["name"], hs6, name, price, row["usd"], len(members), round(middle, 6), spread
                    ),
                )


def _filings(rows: Rows) -> Said:
    for rule, name in (("RSK-002", "container"), ("RSK-014", "bill")):
        seen: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for row in {(row[name], row["packed_on"], row["packing"]) for row in rows["loads"]}:
            seen[row[0]].append(row[1:])
        for number, members in seen.items():
            members.sort()
            for (before, one), (day, other) in pairwise(members):
                yield rule, f"packing:{one}+{other}", FilingCase(number, one, other, (day - before).days)
    entries: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in rows["heads"]:
        entries[row["entry_number"]].append((row["declared_on"], row["declaration"]))
    for number, found in entries.items():
        found.sort()
        for (before, one), (day, other) in pairwise(found):
            yield "RSK-015", f"declaration:{one}+{other}", FilingCase(number, one, other, (day - before).days)
    heads = {row["declaration_id"]: row for row in rows["heads"]}
    lines = {row["order_line_id"]: row for row in rows["lines"]}
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    uses: dict[int, list[float]] = defaultdict(list)
    merged = {(row["declaration_id"], row["g_no"]): row["merged"] for row in rows["declared"]}
    watched = {row["hs_code"]: row["what"] for row in rows["codes"]}
    for row in rows["shares"]:
        key = row["declaration_id"], row["g_no"]
        sums[key][0] += row["amount"]
        sums[key][1] += row["net_weight"]
        uses[row["order_line_id"]].append(row["quantity"])
        line, name = lines[row["order_line_id"]], heads[row["declaration_id"]]["declaration"]
        yield (
            "RSK-010",
            f"declaration:{name}/{row['g_no']}/{line['order_number']}/{line['line_no']}",
            HiddenCase(
                line["name"],
                line["hs_code"],
                name,
                row["g_no"],
                merged[key],
                watched.get(line["hs_code"], ""),
            ),
        )
    for row in rows["declared"]:
        name = heads[row["declaration_id"]]["declaration"]
        amount, weight = (round(each, 5) for each in sums[row["declaration_id"], row["g_no"]])
        yield (
            "RSK-003",
            f"declaration:{name}/{row['g_no']}",
            SumCase(
                name,
                row["g_no"],
                round(row["amount"], 2),
                round(amount, 2),
                round(row["net_weight"], 5),
                weight,
            ),
        )
    for key, parts in uses.items():
        line = lines[key]
        case = UseCase(
            line["order_number"],
            line["line_no"],
            line["quantity"],
            round(sum(parts), 5),
            line["unit"],
            len(parts),
        )
        yield "RSK-016", _line(line), case


def _orders(rows: Rows) -> Said:
    totals: dict[str, float] = defaultdict(float)
    chapters = {
        row["party_id"]: tuple(each for each in row["chapters"].split(",") if each) for row in rows["parties"]
    }
    scopes: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows["lines"]:
        totals[row["order_number"]] += row["usd"]
        yield (
            "RSK-018",
            _line(row),
            WeightCase(row["name"], row["net_weight"], row["gross_weight"], row["volume"]),
        )
        yield (
            "RSK-011",
            _line(row),
            BrandCase(
                row["name"],
                row["words"],
                row["brand"],
                row["brand_kind"],
                row["ordered_on"],
                row["authorised_until"],
            ),
        )
        if row["merchant_id"] in chapters:
            scopes[row["order_number"], row["hs_code"][:2]].append(row)
    for (order, chapter), members in scopes.items():
        usd = round(sum(row["usd"] for row in members), 2)
        yield (
            "RSK-006",
            f"order:{order}/{chapter}",
            ScopeCase("x", chapter, chapters[members[0]["merchant_id"]], usd),
        )
    for order, usd in totals.items():
        yield "RSK-004", f"order:{order}", OrderCase(order, round(usd, 2))
    heads = {row["declaration_id"]: row for row in rows["heads"]}
    lines = {row["order_line_id"]: row for row in rows["lines"]}
    deals: dict[tuple[Any, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows["shares"]:
        head, line = heads[row["declaration_id"]], lines[row["order_line_id"]]
        deals[head["packing"], head["declared_on"], line["merchant_id"], line["buyer_id"]][
            head["declaration"]
        ] += row["usd"]
    for (packing, day, merchant, buyer), parts in deals.items():
        sizes = [round(each, 2) for each in parts.values()]
        yield (
            "RSK-017",
            f"packing:{packing}/{merchant}/{buyer}",
            SpreadCase(packing, day, len(sizes), round(sum(sizes), 2), min(sizes)),
        )


def _loads(rows: Rows, law: Law) -> Said:
    kinds: Any = table(law, "trade.packing.container_types")
    for row in rows["loads"]:
        known = kinds[row["kind"]]
        yield (
            "RSK-005",
            f"packing:{row['packing']}/{row['container']}",
            ContainerCase(
                row["container"],
                row["kind"],
                row["gross_weight"],
                row["volume"],
                float(known["payload"]),
                float(known["volume"]),
            ),
        )


def _parties(rows: Rows, law: Law) -> Said:
    by_merchant: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows["lines"]:
        by_merchant[row["merchant_id"]].append(row)
    months: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for merchant, members in by_merchant.items():
        for row in members:
            months[merchant][f"{row['ordered_on']:%Y-%m}"] += row["usd"]
    market = round(median(usd for each in months.values() for usd in each.values()), 2)
    for row in rows["parties"]:
        key, members = row["party_id"], by_merchant.get(row["party_id"], [])
        usd, subject = round(sum(each["usd"] for each in members), 2), f"party:{row['party_id']}"
        yield "RSK-019", subject, RegionCase(row["region"], usd)
        last = row["filed_on"] + timedelta(days=whole(law, "trade.risk.new_days"))
        first = [each for each in members if row["filed_on"] <= each["ordered_on"] <= last]
        if first:
            days = (max(each["ordered_on"] for each in first) - row["filed_on"]).days
            total = round(sum(each["usd"] for each in first), 2)
            yield "RSK-007", subject, LifeCase(days, total, len({each["order_number"] for each in first}))
        if row["ended_on"]:
            yield "RSK-020", subject, LifeCase((row["ended_on"] - row["filed_on"]).days, usd, 1)
        earlier: list[float] = []
        for month, value in sorted(months[key].items()):
            typical = round(median(earlier), 2) if earlier else 0.0
            yield "RSK-009", subject, ProportionCase(month, round(value, 2), typical, len(earlier), market)
            earlier.append(value)
    yield from _ties(rows, by_merchant)


def _ties(rows: Rows, by_merchant: Mapping[int, list[dict[str, Any]]]) -> Said:
    held: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows["ties"]:
        held[row["kind"], row["value"]].add(row["party_id"])
    for (kind, _), members in held.items():
        if not 2 <= len(members) <= 20:
            continue
        for one in members:
            for other in (each for each in members if each > one):
                best: list[tuple[int, float, float]] = []
                for _, day, buyer, usd in _deals(by_merchant.get(one, [])):
                    for _, day2, buyer2, usd2 in _deals(by_merchant.get(other, [])):
                        if buyer == buyer2 and abs((day - day2).days) <= 3:
                            best.append((abs((day - day2).days), usd + usd2, min(usd, usd2)))
                if best:
                    case = TieCase(
                        kind, len(members), min(best)[0], min(best)[1], max(each[2] for each in best)
                    )
                    yield "RSK-021", f"party:{one}+{other}/{kind}", case


def _deals(lines: list[dict[str, Any]]) -> list[tuple[str, date, int, float]]:
    found: dict[str, list[Any]] = {}
    for row in lines:
        found.setdefault(row["order_number"], [row["ordered_on"], row["buyer_id"], 0.0])[2] += row["usd"]
    return [(order, *values) for order, values in found.items()]  # type: ignore[misc]


def _money(rows: Rows, as_of: date) -> Said:
    got: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows["receipts"]:
        got[row["declaration"]][0] += row["usd"]
        got[row["declaration"]][1] += 0.0 if row["from_buyer"] else row["usd"]
    for row in rows["heads"]:
        name, (collected, others) = row["declaration"], got[row["declaration"]]
        days = (as_of - row["released_on"]).days
        yield "RSK-008", f"declaration:{name}", CollectionCase(name, days, row["usd"], round(collected, 2))
        yield "RSK-022", f"declaration:{name}", PayerCase(name, round(collected, 2), round(others, 2))
    grounds: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in rows["claims"]:
        yield (
            "RSK-012",
            f"claim:{row['claim']}",
            ClaimCase(row["claim"], row["released"], row["collected"], row["exempted"]),
        )
        grounds[row["ground"]].append((row["claimed_on"], row["claim"]))
    for ground, members in grounds.items():
        members.sort()
        for (_, one), (_, other) in pairwise(members):
            yield "RSK-023", f"claim:{one}+{other}/{ground}", TwiceCase(ground, one, other)
