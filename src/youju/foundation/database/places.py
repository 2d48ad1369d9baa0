"""Where the embedded server keeps its data and its socket."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from youju.foundation.kernel import places

# The kernel allows 107 bytes for a socket's whole path; the server adds "/.s.PGSQL.5432.lock".
LONGEST_FOLDER = 80
PLAIN = re.compile(r"[A-Za-z0-9/._+-]+")


@dataclass(frozen=True, slots=True)
class ServerPlaces:
    """The folders of one embedded server; all but ``socket`` lie below ``root``."""

    root: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.root / "postgresql.log"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a process runs the server."""
        return self.root / "owner.lock"

    @property
    def socket(self) -> Path:
        """The socket's folder: beside the data, or below /tmp where that path is too long or holds odd characters.

        It follows from the data's path and the account alone (not from ``XDG_RUNTIME_DIR``, which differs between a
        log-in shell, cron and a service), so that every command finds the same server.
        """
        near = self.root / "socket"
        if len(os.fsencode(near)) <= LONGEST_FOLDER and PLAIN.fullmatch(str(near)):
            return near
        mark = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"youju-{self.root_owner()}-{mark}"

    def root_owner(self) -> int:
        """The number of the account that owns the root folder (ours, before it exists)."""
        try:
            return self.root.stat().st_uid
        except OSError:
            return os.geteuid()


def product_places() -> ServerPlaces:
    """The product's own server: ``var/postgres``."""
    return ServerPlaces(places.var() / "postgres")
