"""The deeds of this room."""

from youju.foundation.audit.verbs import verb

ATTACHED = verb("files.attachment.added", "附上了文件，对象是")
RELEASED = verb("files.attachment.released", "去掉了文件，对象是")
COLLECTED = verb("files.orphans.collected", "清理了")
DOWNLOADED = verb("files.attachment.downloaded", "下载了文件，对象是", reads=True)
