"""What restores put aside: shown, and removed when an administrator says so."""

from __future__ import annotations

import re
import shutil

from youju.foundation.backup import events, scratch
from youju.foundation.database.addresses import owner_address
from youju.foundation.kernel import places
from youju.foundation.kernel.subjects import Subject

_STAMP = r"\d{8}_\d{6}"


def kept_aside() -> tuple[list[str], list[str]]:
    """The databases and the folders of earlier states, oldest first. The database server must answer."""
    wanted = re.compile(re.escape(owner_address().name) + "_before_" + _STAMP)
    with scratch.admin() as connection:
        databases = sorted(name for name in scratch.databases(connection) if wanted.fullmatch(name))
    folders = [path for path in places.var().glob("audit.before-*") if re.fullmatch(_STAMP, path.name[13:])]
    return databases, sorted(str(path) for path in folders)


def clean() -> tuple[list[str], list[str]]:
    """Remove them, and say so in the audit trail; what was removed."""
    from django.db import transaction

    from youju.foundation.audit.services import record_many

    databases, folders = kept_aside()
    with transaction.atomic():
        record_many(
            events.CLEANED,
            [
                (Subject(events.ASIDE, name[-200:], name), {"name": name}, None)
                for name in [*databases, *folders]
            ],
        )
    for name in databases:
        scratch.drop(name)
    for folder in folders:
        shutil.rmtree(folder)
    return databases, folders
