"""Tables of the room subsidies. Private to it: another room asks ``selectors``."""

from youju.funds.subsidies.models.applications import (
    Application,
    ApplicationSeries,
    Computation,
    CostLine,
    CountedLine,
    Opinion,
)
from youju.funds.subsidies.models.awards import Award, AwardRound, ListVersion, Objection, RoundLine
from youju.funds.subsidies.models.duplicates import ClaimKey, ComparedClaim, DuplicateHit
from youju.funds.subsidies.models.policies import BackTest, Policy

__all__ = [
    "Application",
    "ApplicationSeries",
    "Award",
    "AwardRound",
    "BackTest",
    "ClaimKey",
    "ComparedClaim",
    "Computation",
    "CostLine",
    "CountedLine",
    "DuplicateHit",
    "ListVersion",
    "Objection",
    "Opinion",
    "Policy",
    "RoundLine",
]
