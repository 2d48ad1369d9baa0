"""The work of the exchange that outlives a request. It stands beside the services that ask for it; here it is found."""

from __future__ import annotations

from youju.trade.declarations.services.exchanging import run_round

__all__ = ["run_round"]
