"""Tables of the payments room. Private to it: another room asks ``selectors``."""

from youju.funds.payments.models.banking import BankFile, BankReturn, Instruction, ReturnRow
from youju.funds.payments.models.findings import AuditFinding
from youju.funds.payments.models.payments import Payment

__all__ = ["AuditFinding", "BankFile", "BankReturn", "Instruction", "Payment", "ReturnRow"]
