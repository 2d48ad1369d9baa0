"""How far a user reaches: which rows of the trade the database shows and lets be written. Said once, for every edge.

``all``: the head of the centre; the performance officer reads all and writes none. ``money``: finance, which reads all and
writes what the rooms of the money side let it write (a guard names the word), nothing of the trade. ``audit``: the auditor, who
reads all and writes what internal supervision keeps (again a guard names the word), nothing else. ``tax``, ``customs``: the two
authorities, which read all and write what a guard names their word for. ``sections:A,B``: staff, the rows of their sections.
``own:12``: everybody else, the rows in which their organisation takes part. The administrator reaches none: duties are kept
apart. Reach says which rows, a permission says what.
"""

from __future__ import annotations

from typing import Any

from youju.foundation.identity.roles import Role

_READS_ALL = frozenset({Role.HED, Role.PFO, Role.FIN, Role.AUD, Role.TAX, Role.CUS})
MONEY, AUDIT, TAX, CUSTOMS = "money", "audit", "tax", "customs"
_OUTSIDE = frozenset({Role.AGT, Role.CSL, Role.BRK, Role.MER, Role.BUY, Role.BNK})


def reads_of(user: Any) -> str:
    """What ``Context.reads`` is for a user."""
    if _READS_ALL.intersection(user.roles):
        return "all"
    return _narrow(user)


def writes_of(user: Any) -> str:
    """What ``Context.writes`` is for a user."""
    if Role.HED in user.roles:
        return "all"
    if Role.FIN in user.roles and Role.STF not in user.roles:
        return MONEY
    if Role.AUD in user.roles and Role.STF not in user.roles and not _OUTSIDE.intersection(user.roles):
        return AUDIT
    narrow = _narrow(user)
    if not narrow and Role.TAX in user.roles:
        return TAX
    if not narrow and Role.CUS in user.roles:
        return CUSTOMS
    return narrow


def _narrow(user: Any) -> str:
    if Role.STF in user.roles:
        return f"sections:{','.join(sorted(user.sections))}"
    return f"own:{user.organisation_id}" if _OUTSIDE.intersection(user.roles) else ""
