"""The process that the kill test of imports kills: it checks and commits one batch, over and over told which."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path


def main(database: str, witness_folder: str) -> None:
    """Read ``step batch`` from standard input, fork a child that does it, tell the child's number."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from apps.foundation.imports.conftest import GOODS
    from youju.foundation.audit import witness
    from youju.foundation.imports import services
    from youju.foundation.imports.declaring import register_importer

    register_importer(GOODS)
    witness.folder = lambda: Path(witness_folder)
    steps = {"check": services.check_batch, "commit": services.commit_batch}
    for line in sys.stdin:
        step, batch = line.split()
        connection.close()
        child = os.fork()
        if child == 0:
            steps[step](batch_id=uuid.UUID(batch))
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - the line that the test reads
        os.waitpid(child, 0)
        print("over", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
