"""Structure of a policy's text: how its numbers and names are written, not what they amount to."""

from __future__ import annotations

CENTS = 2
"""Decimals of money and of USD."""
RATES = 6
"""Decimals of a rate and of a share; the set-based engine counts in millionths."""
TEU = 6
"""Decimals of a part of a container."""
CLAUSES = 40
"""Clauses of one policy."""
CODE = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
CODE_LENGTH = 40
"""Characters of a policy's or a clause's code."""
