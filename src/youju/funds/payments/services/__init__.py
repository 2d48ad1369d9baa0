"""What people and the bank do with payments. Each is keyword-only, one transaction, permission checked, on the trail."""

from youju.funds.payments.facts import Origin, PayeeIn, PaymentEvent, PaymentIn, PaymentState
from youju.funds.payments.services.accounts import unmask
from youju.funds.payments.services.answering import register_answer, settle_row
from youju.funds.payments.services.findings import note_finding
from youju.funds.payments.services.judging import RefusedPayment
from youju.funds.payments.services.listening import register_listener
from youju.funds.payments.services.outcomes import decide_outcome, submit_outcome
from youju.funds.payments.services.papers import hand_out_order, request_order
from youju.funds.payments.services.reminding import handle_reminder, remind
from youju.funds.payments.services.requesting import correct_payment, request_payment, revise_payment
from youju.funds.payments.services.returning import read_in_parts, read_return, receive_return
from youju.funds.payments.services.sending import hand_out, make_bank_file, void_file
from youju.funds.payments.services.stepping import step_payment, steps_for

__all__ = [
    "Origin",
    "PayeeIn",
    "PaymentEvent",
    "PaymentIn",
    "PaymentState",
    "RefusedPayment",
    "correct_payment",
    "decide_outcome",
    "hand_out",
    "hand_out_order",
    "handle_reminder",
    "make_bank_file",
    "note_finding",
    "read_in_parts",
    "read_return",
    "receive_return",
    "register_answer",
    "register_listener",
    "remind",
    "request_order",
    "request_payment",
    "revise_payment",
    "settle_row",
    "step_payment",
    "steps_for",
    "submit_outcome",
    "unmask",
    "void_file",
]
