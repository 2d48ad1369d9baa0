"""Reading payments."""

from youju.funds.payments.facts import PaymentState
from youju.funds.payments.selectors.holds import holds_of, register_hold
from youju.funds.payments.selectors.lists import (
    alive_of_batch,
    bank_files,
    bank_returns,
    counts,
    odd_answers,
    payments,
    to_send,
)
from youju.funds.payments.selectors.origins import (
    OriginView,
    origin_of,
    paid_by_origin,
    paid_ids,
    register_origin,
    state_of_origin,
    states_of_origins,
)
from youju.funds.payments.selectors.pages import (
    KINDS,
    BankFilePage,
    PaymentPage,
    ReturnPage,
    bank_file_page,
    paper_of,
    payment_page,
    return_page,
)
from youju.funds.payments.selectors.progress import Board, Line, board, paid_by_month, project_line
from youju.funds.payments.selectors.reminders import Reminder, reminder, reminders

__all__ = [
    "KINDS",
    "BankFilePage",
    "Board",
    "Line",
    "OriginView",
    "PaymentPage",
    "PaymentState",
    "Reminder",
    "ReturnPage",
    "alive_of_batch",
    "bank_file_page",
    "bank_files",
    "bank_returns",
    "board",
    "counts",
    "holds_of",
    "odd_answers",
    "origin_of",
    "paid_by_month",
    "paid_by_origin",
    "paid_ids",
    "paper_of",
    "payment_page",
    "payments",
    "project_line",
    "register_hold",
    "register_origin",
    "reminder",
    "reminders",
    "return_page",
    "state_of_origin",
    "states_of_origins",
    "to_send",
]
