"""What people do with imports. Each is keyword-only, one transaction, permission checked, on the trail."""

from youju.foundation.imports.services.checking import check_batch, work_on
from youju.foundation.imports.services.committing import commit_batch, prepare_commit
from youju.foundation.imports.services.receiving import begin_upload, finish_upload, put_piece, receive
from youju.foundation.imports.services.undoing import consequences, discard, undo

__all__ = [
    "begin_upload",
    "check_batch",
    "commit_batch",
    "consequences",
    "discard",
    "finish_upload",
    "prepare_commit",
    "put_piece",
    "receive",
    "undo",
    "work_on",
]
