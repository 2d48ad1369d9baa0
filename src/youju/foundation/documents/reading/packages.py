"""An Office package: a zip whose parts are found by relationships and unpacked only within the bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from types import TracebackType
from typing import Any

from lxml import etree

from youju.foundation.documents.reading.limits import Limits
from youju.foundation.kernel.errors import InputError

_RESAVE = "请用 Word 或 WPS 打开后另存为 docx 或 xlsx"
_MAIN_PART = "/officeDocument"
_ENCRYPTED = 0x1
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


class Package:
    """Opens the zip, checks its directory and gives parts as parsed XML.

    Sizes are checked twice: those that the directory states before anything is unpacked, and the real ones
    while unpacking, because the directory of a bomb may lie.
    """

    def __init__(self, content: bytes, filename: str, limits: Limits) -> None:
        self.filename = filename
        self._limits = limits
        self._packed = len(content)
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = {info.filename: info for info in self._zip.infolist()}
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            UnicodeError,
        ) as error:
            raise InputError(
                "文件不完整或已损坏（压缩结构读不出来）", where=filename, how="请重新下载或导出后再试"
            ) from error
        if any(info.flag_bits & _ENCRYPTED for info in self._names.values()):
            raise InputError("文件受密码保护，读不了", where=filename, how="请取消密码后再试")
        self._refuse_other_packages()
        self.main = self._main_part()

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def is_word(self) -> bool:
        """Whether the main part is a text document; else it is a workbook."""
        return not self.main.startswith("xl/")

    def xml(self, name: str) -> Any:
        """The root element of a part; the names of strict OOXML are made those of the usual kind."""
        content = self.part(name)
        if not content:
            raise self.damaged(name)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        try:
            root = etree.fromstring(content, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(name) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError("文件里有不该有的 DTD 声明，没有读取", where=self.filename, how=_RESAVE)
        return root

    def part(self, name: str) -> bytes:
        """The bytes of a part, empty if there is no such part; refused beyond the bounds."""
        info = self._names.get(name)
        if info is None:
            return b""
        self._limits.check_unpacked(self._unpacked + info.file_size, self._packed, self.filename)
        try:
            with self._zip.open(info) as file:
                content = file.read(self._limits.unpacked_bytes - self._unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
            raise self.damaged(name) from error
        except Exception as error:  # lzma and bz2 have errors of their own
            raise self.damaged(name) from error
        self._unpacked += len(content)
        self._limits.check_unpacked(self._unpacked, self._packed, self.filename)
        return content

    def has(self, name: str) -> bool:
        """Whether the package has a part of that name."""
        return name in self._names

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: relationship id → (kind, part name)."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(name):
            return {}
        found = {}
        for relation in self.xml(name):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relation.get("Id", "")] = (relation.get("Type", ""), path)
        return found

    def damaged(self, name: str) -> InputError:
        """The error for a part that cannot be used."""
        return InputError(f"文件已损坏（其中的 {name} 读不出来）", where=self.filename, how=_RESAVE)

    def _main_part(self) -> str:
        for kind, path in self.related("").values():
            if kind.endswith(_MAIN_PART) and self.has(path):
                return self._known(path)
        for path in ("word/document.xml", "xl/workbook.xml"):
            if self.has(path):
                return path
        raise InputError(
            "这是压缩包，里面没有 Word 或 Excel 文档", where=self.filename, how="请先解压，再提供其中的文档"
        )

    def _known(self, path: str) -> str:
        if path.startswith(("word/", "xl/")) and path.endswith(".xml"):
            return path
        raise InputError("这是演示文稿或二进制表格等文件，不是可读的文档", where=self.filename, how=_RESAVE)

    def _refuse_other_packages(self) -> None:
        """The formats of OpenDocument and OFD are zips too."""
        if self.has("mimetype") and self.has("content.xml"):
            raise InputError("这是 OpenDocument（odt、ods）文件", where=self.filename, how=_RESAVE)
        if self.has("OFD.xml"):
            raise InputError("这是 OFD 版式文件", where=self.filename, how="请提供 docx、xlsx 或带文字的 pdf")
