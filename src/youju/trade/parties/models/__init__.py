"""Tables of the parties room. Private to it: another room asks ``selectors``."""

from youju.trade.parties.models.agreements import (
    Agreement,
    AgreementSeries,
    Signature,
)
from youju.trade.parties.models.changes import ChangeRequest, Merge
from youju.trade.parties.models.drafts import FilingDraft, NumberSeries
from youju.trade.parties.models.filings import Identifier, Paper, Party
from youju.trade.parties.models.levels import CreditLevel
from youju.trade.parties.models.markets import Market, Stall, Tenancy
from youju.trade.parties.models.watching import Pair, Reminder

__all__ = [
    "Agreement",
    "AgreementSeries",
    "ChangeRequest",
    "CreditLevel",
    "FilingDraft",
    "Identifier",
    "Market",
    "Merge",
    "NumberSeries",
    "Pair",
    "Paper",
    "Party",
    "Reminder",
    "Signature",
    "Stall",
    "Tenancy",
]
