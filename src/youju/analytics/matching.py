"""Which of many claims to compare: self-joins on keys in DuckDB, then the pure judge over what they find.

The work grows with the claims and not with their square: a key that too many hold is not joined on, and what carries
evidence by itself is then joined with its earliest claim only, so that nothing is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from youju.rules.funds.duplicates.facts import Claim
from youju.rules.funds.duplicates.judging import Hit, Judge
from youju.rules.funds.duplicates.traits import ANYBODY, COUNTED, HARD, RARE, Preparer, Traits, keys
from youju.rules.law import PolicyValue, whole

BLOCK, RARE_BLOCK = "funds.duplicates.block_most", "funds.duplicates.name_block_most"
_BATCH = 50_000
_SIZED = """
CREATE TEMP TABLE shared AS
SELECT k.claim, k.who, k.kind, hash(k.kind, k.value) AS block, s.held, s.first
FROM keys k JOIN (
  SELECT kind, value, count(*) AS held, min(claim) AS first FROM keys WHERE kind <> 'person'
  GROUP BY kind, value HAVING count(*) > 1
) s USING (kind, value)
"""
_PAIRS = """
SELECT DISTINCT one, other FROM (
  SELECT a.claim AS one, b.claim AS other FROM shared a JOIN shared b ON a.block = b.block AND a.claim < b.claim
  WHERE a.held <= (CASE a.kind WHEN $rare THEN $few ELSE $most END) AND (a.who <> b.who OR list_contains($anybody, a.kind))
  UNION ALL
  SELECT first AS one, claim AS other FROM shared WHERE held > $most AND claim > first AND list_contains($hard, kind)
)
"""
_CROWDED = """
SELECT kind, count(DISTINCT block), max(held) FROM shared WHERE held > $most AND kind <> $rare GROUP BY kind ORDER BY kind
"""
_HELD = """
SELECT kind, value, count(DISTINCT who) FROM keys WHERE list_contains($counted, kind) GROUP BY kind, value
HAVING count(DISTINCT who) > 1
"""


@dataclass(slots=True)
class Work:
    """What a run looked at: claims, pairs compared, and by kind of key the blocks that were too large (blocks, largest)."""

    claims: int = 0
    pairs: int = 0
    crowded: dict[str, tuple[int, int]] = field(default_factory=dict)


class Blocks:
    """The keys of many claims in DuckDB. Claims and claimants are numbered by the caller.

    Args:
        rows: four columns of one length: claim, claimant, kind of key, value.
        most, few: the largest block that is compared each with each; the same for blocks of a brand alone.
        threads, spill: limits of the engine; by default all cores and memory.
    """

    def __init__(
        self,
        rows: tuple[Sequence[int], Sequence[int], Sequence[str], Sequence[str]],
        *,
        most: int,
        few: int,
        threads: int | None = None,
        spill: Path | None = None,
    ) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": False}
        if threads:
            config["threads"] = threads
        if spill:
            config["temp_directory"] = str(spill)
        self._most, self._few = most, few
        self._link = duckdb.connect(":memory:", config=config)
        self._link.execute("SET enable_progress_bar = false")
        claim, who, kind, value = rows
        columns = {
            "claim": pa.array(claim, pa.int32()),
            "who": pa.array(who, pa.int32()),
            "kind": pa.array(kind, pa.string()).dictionary_encode(),
            "value": pa.array(value, pa.string()),
        }
        self._link.register("keys", pa.table(columns))
        self._link.execute(_SIZED)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair of claims to compare, once, the smaller number first."""
        asked = self._link.execute(
            _PAIRS,
            {
                "most": self._most,
                "anybody": list(ANYBODY),
                "hard": list(HARD),
                "rare": RARE,
                "few": self._few,
            },
        )
        while rows := asked.fetchmany(_BATCH):
            yield from rows

    def held(self) -> dict[tuple[str, str], int]:
        """By kind and value, how many claimants hold it, where it is more than one."""
        found = self._link.execute(_HELD, {"counted": list(COUNTED)}).fetchall()
        return {(kind, value): count for kind, value, count in found}

    def crowded(self) -> dict[str, tuple[int, int]]:
        """By kind, the blocks above the limit: how many, and how many claims the largest has."""
        found = self._link.execute(_CROWDED, {"most": self._most, "rare": RARE}).fetchall()
        return {kind: (count, largest) for kind, count, largest in found}

    def close(self) -> None:
        """Let go of the memory."""
        self._link.close()


def duplicates(
    claims: Iterable[Claim], law: Mapping[str, PolicyValue], day: date, *, work: Work | None = None
) -> Iterator[Hit]:
    """All hits among claims. 100,000 claims take seconds; memory grows with the claims, about 3 KB each.

    Args:
        claims: each with an ``id`` of its own.
        law: resolved to ``day``.
        work: filled in with what was looked at.
    """
    done = work if work is not None else Work()
    preparer = Preparer(law)
    traits: list[Traits] = []
    numbers: dict[str, int] = {}
    columns: tuple[list[int], list[int], list[str], list[str]] = ([], [], [], [])
    for number, claim in enumerate(claims):
        each = preparer.traits(claim)
        traits.append(each)
        who = numbers.setdefault(each.who, len(numbers))
        for kind, value in keys(each):
            columns[0].append(number)
            columns[1].append(who)
            columns[2].append(kind)
            columns[3].append(value)
    done.claims = len(traits)
    if not traits:
        return
    blocks = Blocks(columns, most=whole(law, BLOCK), few=whole(law, RARE_BLOCK))
    try:
        held, done.crowded = blocks.held(), blocks.crowded()
        judge = Judge(law, day, lambda kind, value: held.get((kind, value), 1))
        for one, other in blocks.pairs():
            done.pairs += 1
            hit = judge.judge(traits[one], traits[other])
            if hit is not None:
                yield hit
    finally:
        blocks.close()
