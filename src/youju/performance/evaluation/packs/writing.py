"""A pack put together file by file: the hash of each is taken on the way, the manifest and the indexes come last."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from youju.performance.evaluation.packs import index
from youju.performance.evaluation.packs.layout import (
    COLUMNS,
    FIGURES,
    FORMAT,
    INDEX_BOOK,
    INDEX_PAGE,
    MANIFEST,
    ROWS,
    sha256,
)

_MOMENT = (1980, 1, 1, 0, 0, 0)


class PackWriter:
    """Writes a zip into ``file``; ``close`` writes indexes and manifest and gives the manifest's sha256."""

    def __init__(self, file: IO[bytes], head: Mapping[str, Any]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._head = dict(head)
        self.files: list[dict[str, Any]] = []

    def add(self, path: str, content: bytes, *, title: str, about: str = "") -> str:
        """A file; its sha256."""
        info = zipfile.ZipInfo(path, _MOMENT)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        self._zip.writestr(info, content)
        digest = sha256(content)
        self.files.append(
            {"path": path, "sha256": digest, "bytes": len(content), "title": title, "about": about}
        )
        return digest

    def add_rows(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str, about: str
    ) -> str:
        """The rows behind a figure as CSV: the shared columns by their codes, then the table's own; the file's path."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*COLUMNS, *headings[len(COLUMNS) :]])
        writer.writerows(rows)
        path = f"{ROWS}/{name}.csv"
        self.add(path, text.getvalue().encode(), title=title, about=about)
        return path

    def close(self, figures: Mapping[str, Any]) -> str:
        """Figures, indexes, manifest."""
        told = json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True)
        self.add(FIGURES, told.encode(), title="冻结的数")
        self.add(INDEX_BOOK, index.workbook(self._head, self.files), title="目录（工作簿）")
        self.add(INDEX_PAGE, index.page(self._head, self.files, figures), title="目录（网页）")
        manifest = {"format": FORMAT, **self._head, "files": self.files}
        content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        info = zipfile.ZipInfo(MANIFEST, _MOMENT)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        self._zip.writestr(info, content)
        self._zip.close()
        return sha256(content)
