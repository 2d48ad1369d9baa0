"""What people do with cases and absences. Each is keyword-only, one transaction, checked, logged and audited."""

from youju.foundation.workflow.flows import register_flow
from youju.foundation.workflow.services.absences import end_absence, set_absence
from youju.foundation.workflow.services.calling import begin, call_on, lapse
from youju.foundation.workflow.services.following import ask_for_hands, follow
from youju.foundation.workflow.services.handing import reassign, reassign_case
from youju.foundation.workflow.services.many import advance_many, start_many
from youju.foundation.workflow.services.moving import advance, start
from youju.foundation.workflow.services.putting_right import set_due
from youju.foundation.workflow.services.recounting import recount_due_days

__all__ = [
    "advance",
    "advance_many",
    "ask_for_hands",
    "begin",
    "call_on",
    "end_absence",
    "follow",
    "lapse",
    "reassign",
    "reassign_case",
    "recount_due_days",
    "register_flow",
    "set_absence",
    "set_due",
    "start",
    "start_many",
]
