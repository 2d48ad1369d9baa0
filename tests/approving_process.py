"""A process that approves versions until it is killed. ``python -m approving_process <database> <witness folder>``.

It is set up once and forks a child for each line ``<seconds> <version> <submitter> <reviewer> <approver>`` on its standard
input, kills it after so many seconds (a child that has ended keeps its number until it is waited for), and says ``ended``.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

STEPS = ("submit", "review", "approve", "publish")


def approve(number: int, people: list[str]) -> None:
    """Take a draft all the way, each step in a transaction of its own."""
    from youju.foundation.identity.models import User
    from youju.foundation.kernel.context import acting
    from youju.performance.targets import services

    actors = {name: User.objects.get(username=name) for name in people}
    for transition, name in zip(STEPS, [*people, people[0]], strict=True):
        with acting(actor=name, actor_name=name):
            services.take_step(actor=actors[name], target_set_id=number, transition=transition)


def main() -> None:
    """Serve lines until the input ends."""
    import django

    django.setup()
    from django.db import connection

    from youju.foundation.audit import witness

    connection.settings_dict["NAME"] = sys.argv[1]
    witness.folder = lambda: Path(sys.argv[2])
    for line in sys.stdin:
        seconds, number, *people = line.split()
        child = os.fork()
        if child == 0:
            try:
                approve(int(number), people)
            finally:
                os._exit(0)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("ended", flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
