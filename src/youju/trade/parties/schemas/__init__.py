"""What the API of the parties room takes and gives."""

from youju.trade.parties.schemas.agreements import (
    AgreementIn,
    AgreementLine,
    AgreementOut,
    AgreementsOut,
    AgreementStepIn,
    ErrorOut,
    SignatureOut,
    SignIn,
    TermsIO,
)
from youju.trade.parties.schemas.filings import (
    FilingFindingOut,
    FilingIn,
    NumberOut,
    PaperIn,
    PaperOut,
    PartyLineOut,
    PartyListOut,
    PartyOut,
    RoleSectionOut,
    SubmitIn,
)

__all__ = [
    "AgreementIn",
    "AgreementLine",
    "AgreementOut",
    "AgreementStepIn",
    "AgreementsOut",
    "ErrorOut",
    "FilingFindingOut",
    "FilingIn",
    "NumberOut",
    "PaperIn",
    "PaperOut",
    "PartyLineOut",
    "PartyListOut",
    "PartyOut",
    "RoleSectionOut",
    "SignIn",
    "SignatureOut",
    "SubmitIn",
    "TermsIO",
]
