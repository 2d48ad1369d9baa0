"""Writes the two schemas beside this file: ``python -m youju.trade.declarations.documents.schema_files``."""

from __future__ import annotations

import sys
from pathlib import Path

from youju.foundation.policies import law_on
from youju.trade.declarations.documents.schema import schema
from youju.trade.declarations.imports.requests import today

FILES = {"dec_message.xsd": False, "dec_message_draft.xsd": True}
"""File → whether it is for drafts."""


def write(folder: Path) -> list[Path]:
    """Write both schemas by today's law; returns the files whose text changed."""
    changed = []
    for name, draft in FILES.items():
        path, content = folder / name, schema(law_on(today()), draft=draft)
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for made in write(Path(__file__).parent):
        sys.stderr.write(f"已更新 {made}\n")
