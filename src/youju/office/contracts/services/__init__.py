"""What people and the clock do with contracts. Each is keyword-only, one transaction, checked and audited."""

from youju.office.contracts.services.batches import remove_batch, store_batch
from youju.office.contracts.services.delivering import (
    DeliverableWish,
    add_deliverable,
    take_deliverable_step,
)
from youju.office.contracts.services.hanging import (
    InstalmentWish,
    OpinionWish,
    add_instalment,
    add_opinion,
    remove_instalment,
)
from youju.office.contracts.services.papers import (
    add_paper,
    hand_out_paper,
    hand_out_sheet,
    request_sheet,
)
from youju.office.contracts.services.refusing import ContractRefusedError
from youju.office.contracts.services.registering import (
    ContractWish,
    change_contract,
    end_contract,
    register_contract,
)
from youju.office.contracts.services.reminding import remind

__all__ = [
    "ContractRefusedError",
    "ContractWish",
    "DeliverableWish",
    "InstalmentWish",
    "OpinionWish",
    "add_deliverable",
    "add_instalment",
    "add_opinion",
    "add_paper",
    "change_contract",
    "end_contract",
    "hand_out_paper",
    "hand_out_sheet",
    "register_contract",
    "remind",
    "remove_batch",
    "remove_instalment",
    "request_sheet",
    "store_batch",
    "take_deliverable_step",
]
