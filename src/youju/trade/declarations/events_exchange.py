"""What happens between this room and customs, as the trail says it. Steps (send, accept, release …) are recorded by the flow."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

MESSAGE_KIND = "declarations.message"

NUMBERED = verb("declarations.declaration.numbered", "收到海关的编号")
RENUMBERED = verb("declarations.declaration.renumbered", "更正了报关单号")
QUEUED = verb("declarations.declaration.queued", "把报文交给发送")
SENT_AGAIN = verb("declarations.declaration.sent_again", "要求再发一次报文")
UNANSWERED = verb("declarations.declaration.unanswered", "一直没有回执，转为待办")
PUT_BACK = verb("declarations.message.put_back", "放回了回执")

FIELDS = {
    "state": "状态",
    "entry_number": "报关单号",
    "sequence_number": "统一编号",
    "rejection": "退单原因",
    "lines": "来源行数",
    "file": "文件",
    "sha256": "校验值",
    "attempts": "次数",
    "source": "消息来源",
}
"""The Chinese names of what the trail keeps of the exchange."""
