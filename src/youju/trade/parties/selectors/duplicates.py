"""Filings that may be of one party: candidates chosen by the database, scored by the rules, each with its reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField
from django.utils import timezone
from rapidfuzz import fuzz

from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.parties.changes import IDENTIFIERS
from youju.rules.trade.parties.duplicates import BLOCK, Likeness, Score, score
from youju.rules.trade.parties.lifecycle import CANCELLED
from youju.trade.parties.models import Identifier, Pair, Party

_CHUNK = 5_000
_SHOWN = 10
_ALIKE = """
WITH live AS MATERIALIZED (
  SELECT id, name_keys, legal_person, address FROM parties_party WHERE merged_into_id IS NULL AND state <> 'cancelled'
), grams AS MATERIALIZED (
  SELECT id, unnest(name_keys) AS gram FROM live
), rare AS (
  SELECT gram FROM grams GROUP BY gram HAVING count(*) BETWEEN 2 AND %(block)s
), named AS (
  SELECT id, gram FROM grams JOIN rare USING (gram)
), keyed AS (
  SELECT i.party_id AS id, i.kind || i.fingerprint AS key FROM parties_identifier i JOIN live ON live.id = i.party_id
), housed AS (
  SELECT id, legal_person || '|' || parties_address_core(address) AS key FROM live WHERE legal_person <> '' AND address <> ''
)
SELECT a.id, b.id FROM named a JOIN named b ON a.gram = b.gram AND a.id < b.id
UNION SELECT a.id, b.id FROM keyed a JOIN keyed b ON a.key = b.key AND a.id < b.id
UNION SELECT a.id, b.id FROM housed a JOIN housed b ON a.key = b.key AND a.id < b.id
"""


@dataclass(frozen=True, slots=True)
class Hint:
    """Another filing that may be of the same party."""

    party: Party
    score: Score


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints of a filing, the most likely first; ``elsewhere`` counts candidates that the reader does not reach."""

    found: tuple[Hint, ...]
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a filing."""

    id: int
    core: str
    legal_person: str
    address: str
    numbers: frozenset[tuple[str, str, str]]


def duplicate_hints(party_id: int) -> Hints:
    """What may be the same party as a filing, for who reviews it. Four queries, however many parties there are.

    Pairs marked as not the same are left out.
    """
    law = law_on(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute("SELECT parties_alike(%s, %s)", [party_id, whole(law, BLOCK)])
        candidates = {key for (key,) in cursor.fetchall()}
    if not candidates:
        return Hints(())
    distinct = Pair.objects.filter(Q(left=party_id) | Q(right=party_id), state="distinct")
    candidates -= {key for pair in distinct.values_list("left_id", "right_id") for key in pair}
    rows = _rows({party_id, *candidates})
    traits = traits_of(rows.values())
    mine = traits.get(party_id)
    if mine is None:
        return Hints(())
    found = [
        Hint(rows[key], judged)
        for key in candidates & set(traits)
        if (judged := score(likeness(mine, traits[key]), law)).speaks
    ]
    found.sort(key=lambda hint: (-hint.score.points, hint.party.pk))
    return Hints(tuple(found[:_SHOWN]), len(candidates - set(rows)))


def pair_rows(*, state: str = "open", text: str = "") -> QuerySet[Pair]:
    """The stored pairs that the reader handles on both sides, the most likely first."""
    rows = Pair.objects.filter(state=state).select_related("left", "right")
    if state == "open":
        rows = rows.filter(left__merged_into=None, right__merged_into=None)
        rows = rows.exclude(left__state=CANCELLED).exclude(right__state=CANCELLED)
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(left__name__icontains=word)
            | Q(right__name__icontains=word)
            | Q(left__number__icontains=word)
            | Q(right__number__icontains=word)
        )
    return rows


def every_likely_pair() -> Iterator[tuple[int, int, Score]]:
    """All pairs that reach the threshold: (older, younger, score). Needs a reach over every row.

    Blocked: only filings that share a rare piece of a name, a number, or person and address are compared, so that the work
    grows with the parties and not with their square.
    """
    law = law_on(timezone.localdate())
    with connection.cursor() as cursor:
        # Fresh tables have no statistics, and the planner would then compare each with each.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_ALIKE, {"block": whole(law, BLOCK)})
        pairs = cursor.fetchall()
        cursor.execute("SET LOCAL enable_nestloop = on")
    traits = traits_of(_rows({key for pair in pairs for key in pair}).values())
    for left, right in pairs:
        judged = score(likeness(traits[left], traits[right]), law)
        if judged.speaks:
            yield left, right, judged


def likeness(one: Traits, other: Traits) -> Likeness:
    """What two filings have in common."""
    shared = {(kind, mark) for kind, _, mark in one.numbers} & {
        (kind, mark) for kind, _, mark in other.numbers
    }
    labels = {
        IDENTIFIERS.get(f"{kind}.{holder}", "证件号码")
        for kind, holder, mark in one.numbers
        if (kind, mark) in shared and kind != "phone"
    }
    return Likeness(
        similarity=_similarity(one.core, other.core),
        identifiers=tuple(sorted(labels)),
        phone=any(kind == "phone" for kind, _ in shared),
        legal_person=one.legal_person if one.legal_person == other.legal_person else "",
        address=one.address if one.address == other.address else "",
    )


def _similarity(one: str, other: str) -> int:
    # Below a hundred unless the same: rounding must not make two names one.
    return 100 if one == other and one else min(99, int(fuzz.ratio(one, other)))


def _rows(keys: Collection[int]) -> dict[int, Any]:
    core = Func(F("name"), function="parties_name_core", output_field=TextField())
    address = Func(F("address"), function="parties_address_core", output_field=TextField())
    found: dict[int, Any] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), _CHUNK):
        rows = Party.objects.filter(pk__in=wanted[start : start + _CHUNK])
        found.update({row.pk: row for row in rows.annotate(core=core, address_core=address)})
    return found


def traits_of(rows: Iterable[Any]) -> dict[int, Traits]:
    """What is compared of rows that ``_rows`` gave, by id. One query for five thousand."""
    kept = {row.pk: row for row in rows}
    numbers: dict[int, set[tuple[str, str, str]]] = {key: set() for key in kept}
    wanted = sorted(kept)
    for start in range(0, len(wanted), _CHUNK):
        held = Identifier.objects.filter(party__in=wanted[start : start + _CHUNK])
        for party, *number in held.values_list("party_id", "kind", "holder", "fingerprint"):
            numbers[party].add((number[0], number[1], number[2]))
    return {
        key: Traits(key, row.core, row.legal_person, row.address_core, frozenset(numbers[key]))
        for key, row in kept.items()
    }
