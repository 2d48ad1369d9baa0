"""Sample arguments for the addresses of recognition."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample("goods:campaign", "goods:campaign-step", "goods:decision", "goods:decision-replay")
def no_such_row() -> Arguments:
    return {"pk": 999_999}


@sample(
    "goods:good-decision",
    "goods:explain",
    "goods:judge",
    "goods:recognise",
    "api:good_decisions",
    "api:good_recognise",
)
def no_such_good() -> Arguments:
    return {"number": "SP-NONE"}
