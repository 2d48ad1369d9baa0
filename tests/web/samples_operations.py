"""Sample arguments for the addresses of the operations room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample
from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject


@sample("operations:audit-entry")
def entry() -> Arguments:
    place = record(verb("test.sample.made", "做了"), Subject("test.sample", "1", "样例"))
    return {"segment": place.segment, "position": place.position}


@sample("operations:job", "operations:job-cancel", "operations:job-retry")
def no_such_run() -> Arguments:
    """A run that has been cleared: every role that may ask gets the same sentence."""
    return {"run_id": uuid.UUID(int=7)}
