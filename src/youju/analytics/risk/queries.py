"""The checks as relations: each gives the cases that may be hits, in the fields that the rule looks at, with its evidence.

A query is a net that is a little wider than the rule (``$slack``): the rule itself then decides, so that bulk and single agree by
construction. Common columns: ``subject`` and ``period`` (a hit is stored once for both), ``day``, ``party_id``, ``stake``
(dollars), ``evidence``: rows of (kind, key, line, day, quantity, unit, usd, kg) of orders, declarations, packings and others.
"""

# ruff: noqa: S608 - every part is a column or a name of ours; values are parameters

from __future__ import annotations

ROW = "STRUCT(kind VARCHAR, key VARCHAR, line BIGINT, day DATE, quantity DOUBLE, unit VARCHAR, usd DOUBLE, kg DOUBLE)"


def _row(kind: str, key: str, **values: str) -> str:
    given = {
        "line": "NULL",
        "day": "NULL",
        "quantity": "NULL",
        "unit": "NULL",
        "usd": "NULL",
        "kg": "NULL",
    } | values
    parts = ", ".join(f"{name} := {value}" for name, value in given.items())
    return f"CAST(struct_pack(kind := '{kind}', key := CAST({key} AS VARCHAR), {parts}) AS {ROW})"


_LINE = _row("order", "l.order_number", line="l.line_no", day="l.ordered_on", quantity="l.quantity", unit="l.unit",
             usd="l.usd", kg="l.net_weight")  # fmt: skip


def _price(basis: str) -> str:
    line = _LINE.replace("unit := l.unit", "unit := l.own_unit")
    return f"""
SELECT 'order:' || l.order_number || '/' || l.line_no AS subject, '' AS period, l.ordered_on AS day, l.merchant_id AS party_id,
       l.usd AS stake, [{line}] AS evidence,
       l.name, l.hs6, l.unit, l.price, l.usd, p.peers, p.median, p.spread
FROM priced l JOIN peers p USING (basis, hs6, unit)
WHERE l.basis = '{basis}' AND l.ordered_on >= $since AND l.ordered_on < $until AND p.peers >= $price_peers_least
  AND abs(l.logged - p.median) >= $slack * greatest(${basis}_score * greatest(p.spread, $spread_least), ln(${basis}_ratio))
"""


def _twice(number: str, table: str, days: str) -> str:
    one = _row("packing", "one", day="one_on")
    other = _row("packing", "packing", day="packed_on")
    return f"""
WITH filed AS (SELECT DISTINCT {number} AS number, packing, packed_on, agent_id FROM {table} WHERE {number} <> ''),
     pairs AS (
  SELECT number, packing, packed_on, agent_id,
         lag(packing) OVER same AS one, lag(packed_on) OVER same AS one_on
  FROM filed WINDOW same AS (PARTITION BY number ORDER BY packed_on, packing))
SELECT 'packing:' || one || '+' || packing AS subject, '' AS period, packed_on AS day, agent_id AS party_id, 0.0 AS stake,
       [{one}, {other}] AS evidence, number, one, packing AS other, date_diff('day', one_on, packed_on) AS days
FROM pairs WHERE one IS NOT NULL AND packed_on >= $since AND packed_on < $until
  AND date_diff('day', one_on, packed_on) <= ${days}
"""


