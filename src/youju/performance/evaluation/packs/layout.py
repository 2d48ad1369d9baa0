"""What stands where in a pack."""

from __future__ import annotations

import hashlib
import re

FORMAT = "youju-evaluation-pack/1"
MANIFEST, FIGURES, INDEX_PAGE, INDEX_BOOK = "manifest.json", "figures.json", "index.html", "index.xlsx"
ROWS, DOCUMENTS, EVIDENCE = "rows", "documents", "evidence"
COLUMNS = ("part", "kind", "row", "number", "contribution")
"""The first columns of every file of rows, as the catalogue's metrics share them."""
_UNSAFE = re.compile(r"[^\w.\-（）()〔〕·一-鿿]+")


def sha256(content: bytes) -> str:
    """In hex."""
    return hashlib.sha256(content).hexdigest()


def safe(name: str) -> str:
    """A file name that every system can hold."""
    return _UNSAFE.sub("_", name).strip("._")[:80] or "file"
