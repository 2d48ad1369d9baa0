"""What people and the clock do with dispatched staff. Each is keyword-only, one transaction, checked and audited."""

from youju.office.staff.services.agreeing import register_agreement
from youju.office.staff.services.batches import remove_batch, store_batch
from youju.office.staff.services.correcting import correct_line
from youju.office.staff.services.refusing import StaffRefusedError
from youju.office.staff.services.reminding import remind
from youju.office.staff.services.stepping import take_month_step

__all__ = [
    "StaffRefusedError",
    "correct_line",
    "register_agreement",
    "remind",
    "remove_batch",
    "store_batch",
    "take_month_step",
]
