"""Whether a trail is whole: pure, standard library alone, the same for the database and for an exported pack.

Feed ``Check`` the segments in the order of their numbers, each with its entries; ask it for ``findings`` at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from youju.foundation.audit.chain import entry_hash, genesis, root_hash

MOST_FINDINGS = 100
"""After so many findings, more would say nothing new; the count goes on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. ``what`` is a code for programs, ``sentence`` Chinese for people; 0 where no segment or position is meant."""

    what: str
    segment: int
    position: int
    sentence: str


@dataclass(frozen=True, slots=True)
class SegmentHead:
    """What a segment says of itself; hashes as bytes."""

    number: int
    previous: int | None
    genesis: bytes
    length: int
    head: bytes
    closed: bool


@dataclass(slots=True)
class Witnesses:
    """Hashes that were seen from outside: segment → {position: (hash in hex, by whom)}."""

    by_segment: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def add(self, segment: int, position: int, hash_hex: str, by: str) -> tuple[str, str] | None:
        """Keep what was seen; gives an earlier, different sight of the same place."""
        known = self.by_segment.setdefault(segment, {}).setdefault(position, (hash_hex, by))
        return known if known[0] != hash_hex else None


@dataclass(slots=True)
class Check:
    """Follows the chains and compares them with the witnesses."""

    witnesses: Witnesses = field(default_factory=Witnesses)
    entries: int = 0
    segments: int = 0
    faults: int = 0
    findings: list[Finding] = field(default_factory=list)
    _heads: dict[int, tuple[int, bytes, bool]] = field(default_factory=dict)
    _successors: set[int] = field(default_factory=set)

    def fault(self, what: str, segment: int, position: int, sentence: str) -> None:
        """Note a fault."""
        self.faults += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(what, segment, position, sentence))

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def segment(self, said: SegmentHead, rows: Iterable[tuple[Sequence[str | None], bytes]]) -> None:
        """Follow one segment: its entries in order, each as its fields in the order of ``FIELDS`` and its stored hash."""
        self.segments += 1
        self._origin(said)
        number = said.number
        previous, expected = said.genesis, 1
        seen = self.witnesses.by_segment.pop(number, {})
        for values, stored in rows:
            self.entries += 1
            position = int(values[1] or 0)
            if position != expected:
                self._gap(number, expected, position)
                expected = position
            calculated = entry_hash(previous, values)
            if calculated != stored:
                where = f"第 {number} 段第 {position} 条"
                self.fault("changed", number, position, f"{where}与它的校验值不符：内容被改过，或次序被动过")
            if position in seen:
                told, by = seen.pop(position)
                if told != stored.hex():
                    self.fault(
                        "witness",
                        number,
                        position,
                        f"第 {number} 段第 {position} 条与{by}的记载不同：整段被重算过",
                    )
            # Go on from what is stored: one changed entry is one finding, not thousands.
            previous, expected = stored, expected + 1
        self._end(said, previous, expected - 1)
        for position, (_, by) in sorted(seen.items()):
            self.fault("cut", number, position, f"第 {number} 段第 {position} 条不见了：{by}里有它")

    def finish(self) -> None:
        """After the last segment: what witnesses saw in segments that are gone, closed segments without a successor."""
        for number, seen in sorted(self.witnesses.by_segment.items()):
            position = max(seen)
            self.fault(
                "segment_gone",
                number,
                position,
                f"第 {number} 段整段不见了：{seen[position][1]}里它有 {position} 条以上",
            )
        self.witnesses.by_segment.clear()
        for number, (_, _, closed) in sorted(self._heads.items()):
            if closed and number not in self._successors:
                self.fault("successor_gone", number, 0, f"第 {number} 段已封，接在它后面的一段不见了")

    def _origin(self, said: SegmentHead) -> None:
        head = None
        if said.previous is not None:
            self._successors.add(said.previous)
            known = self._heads.get(said.previous)
            if known is None:
                self.fault(
                    "previous_gone",
                    said.number,
                    0,
                    f"第 {said.number} 段接在第 {said.previous} 段之后，而那一段不见了",
                )
                return
            head = known[1]
        if genesis(said.number, said.previous, head) != said.genesis:
            self.fault(
                "origin", said.number, 0, f"第 {said.number} 段的起点不对：它前面的一段被改过，或起点被改过"
            )

    def _gap(self, number: int, expected: int, position: int) -> None:
        if position > expected:
            missing = (
                f"第 {expected} 条" if position == expected + 1 else f"第 {expected} 到 {position - 1} 条"
            )
            self.fault("missing", number, expected, f"第 {number} 段缺{missing}：被删去了")
        else:
            self.fault("order", number, position, f"第 {number} 段第 {position} 条的位置不对：次序被动过")

    def _end(self, said: SegmentHead, last: bytes, length: int) -> None:
        self._heads[said.number] = (length, last, said.closed)
        if length < said.length:
            self.fault(
                "cut",
                said.number,
                length + 1,
                f"第 {said.number} 段应有 {said.length} 条，只剩 {length} 条：末尾被截去",
            )
        elif length > said.length or last != said.head:
            self.fault("head", said.number, length, f"第 {said.number} 段的末条与段头所记不符")


def check_roots(roots: Iterable[Mapping[str, Any]], check: Check) -> int:
    """Follow the chain of published roots (oldest first) and let them bear witness; call it before the segments. How many."""
    before: str | None = None
    count = 0
    for root in roots:
        count += 1
        day = str(root.get("day"))
        heads = [(int(number), int(length), str(head)) for number, length, head in root.get("segments", [])]
        if root.get("previous") != before:
            check.fault("root_chain", 0, 0, f"{day} 的审计根没有接在前一个之后：中间的审计根不见了，或被换过")
        if root_hash(root.get("previous"), day, heads) != root.get("root"):
            check.fault("root", 0, 0, f"{day} 的审计根与它列出的各段不符：文件被改过")
        before = str(root.get("root"))
        for number, length, head in heads:
            if length and check.witnesses.add(number, length, head, f"{day} 的审计根"):
                check.fault(
                    "root",
                    number,
                    length,
                    f"{day} 的审计根与更早的见证在第 {number} 段第 {length} 条上说法不同",
                )
    return count


def in_groups(rows: Iterable[tuple[Sequence[str | None], bytes]]) -> Iterator[tuple[int, list[Any]]]:
    """Consecutive rows of one segment together."""
    group: list[Any] = []
    number = -1
    for row in rows:
        segment = int(row[0][0] or 0)
        if segment != number and group:
            yield number, group
            group = []
        number = segment
        group.append(row)
    if group:
        yield number, group
