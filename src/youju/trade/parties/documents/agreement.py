"""The agency agreement on paper: the very text that was signed, its hash, and who signed it when and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.agreement_facts import SIDE_NAMES
from youju.rules.trade.parties.agreement_text import hash_of

CODE = "parties.agreement"
FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature as it is printed; ``at`` in local time, ``text_hash`` sha256 in hex."""

    side: str
    party: str
    name: str
    username: str
    at: str
    address: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What both formats print: title, paragraphs, the rows of the signatures, what is noted below."""

    title: str
    number: str
    paragraphs: tuple[str, ...]
    blocks: tuple[tuple[tuple[str, str], ...], ...]
    notes: tuple[str, ...]


def agreement_context(
    *, number: str, state: str, text: str, text_hash: str, signatures: Sequence[SignedBy], as_of: date
) -> dict[str, Any]:
    """What the template ``parties.agreement`` is made of; ``as_of`` is the day the file says it was made on."""
    return {
        "number": number,
        "state": state,
        "text": text,
        "text_hash": text_hash,
        "signatures": [asdict(each) for each in signatures],
        "as_of": as_of.isoformat(),
    }


def sheet_of(context: Context) -> Sheet:
    """The context as both formats print it.

    Raises:
        InputError: the data is incomplete, or the text is not the one that its hash names.
    """
    try:
        text, given = str(context["text"]), [SignedBy(**each) for each in context["signatures"]]
        number, state, expected = context["number"], context["state"], context["text_hash"]
    except (KeyError, TypeError) as error:
        raise InputError(f"协议的数据不完整（{error}）", where=AGREEMENT.title, how="请重新申请") from error
    if hash_of(text) != expected or any(each.text_hash != expected for each in given):
        raise InputError("协议文本与签署时的校验值不符，没有生成", where=number, how="请联系系统管理员")
    title, *paragraphs = text.split("\n")
    signed = {each.side: each for each in given}
    return Sheet(
        title,
        number,
        tuple(paragraphs),
        tuple(_block(name, signed.get(side)) for side, name in SIDE_NAMES.items()),
        (f"状态：{state}。签署在系统内完成，以系统记录为准。", f"协议文本的 SHA-256 校验值：{expected}"),
    )


def _block(side: str, signed: SignedBy | None) -> tuple[tuple[str, str], ...]:
    if signed is None:
        return ((f"{side}（签署）", "尚未签署"),)
    return (
        (f"{side}（签署）", signed.party),
        ("签署人", f"{signed.name}（账号 {signed.username}）"),
        ("签署时间", signed.at),
        ("网络地址", signed.address or "—"),
    )


def _render(context: Context, format: str) -> bytes:
    from youju.trade.parties.documents import paper, word

    sheet, figures = sheet_of(context), FigureSheet(AGREEMENT.origin(context))
    moment = datetime.combine(date.fromisoformat(context["as_of"]), time(), UTC)
    write = word.write_docx if format == "docx" else paper.write_pdf
    return write(sheet, figures, moment)


def _sources() -> tuple[Path, ...]:
    here = Path(__file__).parent
    return tuple(sorted([*here.glob("*.py"), *here.glob("*.typ")]))


AGREEMENT = Template(
    code=CODE,
    title="委托代理出口货物协议",
    version="1",
    formats=FORMATS,
    render=_render,
    sources=_sources(),
    permission="agreements.view",
)
