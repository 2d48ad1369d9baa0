"""What people and the clock do with the records of the base. Each is keyword-only, one transaction, checked and audited."""

from youju.office.base.services.batches import remove_batch, store_batch
from youju.office.base.services.papers import add_paper, hand_out_paper
from youju.office.base.services.platforms import add_milestone, finish_milestone, take_platform_step
from youju.office.base.services.refusing import BaseRefusedError
from youju.office.base.services.registering import Registered, register_record
from youju.office.base.services.reminding import remind

__all__ = [
    "BaseRefusedError",
    "Registered",
    "add_milestone",
    "add_paper",
    "finish_milestone",
    "hand_out_paper",
    "register_record",
    "remind",
    "remove_batch",
    "store_batch",
    "take_platform_step",
]
