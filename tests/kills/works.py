"""What goes on while a process is killed: an approval, an import and a document, each by people who don't give up."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import xlsxwriter
from django.db import Error, connection

from kills.product import PATIENCE
from kills.visitor import Visitor
from youju.foundation.kernel.context import acting

STEPS = (("submit", "PFO"), ("review", "FIN"), ("approve", "HED"), ("publish", "PFO"))
T = TypeVar("T")


def again(ask: Callable[..., T], *arguments: Any, meanwhile: Callable[[], None] = lambda: None) -> T:
    """Ask the product's database until it answers; ``meanwhile`` is called between two attempts."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return ask(*arguments)
        except Error:
            connection.close()
            assert time.monotonic() < end, "the database did not come back"
            meanwhile()
            time.sleep(0.05)


@dataclass
class Approval:
    """A version from draft to published by the API; each step is one request, sent again under its key until answered."""

    people: dict[str, Visitor]
    target_set: int
    answered: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Four steps by three people."""
        for transition, role in STEPS:
            path = f"/api/v1/targets/versions/{self.target_set}/{transition}"
            self.people[role].call(path, {}, key=f"{self.target_set}-{transition}")
            self.answered.append(transition)


@dataclass
class Import:
    """Every indicator of a draft changed by one file: uploaded, checked, confirmed, written."""

    person: Visitor
    content: bytes
    name: str
    batch: str = ""
    confirmed: bool = False
    ended: bool = False

    def run(self) -> None:
        """By the pages; the jobs between them go on by themselves."""
        answer = self.person.upload("/imports/new/targets.bulk/", self.name, self.content)
        assert answer.status == 302, answer
        self.batch = answer.location.rstrip("/").rsplit("/", 1)[-1]
        state, effects = self._past("checking")
        while state == "ready":
            fields = {"token": effects["token"], "acknowledged": "on"}
            answer = self.person.form(f"/imports/{self.batch}/confirm/", fields)
            assert answer.status == 302, answer
            self.confirmed = True
            state, effects = self._past("committing")
        assert state == "committed", state
        self.ended = True

    def _past(self, waiting: str) -> tuple[str, dict[str, Any]]:
        """State and preview of the batch, once no job has it any more."""
        from youju.foundation.imports.models import Batch

        end = time.monotonic() + PATIENCE
        while True:
            row = again(lambda: Batch.objects.get(pk=self.batch))
            if row.state != waiting:
                return row.state, row.effects or {}
            assert time.monotonic() < end, f"the batch stays {waiting}"
            time.sleep(0.05)


@dataclass
class Paper:
    """A document that is asked for, by the service (no page asks for one yet), and made by a job."""

    actor: Any
    context: dict[str, Any]
    subject: Any
    format: str
    document: Any = None
    ended: bool = False

    def run(self) -> None:
        """Ask until it is answered, then wait for the file."""
        from youju.foundation.documents.models import Document

        self.document = again(self._ask).id
        end = time.monotonic() + PATIENCE
        while again(lambda: Document.objects.get(pk=self.document)).state != "made":
            assert time.monotonic() < end, "the document was never made"
            time.sleep(0.05)
        self.ended = True

    def _ask(self) -> Any:
        from youju.foundation.documents.services import request_document

        with acting(actor=self.actor.username, actor_name=self.actor.display_name, channel="web"):
            return request_document(
                actor=self.actor,
                template="targets.form",
                format=self.format,
                context=self.context,
                subject=self.subject,
            )


def changed_sheet(target_set: Any, round_number: int) -> bytes:
    """The draft's indicators as a file for the bulk import, every description ending in the number of the round."""
    from youju.performance.targets import facts
    from youju.performance.targets.imports.bulk import HEADINGS
    from youju.rules.performance.targets.bulk import mark_of
    from youju.rules.performance.targets.typed import ROW_FIELDS

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as book:
        sheet, row = book.add_worksheet("指标"), 0
        sheet.write_row(0, 0, HEADINGS)
        for project in facts.document(target_set).projects:
            for order, indicator in enumerate(project.indicators, 1):
                row += 1
                cells = {name: getattr(indicator, name) for name in ROW_FIELDS}
                cells["description"] = f"{cells['description'].partition('#')[0]}#{round_number}"
                mark = mark_of(target_set.pk, order, indicator)
                for column, cell in enumerate((mark, project.code, project.name, "", *cells.values())):
                    sheet.write_string(row, column, cell)
    return file.getvalue()


def paper_of(actor: Any, target_set: Any, round_number: int) -> Paper:
    """A document of the draft as it stood, another one in each round."""
    from youju.performance.targets import events, facts
    from youju.performance.targets.documents.official import form_context

    day = date.fromordinal(date(2023, 1, 1).toordinal() + round_number)
    context = form_context(facts.document(target_set), as_of=day)
    format = ("docx", "xlsx", "pdf")[round_number % 3]
    return Paper(actor, context, events.set_subject(target_set), format)
