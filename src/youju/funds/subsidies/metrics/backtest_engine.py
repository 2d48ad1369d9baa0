"""Policies over whole years of exports, in DuckDB: what each party gets, and how the cost of a policy grows day by day.

A year of a million declarations takes seconds; each result is equal to ``rules.funds.subsidies.computing.compute`` of the same
party, to the cent (a property test says so).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from youju.funds.subsidies.metrics.backtest_sql import ClauseSql, clauses_sql, exported_sql, whole
from youju.rules.funds.subsidies.texts import PolicyText

EXPORTS = pa.schema(
    [
        ("party", pa.int64()), ("role", pa.string()), ("day", pa.date32()), ("usd", pa.int64()), ("teu", pa.int64()),
        ("partner", pa.string()), ("product", pa.string()), ("collected", pa.bool_()), ("exempted", pa.bool_()),
    ]
)  # fmt: skip
"""One row for each role in which a party took part in an export: the merchant's goods are the agent's exports as well."""
COSTS = pa.schema([("party", pa.int64()), ("day", pa.date32()), ("kind", pa.string()), ("cny", pa.int64())])
FIRSTS = pa.schema([("party", pa.int64()), ("role", pa.string()), ("first_day", pa.date32())])
"""The day of the first export ever, by role."""
PARTIES = pa.schema(
    [
        ("party", pa.int64()),
        ("roles", pa.list_(pa.string())),
        ("filed_on", pa.date32()),
        ("suspended", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class PartyTotal:
    """A party's result in cents: ``lines`` by clause under its cap, ``total`` under all caps, ``usd`` exported that may count.

    ``sums`` are what the clauses counted (``c0_usd``, ``c0_base``, ``c0_teu``, ``c0_covered``, ``c0_first``).
    """

    party: str
    usd: int
    lines: tuple[int, ...]
    total: int
    sums: Mapping[str, int]


class Ground:
    """The exports, costs and parties that policies are computed on, held in DuckDB for several questions."""

    def __init__(
        self, *, exports: pa.Table, parties: pa.Table, firsts: pa.Table, costs: pa.Table | None = None
    ) -> None:
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": False})
        for name, table, schema in (
            ("all_exports", exports, EXPORTS),
            ("all_parties", parties, PARTIES),
            ("firsts", firsts, FIRSTS),
            ("all_costs", costs if costs is not None else COSTS.empty_table(), COSTS),
        ):
            self._connection.from_arrow(table.cast(schema)).create(name)
        self.has_costs = costs is not None and costs.num_rows > 0

    def close(self) -> None:
        """Let the memory go."""
        self._connection.close()

    def span(self) -> tuple[date, date] | None:
        """The first and the last day of all exports."""
        found = self._connection.execute("SELECT min(day), max(day) FROM all_exports").fetchone()
        return (found[0], found[1]) if found and found[0] else None

    def totals(self, policy: PolicyText) -> list[PartyTotal]:
        """Every fitting party with its amounts, by party; a party with nothing is left out."""
        clauses, columns = clauses_sql(policy), _columns(policy)
        amounts = ", ".join(f"({clause.amount})::BIGINT AS a{place}" for place, clause in enumerate(clauses))
        text = f"""WITH {_fitting(policy)}, sums AS ({_sums(policy, clauses)}), amounts AS (SELECT *, {amounts} FROM sums)
            SELECT party, exported, {", ".join(f"a{n}" for n in range(len(clauses)))}, {_total(policy, len(clauses))} AS total
            {"".join(f", {name}" for name in columns)} FROM amounts ORDER BY party"""  # noqa: S608 - columns of ours
        found, count = [], len(clauses)
        for row in self._rows(text):
            if row[2 + count]:
                sums = dict(zip(columns, row[3 + count :], strict=True))
                found.append(PartyTotal(str(row[0]), row[1], tuple(row[2 : 2 + count]), row[2 + count], sums))
        return found

    def growing(self, policy: PolicyText) -> list[tuple[date, int]]:
        """What the policy had cost (cents, before its budget) by the end of each day on which anything happened."""
        clauses, count = clauses_sql(policy), len(policy.clauses)
        by_day = [name for clause in clauses for name in (*clause.exports, *clause.costs)]
        running = ", ".join(
            f"sum({name}) OVER (PARTITION BY party ORDER BY day)::BIGINT AS {name}"
            for name in (*by_day, "exported")
        )
        bases = [name for clause in clauses for name in clause.base]
        joined = "JOIN bases USING (party)" if bases else ""
        amounts = ", ".join(f"({clause.amount})::BIGINT AS a{place}" for place, clause in enumerate(clauses))
        text = f"""WITH {_fitting(policy)}, daily AS ({_sums(policy, clauses, by="party, day")}),
            running AS (SELECT party, day, {running} FROM daily),
            {f"bases AS ({_bases(clauses)})," if bases else ""}
            amounts AS (SELECT *, {amounts} FROM running {joined}),
            totals AS (SELECT party, day, {_total(policy, count)} AS total FROM amounts),
            steps AS (SELECT day, total - coalesce(lag(total) OVER (PARTITION BY party ORDER BY day), 0) AS step FROM totals)
            SELECT day, sum(sum(step)) OVER (ORDER BY day)::BIGINT FROM steps GROUP BY day ORDER BY day"""  # noqa: S608
        window = policy.window
        return [(day, cost) for day, cost in self._rows(text) if window.covers(day)]

    def _rows(self, text: str) -> list[Any]:
        return self._connection.execute(text).fetchall()


def _fitting(policy: PolicyText) -> str:
    """The parties that fit the policy (SUB-001 to SUB-003), their exports in its roles, their costs."""
    roles, before = ", ".join(f"'{role}'" for role in policy.eligible.roles), policy.eligible.filed_before
    filed = f"filed_on < DATE '{before.isoformat()}'" if before else "filed_on IS NOT NULL"
    return f"""parties AS (
          SELECT party, min(first_day) AS first_day FROM all_parties
          LEFT JOIN (SELECT party, first_day FROM firsts WHERE role IN ({roles})) USING (party)
          WHERE list_has_any(roles, [{roles}]) AND {filed} AND NOT suspended GROUP BY party),
        exports AS (SELECT e.*, first_day FROM all_exports e JOIN parties USING (party) WHERE role IN ({roles})),
        costs AS (SELECT c.* FROM all_costs c JOIN parties USING (party))"""  # noqa: S608 - codes that were checked


def _columns(policy: PolicyText) -> list[str]:
    return [name for c in clauses_sql(policy) for name in (*c.exports, *c.base, *c.costs)]


def _sums(policy: PolicyText, clauses: tuple[ClauseSql, ...], *, by: str = "party") -> str:
    """The sums of all clauses by party (and day): exports beside costs."""
    wanted: dict[str, str] = {"exported": f"{exported_sql(policy)}::BIGINT"}
    base = {name: text for clause in clauses for name, text in clause.base.items()} if by == "party" else {}
    for clause in clauses:
        wanted.update(clause.exports)
    wanted.update(base)
    costs = {name: text for clause in clauses for name, text in clause.costs.items()}
    exports = f"SELECT {by}, {', '.join(f'{text} AS {name}' for name, text in wanted.items())} FROM exports GROUP BY {by}"  # noqa: S608
    if not costs:
        return exports
    paid = (
        f"SELECT {by}, {', '.join(f'{text} AS {name}' for name, text in costs.items())} "  # noqa: S608 - columns of ours
        f"FROM costs GROUP BY {by}"
    )
    filled = ", ".join(f"coalesce({name}, 0) AS {name}" for name in (*wanted, *costs))
    return f"SELECT {by}, {filled} FROM ({exports}) FULL JOIN ({paid}) USING ({by})"  # noqa: S608 - columns of ours


def _bases(clauses: tuple[ClauseSql, ...]) -> str:
    wanted = ", ".join(f"{text} AS {name}" for clause in clauses for name, text in clause.base.items())
    parties = "SELECT party FROM parties"
    found = f"SELECT party, {wanted} FROM exports GROUP BY party"  # noqa: S608 - columns of ours
    names = [name for clause in clauses for name in clause.base]
    filled = ", ".join(f"coalesce({name}, 0) AS {name}" for name in names)
    return f"SELECT party, {filled} FROM ({parties}) LEFT JOIN ({found}) USING (party)"  # noqa: S608 - columns of ours


def _total(policy: PolicyText, count: int) -> str:
    total = " + ".join(f"a{place}" for place in range(count))
    if policy.party_cap is not None:
        total = f"least({total}, {whole(policy.party_cap, 2)})"
    least = whole(policy.eligible.least_usd, 2)
    return f"CASE WHEN exported >= {least} THEN ({total}) ELSE 0 END::BIGINT"
