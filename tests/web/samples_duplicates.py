"""Sample arguments for the addresses of the duplicate proof."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample("duplicates:hit")
def no_such_hit() -> Arguments:
    return {"number": 999_999_999}


@sample("api:duplicate_hit")
def no_such_hit_for_programs() -> Arguments:
    return {"hit": 999_999_999}
