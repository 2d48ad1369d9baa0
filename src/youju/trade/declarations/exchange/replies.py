"""Bytes of a reply → a ``Notice``. Entities, document types and the network are refused; whatever is wrong is one sentence."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone
from lxml import etree

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.replies import Notice, Result, entry_fault
from youju.trade.declarations.exchange.forms import NAMESPACE, OURS
from youju.trade.declarations.exchange.naming import IMPORT_RESPONSE, STATE_RESPONSE, split_client

_LONGEST = 1000
_POSITIONS = 999
_IMPORTED = "0"
_HOW = "请与单一窗口或接入方核对，改正后放回"


class UnreadableReply(InputError):  # noqa: N818 - what people read is that the reply cannot be read
    """Not a reply that we know; ``cut`` where the text ends too soon, as a file does that is still being written."""

    def __init__(self, what: str, *, where: str = "", cut: bool = False) -> None:
        super().__init__(what, where=where, how=_HOW)
        self.cut = cut


def read_reply(content: bytes) -> Notice:
    """Read a reply.

    Raises:
        UnreadableReply: no XML, a document type, an unknown form, or a field that cannot be right.
    """
    root = _root(content)
    name, space = etree.QName(root).localname, etree.QName(root).namespace
    if name == IMPORT_RESPONSE and space in (NAMESPACE, None):
        return _imported(_fields(root, {"ResponseCode", "ErrorMessage", "ClientSeqNo", "SeqNo"}))
    if name == STATE_RESPONSE and space == OURS:
        return _state(
            _fields(root, {"ClientSeqNo", "SeqNo", "EntryId", "State", "NoticeNo", "NoticeTime", "Note"})
        )
    raise UnreadableReply(f"不认识的回执“{name[:40]}”")


def key_of(notice: Notice) -> str:
    """What makes a reply happen once: what it says, without the time. At most 100 signs."""
    said = f"{notice.sequence_number}/{notice.entry_number}/{notice.reason}"
    return f"{notice.client}/{notice.result}/{notice.position or 0}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _root(content: bytes) -> Any:
    if not content.strip():
        raise UnreadableReply("回执是空的", cut=True)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] or 1
        # Cut off in the middle: what libxml2 says of the end of the text, wherever it meets it.
        cut = line >= content.count(b"\n") + 1
        raise UnreadableReply("不是完整的 XML", where=f"第 {line} 行", cut=cut) from error
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        raise UnreadableReply("回执里有文档类型声明，不予读取")
    return root


def _fields(root: Any, known: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in root:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name not in known:
            continue
        if name in found:
            raise UnreadableReply(f"栏目 {name} 出现了两次")
        if len(child):
            raise UnreadableReply(f"栏目 {name} 里不是文字")
        text = (child.text or "").strip()
        if len(text) > _LONGEST:
            raise UnreadableReply(f"栏目 {name} 超过 {_LONGEST} 个字")
        found[name] = text
    client = found.get("ClientSeqNo", "")
    if split_client(client) is None:
        raise UnreadableReply(f"客户端编号“{client[:40]}”不是本系统的申报单号")
    if number := found.get("SeqNo"):
        _digits(number, "统一编号")
    return found


def _imported(fields: dict[str, str]) -> Notice:
    code = fields.get("ResponseCode", "")
    if not code:
        raise UnreadableReply("回执没有结果代码 ResponseCode")
    if code == _IMPORTED:
        return Notice(fields["ClientSeqNo"], Result.IMPORTED, sequence_number=fields.get("SeqNo", ""))
    told = fields.get("ErrorMessage") or "没有说明原因"
    return Notice(
        fields["ClientSeqNo"],
        Result.REJECTED,
        sequence_number=fields.get("SeqNo", ""),
        reason=f"单一窗口没有接收（{code[:20]}）：{told}",
    )


def _state(fields: dict[str, str]) -> Notice:
    try:
        result = Result(fields.get("State", ""))
    except ValueError:
        result = Result.IMPORTED
    if result is Result.IMPORTED:
        raise UnreadableReply(f"不认识的状态“{fields.get('State', '')[:40]}”")
    entry = fields.get("EntryId", "")
    if result is Result.ACCEPTED and not entry:
        raise UnreadableReply("受理回执没有报关单号 EntryId")
    if entry and (fault := entry_fault(entry)):
        raise UnreadableReply(fault, where=f"EntryId“{entry[:40]}”")
    reason = fields.get("Note", "")
    if result is Result.REJECTED and not reason:
        reason = "海关没有说明原因"
    return Notice(
        fields["ClientSeqNo"],
        result,
        sequence_number=fields.get("SeqNo", ""),
        entry_number=entry,
        reason=reason,
        at=_moment(fields.get("NoticeTime", "")),
        position=_position(fields.get("NoticeNo", "")),
    )


def _position(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= _POSITIONS:
        raise UnreadableReply(f"回执序号“{text[:20]}”应为 1 至 {_POSITIONS} 的整数")
    return int(text)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else timezone.make_aware(found)
    except (ValueError, OverflowError) as error:
        raise UnreadableReply(f"时间“{text[:40]}”不认识") from error


def _digits(number: str, label: str) -> None:
    if not (len(number) <= 18 and number.isascii() and number.isalnum()):  # 统一编号 may hold letters
        raise UnreadableReply(f"{label}“{number[:40]}”应为 18 位以内的字母数字")