_ENTRIES = f"""
WITH pairs AS (
  SELECT entry_number AS number, declaration, declared_on, agent_id, usd, lag(declaration) OVER same AS one,
         lag(declared_on) OVER same AS one_on
  FROM heads WHERE entry_number <> '' WINDOW same AS (PARTITION BY entry_number ORDER BY declared_on, declaration))
SELECT 'declaration:' || one || '+' || declaration AS subject, '' AS period, declared_on AS day, agent_id AS party_id,
       usd AS stake, [{_row("declaration", "one", day="one_on")},
                      {_row("declaration", "declaration", day="declared_on", usd="usd")}] AS evidence,
       number, one, declaration AS other, date_diff('day', one_on, declared_on) AS days
FROM pairs WHERE one IS NOT NULL AND one <> declaration AND declared_on >= $since AND declared_on < $until
"""
_SUMS = f"""
WITH sources AS (
  SELECT declaration_id, g_no, sum(amount) AS amount, sum(net_weight) AS weight FROM shares GROUP BY ALL)
SELECT 'declaration:' || h.declaration || '/' || d.g_no AS subject, '' AS period, h.declared_on AS day, h.agent_id AS party_id,
       h.usd AS stake,
       [{_row("declaration", "h.declaration", line="d.g_no", day="h.declared_on", usd="h.usd", kg="d.net_weight")}] AS evidence,
       h.declaration, d.g_no, round(d.amount, 2) AS amount, round(coalesce(s.amount, 0), 2) AS sources,
       round(d.net_weight, 5) AS net_weight, round(coalesce(s.weight, 0), 5) AS source_weight
FROM declared d JOIN heads h USING (declaration_id) LEFT JOIN sources s USING (declaration_id, g_no)
WHERE h.declared_on >= $since AND h.declared_on < $until
  AND (abs(d.amount - coalesce(s.amount, 0)) >= $slack * $sum_tolerance
       OR abs(d.net_weight - coalesce(s.weight, 0)) >= $slack * $sum_tolerance)
"""
_USES = f"""
WITH uses AS (
  SELECT order_line_id, sum(quantity) AS used, count(*) AS times, max(h.declared_on) AS declared_on,
         list({
    _row(
        "declaration",
        "h.declaration",
        line="s.g_no",
        day="h.declared_on",
        quantity="s.quantity",
        usd="s.usd",
        kg="s.net_weight",
    )
}) AS evidence
  FROM shares s JOIN heads h USING (declaration_id) GROUP BY order_line_id HAVING count(*) > 1)
SELECT 'order:' || l.order_number || '/' || l.line_no AS subject, '' AS period, u.declared_on AS day, l.merchant_id AS party_id,
       l.usd AS stake, list_concat([{_LINE}], u.evidence) AS evidence,
       l.order_number AS "order", l.line_no, round(l.quantity, 5) AS quantity, round(u.used, 5) AS used, l.unit, u.times
FROM uses u JOIN lines l USING (order_line_id)
WHERE u.declared_on >= $since AND u.declared_on < $until AND u.used > l.quantity
UNION ALL
SELECT 'order:' || l.order_number || '/' || l.line_no, '', h.declared_on, l.merchant_id, l.usd,
       [{_LINE}, {
    _row(
        "declaration",
        "h.declaration",
        line="s.g_no",
        day="h.declared_on",
        quantity="s.quantity",
        usd="s.usd",
        kg="s.net_weight",
    )
}],
       l.order_number, l.line_no, round(l.quantity, 5), round(s.quantity, 5), l.unit, 1
FROM shares s JOIN heads h USING (declaration_id) JOIN lines l USING (order_line_id)
WHERE h.declared_on >= $since AND h.declared_on < $until AND s.quantity > l.quantity
  AND NOT EXISTS (SELECT 1 FROM uses u WHERE u.order_line_id = s.order_line_id)
"""
_UNDER_CAP = f"""
WITH orders AS (
  SELECT order_number, any_value(ordered_on) AS ordered_on, any_value(merchant_id) AS merchant_id, round(sum(usd), 2) AS usd,
         sum(net_weight) AS kg
  FROM lines WHERE ordered_on >= $since AND ordered_on < $until GROUP BY order_number
  HAVING sum(usd) BETWEEN $slack * $cap * $near_cap_share AND $cap + 1)
SELECT 'order:' || order_number AS subject, '' AS period, ordered_on AS day, merchant_id AS party_id, usd AS stake,
       [{_row("order", "order_number", day="ordered_on", usd="usd", kg="kg")}] AS evidence, order_number AS "order", usd
FROM orders
"""
_SPREAD = f"""
WITH parts AS (
  SELECT h.packing, h.declared_on, l.merchant_id, l.buyer_id, h.declaration, round(sum(s.usd), 2) AS usd, sum(s.net_weight) AS kg
  FROM shares s JOIN heads h USING (declaration_id) JOIN lines l USING (order_line_id)
  WHERE h.declared_on >= $since AND h.declared_on < $until GROUP BY ALL),
     deals AS (
  SELECT packing, declared_on, merchant_id, buyer_id, count(*) AS declarations, round(sum(usd), 2) AS usd, min(usd) AS least,
         list({_row("declaration", "declaration", day="declared_on", usd="usd", kg="kg")} ORDER BY declaration) AS evidence
  FROM parts GROUP BY ALL HAVING count(*) > 1 AND sum(usd) >= $slack * $cap AND min(usd) >= $slack * $cap * $spread_share)
SELECT 'packing:' || packing || '/' || merchant_id || '/' || buyer_id AS subject, CAST(declared_on AS VARCHAR) AS period,
       declared_on AS day, merchant_id AS party_id, usd AS stake,
       list_concat(evidence, [{_row("party", "merchant_id")}, {_row("party", "buyer_id")}]) AS evidence,
       packing, declarations, usd, least
FROM deals
"""
_CONTAINERS = f"""
SELECT 'packing:' || l.packing || '/' || l.container AS subject, '' AS period, l.packed_on AS day, l.agent_id AS party_id,
       0.0 AS stake, [{_row("packing", "l.packing", day="l.packed_on", kg="l.gross_weight")}] AS evidence,
       l.container, l.kind, round(l.gross_weight, 5) AS gross_weight, round(l.volume, 6) AS volume, c.payload, c.capacity
FROM loads l JOIN capacities c USING (kind)
WHERE l.packed_on >= $since AND l.packed_on < $until
  AND (l.gross_weight >= $slack * $overload_share * c.payload OR l.volume >= $slack * $overload_share * c.capacity)
"""
_WEIGHTS = f"""
SELECT 'order:' || l.order_number || '/' || l.line_no AS subject, '' AS period, l.ordered_on AS day, l.merchant_id AS party_id,
       l.usd AS stake, [{_LINE}] AS evidence, l.name, l.net_weight, l.gross_weight, l.volume
FROM lines l WHERE l.ordered_on >= $since AND l.ordered_on < $until
  AND (l.net_weight > l.gross_weight OR (l.volume > 0 AND (l.gross_weight <= $density_least * l.volume / $slack
       OR l.gross_weight >= $density_most * l.volume * $slack)))
"""
_SCOPE = f"""
SELECT 'order:' || l.order_number || '/' || substr(l.hs_code, 1, 2) AS subject, '' AS period, any_value(l.ordered_on) AS day,
       any_value(l.merchant_id) AS party_id, sum(l.usd) AS stake, list({_LINE} ORDER BY l.line_no) AS evidence,
       arg_min(l.name, l.line_no) AS name, substr(l.hs_code, 1, 2) AS chapter, any_value(p.chapters) AS chapters,
       round(sum(l.usd), 2) AS usd
FROM lines l JOIN parties p ON p.party_id = l.merchant_id
WHERE l.ordered_on >= $since AND l.ordered_on < $until AND p.chapters <> ''
  AND NOT contains(',' || p.chapters || ',', ',' || substr(l.hs_code, 1, 2) || ',')
GROUP BY l.order_number, substr(l.hs_code, 1, 2) HAVING sum(l.usd) >= $slack * $scope_usd
"""
_REGIONS = f"""
WITH traded AS (
  SELECT merchant_id, sum(usd) AS usd, max(ordered_on) AS day FROM lines WHERE ordered_on >= $since AND ordered_on < $until
  GROUP BY merchant_id)
SELECT 'party:' || p.party_id AS subject, p.region AS period, t.day, p.party_id, t.usd AS stake,
       [{_row("party", "p.party_id", usd="t.usd")}] AS evidence, p.region, round(t.usd, 2) AS usd
FROM parties p JOIN traded t ON t.merchant_id = p.party_id
WHERE p.region <> '' AND len(list_filter($supply_areas, lambda area: contains(p.region, area))) = 0
"""
_BEGINNINGS = f"""
WITH dealt AS (
  SELECT l.merchant_id, l.order_number, p.filed_on, any_value(l.ordered_on) AS ordered_on, sum(l.usd) AS usd,
         sum(l.net_weight) AS kg
  FROM lines l JOIN parties p ON p.party_id = l.merchant_id
  WHERE l.ordered_on >= p.filed_on AND l.ordered_on <= p.filed_on + CAST($new_days AS INTEGER) GROUP BY ALL)
SELECT 'party:' || merchant_id AS subject, CAST(filed_on AS VARCHAR) AS period, max(ordered_on) AS day, merchant_id AS party_id,
       sum(usd) AS stake,
       list({_row("order", "order_number", day="ordered_on", usd="usd", kg="kg")} ORDER BY order_number) AS evidence,
       date_diff('day', filed_on, max(ordered_on)) AS days, round(sum(usd), 2) AS usd, count(*) AS orders
FROM dealt GROUP BY merchant_id, filed_on
HAVING sum(usd) >= $slack * $new_usd AND max(ordered_on) >= $since AND max(ordered_on) < $until
"""
_ENDINGS = f"""
WITH dealt AS (
  SELECT merchant_id, order_number, any_value(ordered_on) AS ordered_on, sum(usd) AS usd, sum(net_weight) AS kg
  FROM lines WHERE merchant_id IN (SELECT party_id FROM parties WHERE ended_on >= $since AND ended_on < $until
    AND date_diff('day', filed_on, ended_on) < $short_days) GROUP BY ALL)
SELECT 'party:' || p.party_id AS subject, CAST(p.ended_on AS VARCHAR) AS period, any_value(p.ended_on) AS day, p.party_id,
       sum(d.usd) AS stake,
       list({_row("order", "d.order_number", day="d.ordered_on", usd="d.usd", kg="d.kg")} ORDER BY d.order_number) AS evidence,
       any_value(date_diff('day', p.filed_on, p.ended_on)) AS days, round(sum(d.usd), 2) AS usd, count(*) AS orders
FROM dealt d JOIN parties p ON p.party_id = d.merchant_id GROUP BY p.party_id, p.ended_on HAVING sum(d.usd) >= $slack * $short_usd
"""
_TIES = f"""
WITH held AS (
  SELECT kind, value, count(DISTINCT party_id) AS held FROM ties WHERE value <> '' GROUP BY ALL
  HAVING count(DISTINCT party_id) BETWEEN 2 AND $tie_most),
     few AS (SELECT DISTINCT t.kind, t.value, t.party_id, h.held FROM ties t JOIN held h USING (kind, value)),
     orders AS (
  SELECT merchant_id, buyer_id, order_number, any_value(ordered_on) AS ordered_on, sum(usd) AS usd, sum(net_weight) AS kg
  FROM lines WHERE ordered_on >= $since AND ordered_on < $until AND merchant_id IN (SELECT party_id FROM few) GROUP BY ALL),
     met AS (
  SELECT a.kind, a.value, a.held, a.party_id AS one, b.party_id AS other, x.buyer_id,
         abs(date_diff('day', x.ordered_on, y.ordered_on)) AS days, x.order_number AS one_order, y.order_number AS other_order,
         x.usd AS one_usd, y.usd AS other_usd, x.ordered_on AS one_on, y.ordered_on AS other_on, x.kg AS one_kg, y.kg AS other_kg
  FROM few a JOIN few b ON a.kind = b.kind AND a.value = b.value AND a.party_id < b.party_id
  JOIN orders x ON x.merchant_id = a.party_id JOIN orders y ON y.merchant_id = b.party_id AND y.buyer_id = x.buyer_id
  WHERE abs(date_diff('day', x.ordered_on, y.ordered_on)) <= $tie_days)
SELECT 'party:' || one || '+' || other || '/' || kind AS subject, strftime(max(greatest(one_on, other_on)), '%Y-%m') AS period,
       max(greatest(one_on, other_on)) AS day, one AS party_id, arg_min(one_usd + other_usd, days) AS stake,
       [{_row("party", "one")}, {_row("party", "other")},
        {
    _row(
        "order",
        "arg_min(one_order, days)",
        day="arg_min(one_on, days)",
        usd="arg_min(one_usd, days)",
        kg="arg_min(one_kg, days)",
    )
},
        {
    _row(
        "order",
        "arg_min(other_order, days)",
        day="arg_min(other_on, days)",
        usd="arg_min(other_usd, days)",
        kg="arg_min(other_kg, days)",
    )
}] AS evidence,
       kind, any_value(held) AS held, min(days) AS days, round(arg_min(one_usd + other_usd, days), 2) AS usd,
       round(max(least(one_usd, other_usd)), 2) AS least
FROM met GROUP BY one, other, kind HAVING max(least(one_usd, other_usd)) >= $slack * $tie_usd
"""
_COLLECTIONS = f"""
WITH got AS (SELECT declaration, sum(usd) AS usd FROM receipts GROUP BY declaration)
SELECT 'declaration:' || h.declaration AS subject, '' AS period, h.released_on + CAST($lag_days AS INTEGER) AS day,
       h.agent_id AS party_id, h.usd AS stake,
       [{_row("declaration", "h.declaration", day="h.released_on", usd="h.usd")}] AS evidence,
       h.declaration, date_diff('day', h.released_on, $as_of) AS days, round(h.usd, 2) AS usd,
       round(coalesce(g.usd, 0), 2) AS collected
FROM heads h LEFT JOIN got g USING (declaration)
WHERE h.released_on + CAST($lag_days AS INTEGER) >= $since AND h.released_on + CAST($lag_days AS INTEGER) < $until
  AND date_diff('day', h.released_on, $as_of) >= $lag_days AND coalesce(g.usd, 0) * $slack < h.usd * $lag_share
"""
_PAYERS = f"""
WITH got AS (
  SELECT declaration, sum(usd) AS collected, coalesce(sum(usd) FILTER (NOT from_buyer), 0) AS others, max(received_on) AS day
  FROM receipts GROUP BY declaration)
SELECT 'declaration:' || h.declaration AS subject, '' AS period, g.day, h.agent_id AS party_id, g.others AS stake,
       [{_row("declaration", "h.declaration", day="h.declared_on", usd="h.usd")}] AS evidence,
       h.declaration, round(g.collected, 2) AS collected, round(g.others, 2) AS others
FROM got g JOIN heads h USING (declaration)
WHERE g.day >= $since AND g.day < $until AND g.others >= $slack * greatest($payer_usd, g.collected * $payer_share)
"""
_MONTHS = f"""
WITH months AS (
  SELECT merchant_id, date_trunc('month', ordered_on) AS month, sum(usd) AS usd, max(ordered_on) AS last FROM lines GROUP BY ALL),
     market AS (SELECT median(usd) AS usd FROM months),
     history AS (
  SELECT *, median(usd) OVER earlier AS typical, count(*) OVER earlier AS months FROM months
  WINDOW earlier AS (PARTITION BY merchant_id ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
     large AS (
  SELECT h.*, m.usd AS market FROM history h, market m
  WHERE h.usd >= $slack * $proportion_usd AND h.last >= $since AND h.month < $until
    AND h.usd >= $slack * CASE WHEN h.months >= $proportion_months THEN $proportion_ratio * h.typical
                               ELSE $market_ratio * m.usd END),
     orders AS (
  SELECT l.merchant_id, date_trunc('month', l.ordered_on) AS month, l.order_number, any_value(l.ordered_on) AS ordered_on,
         sum(l.usd) AS usd, sum(l.net_weight) AS kg
  FROM lines l JOIN large g ON g.merchant_id = l.merchant_id AND g.month = date_trunc('month', l.ordered_on) GROUP BY ALL),
     shown AS (
  SELECT merchant_id, month,
         list({_row("order", "order_number", day="ordered_on", usd="usd", kg="kg")} ORDER BY usd DESC, order_number) AS evidence
  FROM orders GROUP BY ALL)
SELECT 'party:' || g.merchant_id AS subject, strftime(g.month, '%Y-%m') AS period, g.last AS day, g.merchant_id AS party_id,
       g.usd AS stake, s.evidence[1:50] AS evidence,
       strftime(g.month, '%Y-%m') AS month, round(g.usd, 2) AS usd, round(coalesce(g.typical, 0), 2) AS typical, g.months,
       round(g.market, 2) AS market
FROM large g JOIN shown s USING (merchant_id, month)
"""
_HIDDEN = f"""
SELECT 'declaration:' || h.declaration || '/' || s.g_no || '/' || l.order_number || '/' || l.line_no AS subject, '' AS period,
       h.declared_on AS day, h.agent_id AS party_id, s.usd AS stake,
       [{_row("declaration", "h.declaration", line="s.g_no", day="h.declared_on", usd="h.usd")}, {_LINE}] AS evidence,
       l.name, l.hs_code, h.declaration, s.g_no, d.merged, c.what
FROM codes c JOIN lines l USING (hs_code) JOIN shares s USING (order_line_id) JOIN heads h USING (declaration_id)
JOIN declared d ON d.declaration_id = s.declaration_id AND d.g_no = s.g_no
WHERE d.merged AND h.declared_on >= $since AND h.declared_on < $until AND h.declared_on >= c.valid_from
  AND (c.valid_to IS NULL OR h.declared_on < c.valid_to)
"""
_BRANDS = f"""
SELECT 'order:' || l.order_number || '/' || l.line_no AS subject, '' AS period, l.ordered_on AS day, l.merchant_id AS party_id,
       l.usd AS stake, [{_LINE}] AS evidence, l.name, l.words, l.brand, l.brand_kind, l.authorised_until
FROM lines l WHERE l.ordered_on >= $since AND l.ordered_on < $until
  AND (l.authorised_until IS NULL OR l.authorised_until < l.ordered_on)
  AND (list_contains($authorised_brand_kinds, l.brand_kind)
       OR regexp_matches(upper(l.name || ' ' || l.words || ' ' || l.brand), $watched_brands))
"""
_CLAIMS = f"""
WITH asked AS (
  SELECT claim, any_value(party_id) AS party_id, max(claimed_on) AS day, sum(usd) AS usd, bool_and(released) AS released,
         bool_and(collected) AS collected, bool_and(exempted) AS exempted
  FROM claims WHERE claimed_on >= $since AND claimed_on < $until GROUP BY claim)
SELECT 'claim:' || claim AS subject, '' AS period, day, party_id, usd AS stake,
       [{_row("claim", "claim", day="day", usd="usd")}] AS evidence, claim, released, collected, exempted
FROM asked WHERE NOT (released AND collected AND exempted)
"""
_CLAIMED_TWICE = f"""
WITH grounds AS (
  SELECT ground, any_value(what) AS what, claim, any_value(party_id) AS party_id, min(claimed_on) AS claimed_on, sum(usd) AS usd
  FROM claims WHERE ground <> '' GROUP BY ground, claim),
     pairs AS (
  SELECT *, lag(claim) OVER same AS one, lag(claimed_on) OVER same AS one_on
  FROM grounds WINDOW same AS (PARTITION BY ground ORDER BY claimed_on, claim))
SELECT 'claim:' || one || '+' || claim || '/' || ground AS subject, '' AS period, claimed_on AS day, party_id, usd AS stake,
       [{_row("claim", "one", day="one_on")}, {_row("claim", "claim", day="claimed_on", usd="usd")}] AS evidence,
       what, one, claim AS other
FROM pairs WHERE one IS NOT NULL AND claimed_on >= $since AND claimed_on < $until
"""
QUERIES = {
    "RSK-001": _price("price"),
    "RSK-002": _twice("container", "loads", "container_days"),
    "RSK-003": _SUMS,
    "RSK-004": _UNDER_CAP,
    "RSK-005": _CONTAINERS,
    "RSK-006": _SCOPE,
    "RSK-007": _BEGINNINGS,
    "RSK-008": _COLLECTIONS,
    "RSK-009": _MONTHS,
    "RSK-010": _HIDDEN,
    "RSK-011": _BRANDS,
    "RSK-012": _CLAIMS,
    "RSK-013": _price("kg"),
    "RSK-014": _twice("bill", "loads", "bill_days"),
    "RSK-015": _ENTRIES,
    "RSK-016": _USES,
    "RSK-017": _SPREAD,
    "RSK-018": _WEIGHTS,
    "RSK-019": _REGIONS,
    "RSK-020": _ENDINGS,
    "RSK-021": _TIES,
    "RSK-022": _PAYERS,
    "RSK-023": _CLAIMED_TWICE,
}
"""Rule → the query for its cases."""
NEEDS = {
    "RSK-008": "receipts",
    "RSK-022": "receipts",
    "RSK-012": "claims",
    "RSK-023": "claims",
}
"""Rules that are asked only where another room has given a table."""
