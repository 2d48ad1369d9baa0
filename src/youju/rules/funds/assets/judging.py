"""All rules of assets over one record."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.funds.assets import checks
from youju.rules.funds.assets.checks import LawOf
from youju.rules.funds.assets.facts import AssetFacts, DisposalFacts, MoveFacts, StocktakeFacts
from youju.rules.registry import REGISTRY

PREFIX = "AST-"
_SCOPES = {
    AssetFacts: "asset",
    MoveFacts: "asset_move",
    DisposalFacts: "disposal",
    StocktakeFacts: "stocktake",
}
Facts = AssetFacts | MoveFacts | DisposalFacts | StocktakeFacts
__all__ = ["Facts", "checks", "judge"]


def judge(facts: Facts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(facts, law, day=facts.day, scope=_SCOPES[type(facts)], prefix=PREFIX)
