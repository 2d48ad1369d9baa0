"""A SIMULATED Single Window, for training, tests and the demo: it reads ``out/`` and answers into ``in/``. No customs here.

What becomes of a declaration is drawn from the seed and its number alone. On the way replies may be late, repeated, out of order
or lost, also by the seed. A message that comes again is known by its number and imported once; a question is answered by all
that has happened so far. Its memory is ``window/state.json``, so that it can be stopped and started.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from youju.trade.declarations.exchange.forms import NAMESPACE, OURS
from youju.trade.declarations.exchange.naming import (
    IMPORT_RESPONSE,
    MESSAGE,
    STATE_QUERY,
    STATE_RESPONSE,
    split_client,
)

MARK = " 模拟单一窗口，仅供演练 "
_NOTES = {"rejected": "商品编码与品名不符（模拟）", "inspection": "随机布控（模拟）"}
_FAILED, _REJECTED, _INSPECTED = 0.03, 0.08, 0.25
_Any: Any = {None: OURS}
_Dec: Any = {None: NAMESPACE}


@dataclass(frozen=True, slots=True)
class Mischief:
    """How replies travel: ``delay`` in steps at most between two; the others as shares from 0 to 1."""

    delay: int = 1
    repeat: float = 0.0
    reorder: float = 0.0
    lose: float = 0.0


@dataclass(slots=True)
class Step:
    """What one step did: messages taken, replies written, replies lost, replies under way."""

    taken: int = 0
    answered: int = 0
    lost: int = 0
    waiting: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


@dataclass(slots=True)
class _Memory:
    step: int = 0
    serial: int = 0
    # client → the step of each of its notices, the first for the import response; and how often it was asked.
    known: dict[str, list[int]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)
    way: list[list[Any]] = field(default_factory=list)  # [step, client, place among its notices]


def fate(seed: int, client: str) -> tuple[str, ...]:
    """What becomes of a declaration: the states that customs will tell, in order; ``failed`` where it is not even imported."""
    drawn = Random(f"{seed}/{client}").random()  # noqa: S311 - a simulation
    if drawn < _FAILED:
        return ("failed",)
    if drawn < _REJECTED:
        return ("rejected",)
    if drawn < _INSPECTED:
        return ("accepted", "inspection", "released", "exported")
    return ("accepted", "released", "exported")


class SimulatedWindow:
    """The simulated window at one exchange folder."""

    def __init__(self, folder: Path, *, seed: int = 1, mischief: Mischief | None = None) -> None:
        self.folder, self.seed, self.mischief = folder, seed, mischief or Mischief()
        for name in ("out", "in", "window/taken"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._file = folder / "window" / "state.json"
        try:
            self._memory = _Memory(**json.loads(self._file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            self._memory = _Memory()

    def step(self) -> Step:
        """Take what lies in ``out/`` and write what is due into ``in/``."""
        done, memory = Step(), self._memory
        memory.step += 1
        taken = [
            path for path in sorted((self.folder / "out").glob("*.xml")) if not path.name.startswith(".")
        ]
        for path in taken:
            self._take(path, done)
        due = sorted(each for each in memory.way if each[0] <= memory.step)
        memory.way = [each for each in memory.way if each[0] > memory.step]
        for _, client, place in due:
            memory.serial += 1
            name = f"{client}.{'import' if place == 0 else f'state-{place}'}.{memory.serial}.xml"
            self._write(self.folder / "in" / name, self._content(client, place))
        done.answered, done.waiting = len(due), len(memory.way)
        self._write(self._file, json.dumps(asdict(memory)).encode())
        for path in taken:  # only once it is remembered; what is taken twice is known by its number
            path.rename(self.folder / "window" / "taken" / path.name)
        return done

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing lies in ``out/``."""
        return not self._memory.way and not any((self.folder / "out").glob("*.xml"))

    def _take(self, path: Path, done: Step) -> None:
        try:
            root = etree.fromstring(
                path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True)
            )
        except etree.XMLSyntaxError:
            return
        client = root.findtext(".//{*}ClientSeqNo") or ""
        if split_client(client) is None:
            return
        done.taken += 1
        memory, kind = self._memory, etree.QName(root).localname
        turn = memory.turns[client] = memory.turns.get(client, 0) + 1
        if kind == MESSAGE and client not in memory.known:
            memory.since[client] = datetime.now(UTC).isoformat(timespec="seconds")
            memory.known[client] = self._calendar(client)
            places = range(len(memory.known[client]))
        elif kind == MESSAGE:
            places = range(1)
        elif kind == STATE_QUERY and client in memory.known:
            places = range(sum(each <= memory.step for each in memory.known[client]))
        else:
            return
        for place in places:
            self._post(client, place, turn, done)

    def _calendar(self, client: str) -> list[int]:
        """The step of each notice."""
        drawn, at = Random(f"{self.seed}/{client}/when"), self._memory.step  # noqa: S311
        found = []
        for _ in range(1 if fate(self.seed, client) == ("failed",) else 1 + len(fate(self.seed, client))):
            found.append(at)
            at += 1 + drawn.randint(0, self.mischief.delay)
        return found

    def _post(self, client: str, place: int, turn: int, done: Step) -> None:
        """Send a notice on its way, or lose it."""
        drawn, how = Random(f"{self.seed}/{client}/{turn}/{place}"), self.mischief  # noqa: S311
        if drawn.random() < how.lose:
            done.lost += 1
            return
        at = max(self._memory.known[client][place], self._memory.step)
        late = drawn.randint(1, 3 * how.delay + 3) if drawn.random() < how.reorder else 0
        self._memory.way.append([at + late, client, place])
        if drawn.random() < how.repeat:
            self._memory.way.append([at + late + drawn.randint(0, 2 * how.delay + 1), client, place])

    def _content(self, client: str, place: int) -> bytes:
        states, sequence = fate(self.seed, client), f"I{_digits(client, 'seq')[:17]}"
        if place == 0:
            failed = states == ("failed",)
            root = etree.Element(f"{{{NAMESPACE}}}{IMPORT_RESPONSE}", nsmap=_Dec)
            for name, text in (
                ("ResponseCode", "1" if failed else "0"),
                ("ErrorMessage", "申报单位代码不在册（模拟）" if failed else ""),
                ("ClientSeqNo", client),
                ("SeqNo", "" if failed else sequence),
            ):
                etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = text
        else:
            state = states[place - 1]
            root = etree.Element(f"{{{OURS}}}{STATE_RESPONSE}", nsmap=_Any, simulated="true")
            fields = [("ClientSeqNo", client), ("SeqNo", sequence)]
            if state != "rejected":
                fields.append(("EntryId", _digits(client, "entry")))
            fields += [
                ("State", state),
                ("NoticeNo", str(place)),
                ("NoticeTime", self._memory.since[client]),
            ]
            if state in _NOTES:
                fields.append(("Note", _NOTES[state]))
            for name, text in fields:
                etree.SubElement(root, f"{{{OURS}}}{name}").text = text
        root.insert(0, etree.Comment(MARK))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    @staticmethod
    def _write(target: Path, content: bytes) -> None:
        beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        beside.write_bytes(content)
        beside.rename(target)


def _digits(client: str, what: str) -> str:
    return f"{int(hashlib.sha256(f'{client}/{what}'.encode()).hexdigest(), 16) % 10**18:018d}"
