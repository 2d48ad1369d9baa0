"""How far a passage may be relied on, in one word: a law's text can be read, a house's own rule can only be settled."""

from __future__ import annotations

from youju.foundation.policies.entries import PolicySet

HOUSE = "house"


def standing(kind: str, verified: bool) -> str:
    """The word that a badge shows for a passage of a source of this kind."""
    if kind == HOUSE:
        return "本单位规定" if verified else "待本单位确认"
    return "已核原文" if verified else "待核原文"


def kind_of(policies: PolicySet, reference: str) -> str:
    """The kind of the source that a reference such as ``house#wording`` names; empty where there is no such source."""
    source = policies.sources.get(reference.partition("#")[0])
    return source.kind if source else ""
