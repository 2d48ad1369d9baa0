"""Splink 4 on DuckDB over the same claims: normalised by us, weights learnt by it (EM), its usual comparisons.

Keys that prove a pair by themselves (a line, an invoice, a container, an account, an identity) are deterministic rules, as its
documentation advises; only the rest is weighed.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

from youju.rules.funds.duplicates.facts import Claim
from youju.rules.funds.duplicates.traits import Preparer, Traits

_BUCKET = 20  # days; a voyage stands in two overlapping stretches
TRAINING_PAIRS = 5_000_000
CERTAIN = 1_000.0
"""The weight of a pair that shares a key which proves it by itself: Splink's deterministic rules."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Pairs of claims with their match weight in bits, and how long all took."""

    pairs: list[tuple[str, str, float]]
    seconds: float
    processor: float


def linked(claims: list[Claim], law: Any, *, seed: int) -> Linked:
    """Train and predict. Pairs of one claimant count only where they share a line, an invoice, a container or a period."""
    from splink import DuckDBAPI, Linker, block_on

    for name in ("splink", "splink.internals"):
        logging.getLogger(name).setLevel(logging.ERROR)
    began = time.perf_counter(), time.process_time()
    preparer = Preparer(law)
    linker = Linker(_frame([preparer.traits(claim) for claim in claims]), _settings(), DuckDBAPI())
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("phone", "core"), block_on("mark"), block_on("address", "person"), block_on("account")],
        recall=0.6,
    )
    training.estimate_u_using_random_sampling(max_pairs=TRAINING_PAIRS, seed=seed)
    for rule in (block_on("phone"), block_on("core", "trades"), block_on("address")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict().as_pandas_dataframe()
    own = found["who_l"] == found["who_r"]
    once = sum(found[f"gamma_{kind}"] > 0 for kind in ("lines", "invoices", "boxes", "twice")) > 0
    between = ~own & ((found["gamma_account"] > 0) | (found["gamma_mark"] > 0))
    found.loc[once | between, "match_weight"] = CERTAIN
    found = found[~own | once]
    pairs = [
        (min(one, other), max(one, other), weight)
        for one, other, weight in zip(
            found["unique_id_l"], found["unique_id_r"], found["match_weight"], strict=True
        )
    ]
    return Linked(pairs, time.perf_counter() - began[0], time.process_time() - began[1])


def best_threshold(linked_pairs: Linked, truth: dict[tuple[str, str], str]) -> float:
    """The weight that gives the best F1 on a set whose truth is known."""
    ranked = sorted(linked_pairs.pairs, key=lambda pair: -pair[2])
    right, best, chosen = 0, 0.0, 0.0
    for count, (one, other, weight) in enumerate(ranked, 1):
        right += (one, other) in truth
        score = 2 * right / (count + len(truth))
        if score > best:
            best, chosen = score, weight
    return chosen


def _frame(traits: list[Traits]) -> Any:
    import pandas as pd

    rows = [
        {
            "unique_id": each.claim.id,
            "who": each.who,
            "core": each.name.core or None,
            "sound": each.name.sound or None,
            "trades": "/".join(sorted(each.name.trades)) or None,
            "person": each.person or None,
            "phone": next(iter(each.phones - each.agent_phones), None),
            "address": each.address_key or None,
            "account": each.account or None,
            "mark": each.claim.person_mark or None,
            "twice": f"{each.who}|{each.claim.policy}|{each.claim.period}",
            "lines": list(each.lines) or None,
            "invoices": list(each.invoices) or None,
            "boxes": [
                f"{number}|{shift}|{(box.day.toordinal() + shift) // _BUCKET}"
                for number, held in each.boxes.items()
                for box in held
                if box.day
                for shift in (0, _BUCKET // 2)
            ]
            or None,
        }
        for each in traits
    ]
    return pd.DataFrame(rows)


def _settings() -> Any:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    def between(*columns: str) -> Any:
        same = " AND ".join(f"l.{column} = r.{column}" for column in columns)
        return CustomRule(f"{same} AND l.who <> r.who")

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("core", [0.9, 0.75]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("sound"),
            cl.ExactMatch("trades"),
            cl.JaroWinklerAtThresholds("person", [0.8]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("address", [2]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("account"),
            cl.ExactMatch("mark"),
            cl.ExactMatch("twice"),
            cl.ArrayIntersectAtSizes("lines", [1]),
            cl.ArrayIntersectAtSizes("invoices", [1]),
            cl.ArrayIntersectAtSizes("boxes", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("lines", arrays_to_explode=["lines"]),
            block_on("invoices", arrays_to_explode=["invoices"]),
            block_on("boxes", arrays_to_explode=["boxes"]),
            block_on("twice"),
            between("account"),
            between("mark"),
            between("phone"),
            between("address"),
            between("core", "trades"),
            between("core", "person"),
            between("sound", "trades"),
            between("person", "trades"),
        ],
        additional_columns_to_retain=["who"],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=True,
    )
