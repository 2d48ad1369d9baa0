"""What people and the clock do with exemptions. Each is keyword-only, one transaction, checked and audited."""

from youju.trade.exemptions.services.bulk import ask_to_file_all, file_all, file_all_job, file_listed
from youju.trade.exemptions.services.certifying import apply, take_certificate_step
from youju.trade.exemptions.services.filing import Filed, correct, decide, file, take_step
from youju.trade.exemptions.services.invoicing import (
    Invoiced,
    InvoiceWish,
    Surroundings,
    enter_invoice,
    remove_batch,
    remove_invoice,
    store,
    surroundings,
)
from youju.trade.exemptions.services.missing import keep_up, lapse_missed
from youju.trade.exemptions.services.papers import hand_out_certificate, request_certificate
from youju.trade.exemptions.services.preparing import prepare, prepare_for_all
from youju.trade.exemptions.services.quarters import hand_out_quarter, report_quarter
from youju.trade.exemptions.services.refusing import ExemptionRefusedError

__all__ = [
    "ExemptionRefusedError",
    "Filed",
    "InvoiceWish",
    "Invoiced",
    "Surroundings",
    "apply",
    "ask_to_file_all",
    "correct",
    "decide",
    "enter_invoice",
    "file",
    "file_all",
    "file_all_job",
    "file_listed",
    "hand_out_certificate",
    "hand_out_quarter",
    "keep_up",
    "lapse_missed",
    "prepare",
    "prepare_for_all",
    "remove_batch",
    "remove_invoice",
    "report_quarter",
    "request_certificate",
    "store",
    "surroundings",
    "take_certificate_step",
    "take_step",
]
