"""The deeds of this room."""

from youju.foundation.audit.verbs import verb

UPLOADED = verb("imports.batch.uploaded", "上传了")
COMMITTED = verb("imports.batch.committed", "确认导入了")
UNDONE = verb("imports.batch.undone", "撤销了导入")
DISCARDED = verb("imports.batch.discarded", "放弃了导入")
