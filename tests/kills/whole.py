"""What must hold at every moment, seen in one snapshot of the database: nothing partial, nothing doubled, nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kills.works import Approval, Import, Paper
from youju.foundation.audit import verifying

IMPORT_DEEDS = {"imports.batch.uploaded", "imports.batch.committed"}
PAPER_DEEDS = {"documents.document.requested", "documents.document.made"}


@dataclass(frozen=True)
class Seen:
    """What a snapshot showed of a round's works: done or not."""

    approved: bool
    imported: bool
    made: bool


def deeds(kind: str, key: object) -> Counter[str]:
    """How often each verb stands in the trail of a record."""
    from youju.foundation.audit.models import Entry

    rows = Entry.objects.filter(subject_kind=kind, subject_key=str(key)).values_list("verb", flat=True)
    return Counter(rows)


def look(approval: Approval, imported: Import, paper: Paper, draft: int) -> Seen:
    """Judge one snapshot; what was answered to people before it is taken must be there."""
    answered, confirmed, received = list(approval.answered), imported.confirmed, imported.batch
    written, asked, made = imported.ended, paper.document, paper.ended
    with verifying.snapshot():
        seen = Seen(_approval(approval.target_set, answered), _imports(draft), _papers())
        _kept(received, confirmed, written, asked, made)
    return seen


def _approval(target_set: int, answered: list[str]) -> bool:
    """State, case, log, trail and requests of every version say the same; answered steps are among them."""
    from youju.foundation.workflow.models import Case, Step
    from youju.performance.targets.models import StepRequest, TargetSet

    row = TargetSet.objects.get(pk=target_set)
    case = Case.objects.get(subject_kind="targets.set", subject_key=str(row.pk))
    steps = list(Step.objects.filter(case=case).order_by("number"))
    taken = [step.transition for step in steps[1:] if step.transition != "supersede"]
    assert row.state == case.state == steps[-1].to_state
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(one.to_state == two.from_state for one, two in pairwise(steps))
    assert taken == ["submit", "review", "approve", "publish"][: len(taken)]
    assert taken[: len(answered)] == answered
    told = deeds("targets.set", row.pk)
    assert {code: told[f"targets.set.{code}"] for code in taken} == dict.fromkeys(taken, 1)
    requests = list(
        StepRequest.objects.filter(target_set=row).order_by("pk").values_list("transition", flat=True)
    )
    assert requests == taken
    same = TargetSet.objects.filter(unit_key=row.unit_key, fiscal_year=row.fiscal_year)
    published = same.filter(state="published")
    assert published.count() <= 1
    assert same.filter(is_active=True).count() == 1
    return row.state == "published"


def _imports(draft: int) -> bool:
    """Each batch is written whole or not at all, and the draft says what the last written one said; whether none waits."""
    from youju.foundation.imports.models import Batch, StagedRow
    from youju.performance.targets import facts
    from youju.performance.targets.models import Indicator, Project, TargetSet
    from youju.performance.targets.services.storing import content_hash

    batches = list(Batch.objects.order_by("created_at"))
    staged = Counter(StagedRow.objects.values_list("batch_id", flat=True))
    row = TargetSet.objects.get(pk=draft)
    said = list(Indicator.objects.filter(project__target_set=row).values_list("description", flat=True))
    for batch in batches:
        done = batch.state == "committed"
        told = deeds("imports.batch", batch.pk)
        expected = {"imports.batch.uploaded": 1, "imports.batch.committed": int(done)}
        assert {verb: told[verb] for verb in expected} == expected
        assert batch.state in ("checking", "ready", "committing", "committed"), (batch.state, batch.error)
        assert (batch.faults, batch.error) == (0, "")
        assert staged[batch.pk] == (len(said) if batch.state in ("ready", "committing") else 0)
        assert (batch.kept is not None, batch.committed_at is not None) == (done, done)
        assert batch.rows == (0 if batch.state == "checking" else len(said))
    written = sum(batch.state == "committed" for batch in batches)
    assert {text.partition("#")[2] for text in said} == {str(written) if written else ""}
    revisions = set(Project.objects.filter(target_set=row).values_list("revision", flat=True))
    assert revisions == {written}
    assert row.revision == written
    assert row.content_hash == content_hash(facts.document(row))
    assert deeds("targets.set", row.pk)["targets.set.bulk_edited"] == written
    return all(batch.state == "committed" for batch in batches)


def _papers() -> bool:
    """Each document has one file and one entry that it was made, or neither; whether all are made."""
    from youju.foundation.documents.models import Document
    from youju.foundation.files.models import Attachment, Content

    for row in Document.objects.all():
        made = row.state == "made"
        assert row.state in ("asked", "made"), row.error
        files = Attachment.objects.filter(subject_kind="documents.document", subject_key=str(row.pk))
        assert list(files.values_list("content", flat=True)) == ([row.sha256] if made else [])
        told = deeds("documents.document", row.pk)
        expected = {"documents.document.requested": 1, "documents.document.made": int(made)}
        assert {verb: told[verb] for verb in expected} == expected
        assert not made or Content.objects.filter(pk=row.sha256).exists()
    return not Document.objects.exclude(state="made").exists()


def _kept(received: str, confirmed: bool, written: bool, asked: Any, made: bool) -> None:
    """What somebody was told has not gone."""
    from youju.foundation.documents.models import Document
    from youju.foundation.imports.models import Batch

    if received:
        states = {"committed"} if written else {"committing", "committed"} if confirmed else None
        found = Batch.objects.get(pk=received).state
        assert states is None or found in states, found
    if asked:
        assert Document.objects.get(pk=asked).state in ({"made"} if made else {"asked", "made"})


def settled() -> None:
    """After a round: no work is open and none failed; the trail verifies, witnesses and all."""
    from youju.foundation.jobs.models import Run

    assert list(Run.objects.filter(state__in=("failed", "cancelled")).values_list("title", "error")) == []
    result = verifying.verify()
    assert (result.intact, result.findings) == (True, ())
