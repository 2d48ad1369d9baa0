"""Sample arguments for the addresses of the subsidies room: things that are not there."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "subsidies:policy",
    "subsidies:policy-edit",
    "subsidies:policy-keep",
    "subsidies:policy-step",
    "subsidies:policy-file",
    "subsidies:backtest-ask",
    "subsidies:backtest",
    "subsidies:backtest-gainers",
    "api:policy_detail",
    "api:backtest_detail",
)
def no_such_number() -> Arguments:
    return {"number": NONE}


@sample("subsidies:policy-difference")
def no_such_pair() -> Arguments:
    return {"number": NONE, "other": NONE}
