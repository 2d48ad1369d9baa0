"""The tables that the scan reads: what a row is, its columns, their units. Parties stand by their key, as ever in analytics.

They are no tables of the lake: orders count from their registration, and a scan sees a window of the present records.
"""

from __future__ import annotations

from dataclasses import dataclass

# DuckDB's names of types: the scan compares sizes, so money and weights are doubles here.
TEXT, WHOLE, REAL, DAY, YES = "VARCHAR", "BIGINT", "DOUBLE", "DATE", "BOOLEAN"


@dataclass(frozen=True, slots=True)
class ScanTable:
    """A table: its name, what one row is, and (column, type, what it holds)."""

    name: str
    label: str
    columns: tuple[tuple[str, str, str], ...]

    @property
    def types(self) -> dict[str, str]:
        """Column → type."""
        return {name: kind for name, kind, _ in self.columns}


LINES = ScanTable(
    "lines",
    "登记或确认的销售交易单的一行货",
    (
        ("order_line_id", WHOLE, "key"),
        ("order_number", TEXT, "number of the order"),
        ("line_no", WHOLE, "line of the order"),
        ("ordered_on", DAY, "day of the deal"),
        ("merchant_id", WHOLE, "party"),
        ("agent_id", WHOLE, "party; empty without an agent"),
        ("buyer_id", WHOLE, "party"),
        ("hs_code", TEXT, "ten digits"),
        ("name", TEXT, "name of the goods"),
        ("words", TEXT, "model, English name"),
        ("brand", TEXT, "brand"),
        ("brand_kind", TEXT, "kind of brand"),
        ("authorised_until", DAY, "last day of the brand's authorisation; empty without"),
        ("unit", TEXT, "unit of quantity"),
        ("quantity", REAL, "in the unit"),
        ("usd", REAL, "amount in dollars at the month's customs rates"),
        ("net_weight", REAL, "kg"),
        ("gross_weight", REAL, "kg"),
        ("volume", REAL, "m³; 0 where unknown"),
    ),
)
HEADS = ScanTable(
    "heads",
    "有效的报关单",
    (
        ("declaration_id", WHOLE, "key"),
        ("declaration", TEXT, "our number"),
        ("entry_number", TEXT, "customs' number; empty before acceptance"),
        ("declared_on", DAY, "day of declaring"),
        ("released_on", DAY, "day of release; empty before"),
        ("agent_id", WHOLE, "party"),
        ("packing", TEXT, "number of the packing"),
        ("usd", REAL, "total in dollars"),
    ),
)
DECLARED = ScanTable(
    "declared",
    "有效报关单的一个商品项",
    (
        ("declaration_id", WHOLE, "key of the declaration"),
        ("g_no", WHOLE, "line"),
        ("merged", YES, "whether kinds of a chapter are merged in it"),
        ("amount", REAL, "in the declaration's currency"),
        ("net_weight", REAL, "kg"),
    ),
)
SHARES = ScanTable(
    "shares",
    "一行货在一个商品项里的部分",
    (
        ("declaration_id", WHOLE, "key of the declaration"),
        ("g_no", WHOLE, "line of the declaration"),
        ("order_line_id", WHOLE, "key of the order line"),
        ("quantity", REAL, "in the order line's unit"),
        ("amount", REAL, "in the declaration's currency"),
        ("usd", REAL, "in dollars"),
        ("net_weight", REAL, "kg"),
    ),
)
LOADS = ScanTable(
    "loads",
    "装箱单里的一个箱子",
    (
        ("packing", TEXT, "number of the packing"),
        ("packed_on", DAY, "day of packing"),
        ("agent_id", WHOLE, "party"),
        ("bill", TEXT, "bill of lading; empty before"),
        ("container", TEXT, "number of the container"),
        ("kind", TEXT, "type of the container"),
        ("gross_weight", REAL, "kg of goods in it"),
        ("volume", REAL, "m³ of goods in it"),
    ),
)
PARTIES = ScanTable(
    "parties",
    "备案的经营户",
    (
        ("party_id", WHOLE, "key"),
        ("filed_on", DAY, "day of approval"),
        ("ended_on", DAY, "day on which it left the file; empty while on it"),
        ("chapters", TEXT, "chapters filed, with commas between; empty for none"),
        ("region", TEXT, "area of supply as filed"),
    ),
)
TIES = ScanTable(
    "ties",
    "一个经营户的一个号码",
    (
        ("party_id", WHOLE, "key"),
        ("kind", TEXT, "phone, person, address, account, device"),
        ("value", TEXT, "fingerprint"),
    ),
)
CODES = ScanTable(
    "codes",
    "税则里禁止出口、应税或应检的编码",
    (
        ("hs_code", TEXT, "ten digits"),
        ("valid_from", DAY, "first day"),
        ("valid_to", DAY, "day after the last; empty while in force"),
        ("what", TEXT, "banned, duty or inspection"),
    ),
)
RECEIPTS = ScanTable(
    "receipts",
    "一笔收汇里归入一票报关单的部分",
    (
        ("declaration", TEXT, "our number"),
        ("received_on", DAY, "day"),
        ("usd", REAL, "dollars"),
        ("from_buyer", YES, "whether the payer is a buyer of the declaration"),
    ),
)
CLAIMS = ScanTable(
    "claims",
    "补贴申请的一项依据",
    (
        ("claim", TEXT, "number of the application"),
        ("party_id", WHOLE, "who applies"),
        ("claimed_on", DAY, "day"),
        ("usd", REAL, "dollars claimed for"),
        ("ground", TEXT, "the very thing: declaration and line, invoice or account"),
        ("what", TEXT, "the same in words"),
        ("released", YES, "whether it was released"),
        ("collected", YES, "whether it was collected"),
        ("exempted", YES, "whether the exemption was filed"),
    ),
)
TABLES = {
    each.name: each
    for each in (LINES, HEADS, DECLARED, SHARES, LOADS, PARTIES, TIES, CODES, RECEIPTS, CLAIMS)
}
"""Name → table. ``receipts`` and ``claims`` may be absent: then their rules are not asked, and the scan says so."""
