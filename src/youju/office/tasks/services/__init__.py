"""What people and the clock do with tasks. Each is keyword-only, one transaction, checked, logged and audited."""

from youju.office.tasks.services.bringing import MatterWish, bring_matter, receive_matter
from youju.office.tasks.services.changing import change_task, hand_over
from youju.office.tasks.services.evidence import add_evidence, hand_out_file
from youju.office.tasks.services.mediating import add_mediation, unmask_contact
from youju.office.tasks.services.planning import Repeat, TaskWish, plan_tasks
from youju.office.tasks.services.plans import PlanRow, remove_batch, store_batch
from youju.office.tasks.services.refusing import TaskRefusedError
from youju.office.tasks.services.reminding import remind
from youju.office.tasks.services.sealed import reseal_contacts
from youju.office.tasks.services.stepping import Ending, take_step

__all__ = [
    "Ending",
    "MatterWish",
    "PlanRow",
    "Repeat",
    "TaskRefusedError",
    "TaskWish",
    "add_evidence",
    "add_mediation",
    "bring_matter",
    "change_task",
    "hand_out_file",
    "hand_over",
    "plan_tasks",
    "receive_matter",
    "remind",
    "remove_batch",
    "reseal_contacts",
    "store_batch",
    "take_step",
    "unmask_contact",
]
