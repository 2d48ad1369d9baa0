"""The deeds of this room itself; each flow brings a verb for each of its steps."""

from youju.foundation.audit.verbs import verb

STARTED = verb("workflow.case.started", "发起了")
REASSIGNED = verb("workflow.case.reassigned", "转办了")
RECOUNTED = verb("workflow.case.recounted", "重新计算了限办日期：")
ABSENCE_SET = verb("workflow.absence.set", "登记了")
ABSENCE_ENDED = verb("workflow.absence.ended", "提前结束了")
