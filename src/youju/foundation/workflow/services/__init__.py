"""What people do with cases and absences. Each is keyword-only, one transaction, checked, logged and audited."""

from youju.foundation.workflow.flows import register_flow
from youju.foundation.workflow.services.absences import end_absence, set_absence
from youju.foundation.workflow.services.moving import advance, reassign, start

__all__ = ["advance", "end_absence", "reassign", "register_flow", "set_absence", "start"]
