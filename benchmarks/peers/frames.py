"""The checks of risk as one would write them in pandas: the same hits, by frames, groups and joins."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

Hits = set[tuple[str, str]]


def hits(tables: Mapping[str, Any], given: Mapping[str, Any], as_of: date) -> Hits:
    """(rule, subject) of every hit; ``given``: parameters by their last name."""
    t = {name: table.to_pandas(date_as_object=False) for name, table in tables.items()}
    lines, found = t["lines"], set()
    lines["key"] = "order:" + lines.order_number + "/" + lines.line_no.astype(str)
    lines["chapter"] = lines.hs_code.str[:2]
    found |= _prices(lines, given)
    found |= _twice(t["loads"], "container", "RSK-002", given["container_days"])
    found |= _twice(t["loads"], "bill", "RSK-014", given["bill_days"])
    found |= _filings(t, lines, given)
    found |= _orders(t, lines, given)
    found |= _parties(t, lines, given)
    return found | _money(t, given, pd.Timestamp(as_of))


def _prices(lines: Any, given: Mapping[str, Any]) -> Hits:
    found: Hits = set()
    for rule, basis, by, size in (
        ("RSK-001", "price", ["hs6", "unit"], "quantity"),
        ("RSK-013", "kg", ["hs6"], "net_weight"),
    ):
        rows = lines[(lines.usd >= given["price_usd_least"]) & (lines[size] > 0)].assign(
            hs6=lambda x: x.hs_code.str[:6]
        )
        rows["logged"] = np.log(rows.usd / rows[size])
        group = rows.groupby(by, observed=True).logged
        rows["count"], middle = group.transform("size"), group.transform("median")
        rows["away"] = (rows.logged - middle.round(6)).abs()
        spread = (rows.logged - middle).abs().groupby([rows[each] for each in by], observed=True).transform(
            "median"
        ) * 1.4826
        score = rows.away / spread.clip(lower=given["spread_least"])
        far = (score >= given[f"{basis}_score"]) & (rows.away >= math.log(given[f"{basis}_ratio"]))
        found |= {(rule, key) for key in rows[far & (rows["count"] >= given["price_peers_least"])].key}
    return found


def _twice(loads: Any, number: str, rule: str, days: int) -> Hits:
    rows = (
        loads[["packing", "packed_on", number]]
        .drop_duplicates()
        .sort_values([number, "packed_on", "packing"])
    )
    before = rows.groupby(number)[["packing", "packed_on"]].shift()
    near = (rows.packed_on - before.packed_on).dt.days <= days
    return {
        (rule, f"packing:{one}+{other}")
        for one, other in zip(before.packing[near], rows.packing[near], strict=True)
    }


def _filings(t: Mapping[str, Any], lines: Any, given: Mapping[str, Any]) -> Hits:
    heads, declared, shares = t["heads"], t["declared"], t["shares"]
    rows = heads.sort_values(["entry_number", "declared_on", "declaration"])
    one = rows.groupby("entry_number").declaration.shift()
    found = {
        ("RSK-015", f"declaration:{a}+{b}")
        for a, b in zip(one, rows.declaration, strict=True)
        if isinstance(a, str)
    }
    sums = shares.groupby(["declaration_id", "g_no"])[["amount", "net_weight"]].sum().reset_index()
    both = declared.merge(sums, on=["declaration_id", "g_no"], suffixes=("", "_sum")).merge(
        heads, on="declaration_id"
    )
    off = (both.amount - both.amount_sum).abs().round(2) > given["sum_tolerance"]
    off |= (
        (both.net_weight_x - both.net_weight_sum).abs() > given["sum_tolerance"]
        if "net_weight_x" in both
        else False
    )
    found |= {
        ("RSK-003", f"declaration:{d}/{g}")
        for d, g in zip(both.declaration[off], both.g_no[off], strict=True)
    }
    used = lines.merge(shares.groupby("order_line_id").quantity.sum().rename("used"), on="order_line_id")
    found |= {("RSK-016", key) for key in used[used.used > used.quantity * (1 + given["use_tolerance"])].key}
    hidden = lines[lines.hs_code.isin(t["codes"].hs_code)].merge(shares, on="order_line_id").merge(
        declared[declared.merged], on=["declaration_id", "g_no"]).merge(heads, on="declaration_id")  # fmt: skip
    named = hidden[["declaration", "g_no", "order_number", "line_no"]].itertuples(index=False)
    return found | {("RSK-010", f"declaration:{d}/{g}/{o}/{n}") for d, g, o, n in named}


def _orders(t: Mapping[str, Any], lines: Any, given: Mapping[str, Any]) -> Hits:
    totals = lines.groupby("order_number").usd.sum().round(2)
    cap = given["cap"]
    found = {
        ("RSK-004", f"order:{key}")
        for key in totals[(totals >= cap * given["near_cap_share"]) & (totals <= cap)].index
    }
    parts = t["shares"].merge(lines[["order_line_id", "merchant_id", "buyer_id"]], on="order_line_id").merge(
        t["heads"][["declaration_id", "packing", "declared_on"]], on="declaration_id")  # fmt: skip
    deal = ["packing", "declared_on", "merchant_id", "buyer_id"]
    parts = (
        parts.groupby([*deal, "declaration_id"])
        .usd.sum()
        .reset_index()
        .groupby(deal)
        .usd.agg(["size", "sum", "min"])
    )
    parts = parts[(parts["size"] > 1) & (parts["sum"] > cap) & (parts["min"] >= cap * given["spread_share"])]
    found |= {
        ("RSK-017", f"packing:{packing}/{merchant}/{buyer}") for packing, _, merchant, buyer in parts.index
    }
    loads = t["loads"]
    over = (loads.gross_weight > 26_500 * given["overload_share"]) | (
        loads.volume > 76.3 * given["overload_share"]
    )
    found |= {
        ("RSK-005", f"packing:{p}/{c}")
        for p, c in zip(loads.packing[over], loads.container[over], strict=True)
    }
    density = lines.gross_weight / lines.volume.where(lines.volume > 0)
    odd = (
        (lines.net_weight > lines.gross_weight)
        | (density < given["density_least"])
        | (density > given["density_most"])
    )
    found |= {("RSK-018", key) for key in lines[odd].key}
    brand = lines.brand_kind.isin(given["authorised_brand_kinds"]) | (
        lines.name.str.upper() + " " + lines.words + " " + lines.brand
    ).str.contains(re.compile(given["watched_brands"]))
    found |= {("RSK-011", key) for key in lines[brand & lines.authorised_until.isna()].key}
    parties = t["parties"]
    scoped = lines[["order_number", "chapter", "merchant_id", "usd"]].merge(
        parties, left_on="merchant_id", right_on="party_id"
    )
    scoped = scoped.groupby(["order_number", "chapter", "chapters"]).usd.sum().reset_index()
    away = [
        chapter not in chapters for chapter, chapters in zip(scoped.chapter, scoped.chapters, strict=True)
    ]
    scoped = scoped[np.array(away) & (scoped.usd >= given["scope_usd"])]
    return found | {
        ("RSK-006", f"order:{order}/{chapter}")
        for order, chapter in zip(scoped.order_number, scoped.chapter, strict=True)
    }


def _parties(t: Mapping[str, Any], lines: Any, given: Mapping[str, Any]) -> Hits:
    parties = t["parties"]
    usd = lines.groupby("merchant_id").usd.sum()
    rows = parties.assign(usd=parties.party_id.map(usd).fillna(0))
    life = (rows.ended_on - rows.filed_on).dt.days
    found = {
        ("RSK-020", f"party:{key}")
        for key in rows[(life < given["short_days"]) & (rows.usd >= given["short_usd"])].party_id
    }
    far = (rows.region != "") & ~rows.region.map(
        lambda region: any(area in region for area in given["supply_areas"])
    )
    found |= {("RSK-019", f"party:{key}") for key in rows[far & (rows.usd > 0)].party_id}
    first = lines.merge(parties, left_on="merchant_id", right_on="party_id")
    age = (first.ordered_on - first.filed_on).dt.days
    first = first[(age >= 0) & (age <= given["new_days"])].groupby("merchant_id").usd.sum()
    found |= {("RSK-007", f"party:{key}") for key in first[first >= given["new_usd"]].index}
    month = lines.groupby(["merchant_id", lines.ordered_on.dt.to_period("M")]).usd.sum().reset_index()
    group = month.groupby("merchant_id").usd
    typical = group.transform(lambda each: each.expanding().median().shift())
    own = group.cumcount() >= given["proportion_months"]
    base = np.where(own, typical * given["proportion_ratio"], month.usd.median() * given["market_ratio"])
    large = month[(month.usd >= given["proportion_usd"]) & (month.usd >= base)]
    found |= {("RSK-009", f"party:{key}") for key in large.merchant_id}
    return found | _ties(t["ties"], lines, given)


def _ties(ties: Any, lines: Any, given: Mapping[str, Any]) -> Hits:
    held = ties.groupby(["kind", "value"]).party_id.transform("nunique")
    few = ties[(held > 1) & (held <= given["tie_most"])]
    pairs = few.merge(few, on=["kind", "value"])
    pairs = pairs[pairs.party_id_x < pairs.party_id_y]
    own = lines[lines.merchant_id.isin(few.party_id)]
    orders = own.groupby(["merchant_id", "buyer_id", "order_number", "ordered_on"]).usd.sum().reset_index()
    met = pairs.merge(orders, left_on="party_id_x", right_on="merchant_id").merge(
        orders, left_on=["party_id_y", "buyer_id"], right_on=["merchant_id", "buyer_id"])  # fmt: skip
    near = (met.ordered_on_x - met.ordered_on_y).dt.days.abs() <= given["tie_days"]
    met = met[near & (np.minimum(met.usd_x, met.usd_y) >= given["tie_usd"])]
    return {
        ("RSK-021", f"party:{a}+{b}/{k}")
        for a, b, k in zip(met.party_id_x, met.party_id_y, met.kind, strict=True)
    }


def _money(t: Mapping[str, Any], given: Mapping[str, Any], as_of: Any) -> Hits:
    heads, receipts, claims = t["heads"], t["receipts"], t["claims"]
    got = receipts.groupby("declaration").usd.sum()
    others = receipts[~receipts.from_buyer].groupby("declaration").usd.sum()
    rows = heads.assign(
        got=heads.declaration.map(got).fillna(0), others=heads.declaration.map(others).fillna(0)
    )
    late = ((as_of - rows.released_on).dt.days >= given["lag_days"]) & (
        rows.got < rows.usd * given["lag_share"]
    )
    odd = (rows.others >= given["payer_usd"]) & (rows.others >= rows.got * given["payer_share"])
    found = {("RSK-008", f"declaration:{key}") for key in rows[late].declaration}
    found |= {("RSK-022", f"declaration:{key}") for key in rows[odd].declaration}
    bare = ~(claims.released & claims.collected & claims.exempted)
    found |= {("RSK-012", f"claim:{key}") for key in claims[bare].claim}
    claims = claims.sort_values(["ground", "claimed_on", "claim"])
    one = claims.groupby("ground").claim.shift()
    named = zip(one, claims.claim, claims.ground, strict=True)
    return found | {("RSK-023", f"claim:{a}+{b}/{g}") for a, b, g in named if isinstance(a, str)}
