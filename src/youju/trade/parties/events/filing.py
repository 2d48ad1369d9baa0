"""The deeds of this room, and what its records are called in the trail. The steps of a filing are workflow's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.parties.fields import FIELDS
from youju.rules.trade.parties.lifecycle import PARTY_KIND

if TYPE_CHECKING:
    from youju.trade.parties.models import Party

OPENED = verb("parties.party.opened", "开始填写")
FILED = verb("parties.party.filed", "填报了")
DISCARDED = verb("parties.party.discarded", "放弃了草稿")
PUT_ON_FILE = verb("parties.party.put_on_file", "编了备案号的是")
PAPER_ADDED = verb("parties.party.paper_added", "为其上传了材料的是")
PAPER_REMOVED = verb("parties.party.paper_removed", "删去其材料的是")
PAPER_READ = verb("parties.party.paper_read", "查看了其材料的是", reads=True)
UNMASKED = verb("parties.party.unmasked", "查看了其完整证件号码的是", reads=True)
IMPORTED = verb("parties.party.imported", "批量导入了")
IMPORT_UNDONE = verb("parties.party.import_undone", "撤销导入了")

PARTY_FIELDS = {
    **{field.code: field.label for field in FIELDS},
    "roles": "主体类型",
    "sections": "受理科室",
    "number": "备案号",
    "valid_from": "有效期自",
    "valid_to": "有效期至",
    "organisation": "账号单位",
    "state": "状态",
    "due_on": "限办日期",
    "flow": "流程",
    "paper": "材料",
    "batch": "导入批次",
    "channel": "来源",
}


def party_subject(party: Party) -> Subject:
    """A party, as the trail and the workflow know it."""
    return Subject(PARTY_KIND, str(party.pk), party.name)
