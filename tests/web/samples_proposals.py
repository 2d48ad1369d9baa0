"""Sample arguments for the addresses of proposals."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample("proposals:proposal", "proposals:rows", "proposals:step", "api:proposal")
def no_such_proposal() -> Arguments:
    return {"number": "JY1999"}


@sample("proposals:edit")
def no_such_proposed_row() -> Arguments:
    return {"number": "JY1999", "place": 1, "row": 1}


@sample("proposals:audit", "proposals:audit-step", "proposals:opinion-make", "api:target_audit")
def no_such_target_audit() -> Arguments:
    return {"number": "SH1999-1"}


@sample("proposals:mark")
def no_such_mark() -> Arguments:
    return {"number": "SH1999-1", "item": "form"}


@sample("proposals:document")
def no_such_opinion() -> Arguments:
    return {"document": uuid.UUID(int=0)}
