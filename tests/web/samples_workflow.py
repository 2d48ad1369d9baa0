"""Sample arguments for the addresses of the workflow room."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample("workflow:absence", "workflow:absence-end")
def nobody_is_away() -> Arguments:
    """A registration that is not there: every role gets the same sentence, none a refusal."""
    return {"absence_id": 999_999}


@sample("workflow:case")
def nothing_under_way() -> Arguments:
    """A case that is not there: who may hand one over is asked of the case, not of the address."""
    return {"case_id": 999_999}
