"""Contracts as pages, programs and other rooms see them."""

from youju.office.contracts.selectors.lists import (
    STATES,
    ContractFilter,
    contracts,
    deliverable_of,
    deliverables,
    instalments,
    one_of,
    standing,
)
from youju.office.contracts.selectors.pages import (
    ContractPage,
    DeliverablePage,
    contract_page,
    deliverable_page,
)
from youju.office.contracts.selectors.paying import DuePayment, accepted_value, due_payments

__all__ = [
    "STATES",
    "ContractFilter",
    "ContractPage",
    "DeliverablePage",
    "DuePayment",
    "accepted_value",
    "contract_page",
    "contracts",
    "deliverable_of",
    "deliverable_page",
    "deliverables",
    "due_payments",
    "instalments",
    "one_of",
    "standing",
]
