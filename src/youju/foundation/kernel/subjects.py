"""What a record is called outside its own room: by the audit trail, the workflow, a job, a kept file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """One record of one room, named without a foreign key: the trail outlives the row.

    Args:
        kind: ``room.thing``, fixed for good, for example ``targets.set`` or ``identity.user``.
        key: the record's own key as text.
        label: what people call it, as it was called at that moment; Chinese.
    """

    kind: str
    key: str
    label: str = ""
