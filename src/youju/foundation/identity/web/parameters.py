"""Parameters of addresses that endpoints of every room share, bounded to what the database can hold."""

from __future__ import annotations

from typing import TypeAlias

from ninja import P, PathEx, QueryEx

Word: TypeAlias = QueryEx[str, P(max_length=100, pattern=r"^[^\x00]*$")]
"""A word to look for, a state, a cursor. PostgreSQL's text holds no NUL."""
Limit: TypeAlias = QueryEx[int, P(ge=1, le=500)]
"""How many rows."""
Key: TypeAlias = PathEx[int, P(ge=1, le=9_000_000_000_000_000_000)]
"""An id."""
