"""The demo's surveys, authored in ``demo/office``, their answers by a seed, written once in one transaction."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel import places
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.office.surveys import events
from youju.office.surveys.demo.answers import sheets_of
from youju.office.surveys.models import Channel, Envelope, Question, Survey, SurveySeries, Token
from youju.office.surveys.services.answering import sealed
from youju.office.surveys.services.channels import digest_of, new_token
from youju.office.surveys.services.closing import write_answers
from youju.rules.law import whole
from youju.rules.office.surveys.lifecycle import CLOSED, DRAFT, OPEN, SURVEY_FLOW, SURVEY_KIND

STAFF, HEAD, CENTRE = ("demo-stf", "陈立"), ("demo-hed", "李建国"), "DEMO-ZX"
INTRO = "为了把服务做得更好，请您花两分钟说说这一年的感受。"
INTRO_EN = "Please take two minutes to tell us how we did, so that we can do better."
CHANNELS = (
    ("办事大厅", "code", 45),
    ("微信群", "code", 38),
    ("走访企业", "code", 15),
    ("纸质问卷", "paper", 2),
)
"""Name, kind, and the share of the sheets in per cent: the last one comes out so small that it is not shown apart."""
OPEN_SHEETS, OPEN_TOKENS = 41, 120


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def load(*, today: date) -> bool:
    """Load them once; whether anything was loaded. Where surveys stand already nothing is touched."""
    if Survey.objects.exists():
        return False
    least = whole(law_on(today), "office.surveys.small_cell")
    cases: list[tuple[str, str, str, Walk]] = []
    by_question: dict[tuple[int, str], Survey] = {}
    for each in table("surveys"):
        row, walk = _closed(each)
        row.previous = by_question.get((row.year - 1, row.project)) if row.project else None
        row.save()
        by_question[row.year, row.project] = row
        questions = _questions(row, each["extra"])
        channels = _channels(row, int(each["handed_out"]))
        chance = Chance(2023, "surveys", int(row.number[-3:]) + row.year * 1000)
        sheets = sheets_of(questions, channels, int(each["sheets"]), int(each["mood"]), chance)
        row.answered = len(sheets)
        row.save(update_fields=["answered"])
        write_answers(row, sheets, least)
        cases.append((str(row.pk), str(row), CENTRE, walk))
    cases += [_open(today), _draft(today)]
    write_cases(SURVEY_KIND, cases)
    record(
        events.LOADED, Subject(events.DEMO_KIND, "2023", "示例年度的满意度调查"), None, {"count": len(cases)}
    )
    return True


def _closed(each: dict[str, str]) -> tuple[Survey, Walk]:
    year, quarter = int(each["year"]), int(each["quarter"])
    opened = date(year, 12, 4) if not quarter else date(year, quarter * 3, 20)
    closes = opened + timedelta(days=21)
    row = Survey(
        number=_number(year),
        title=each["title"],
        title_en=each["title_en"],
        intro=INTRO,
        intro_en=INTRO_EN,
        year=year,
        quarter=quarter,
        project=each["project"],
        tags=each["tags"].split("、") if each["tags"] else [],
        closes_on=closes,
        state=CLOSED,
        opened_on=opened,
        closed_on=closes + timedelta(days=1),
        builders=[STAFF[0]],
        created_by=STAFF[0],
        is_demo=True,
    )
    walk = _published(opened)
    walk.take("expire", ("", "系统"), _at(closes + timedelta(days=1), 0))
    return row, walk


def _open(today: date) -> tuple[str, str, str, Walk]:
    """A survey that is being answered: some sheets lie sealed in its box."""
    row = _begun(today, f"{today.year} 年市场采购贸易服务对象满意度调查", OPEN, today + timedelta(days=14))
    row.opened_on = today - timedelta(days=7)
    row.title_en = f"{today.year} satisfaction survey: market procurement trade"
    row.save()
    questions = _questions(row, "service")
    channel = Channel.objects.create(survey=row, name="办事大厅", made=OPEN_TOKENS, handed_out=90)
    chance = Chance(2023, "surveys", int(row.number[-3:]) + row.year * 1000)
    sheets = sheets_of(questions, [(channel, 100)], OPEN_SHEETS, 88, chance)
    digests = sorted(digest_of(new_token()) for _ in range(OPEN_TOKENS))
    Token.objects.bulk_create(
        Token(digest=digest, survey=row, channel=channel, used=place < OPEN_SHEETS)
        for place, digest in enumerate(digests)
    )
    Envelope.objects.bulk_create(
        Envelope(survey=row, content=sealed(place, answers)) for place, answers in sheets
    )
    return str(row.pk), str(row), CENTRE, _published(row.opened_on)


def _draft(today: date) -> tuple[str, str, str, Walk]:
    """A questionnaire that is being built: one question has no English yet."""
    row = _begun(today, f"{today.year} 年度窗口服务满意度调查", DRAFT, today + timedelta(days=30))
    row.save()
    questions = _questions(row, "staff")
    Question.objects.filter(pk=questions[1].pk).update(text_en="")
    Channel.objects.create(survey=row, name="办事大厅")
    return str(row.pk), str(row), CENTRE, Walk(SURVEY_FLOW, STAFF, _at(today - timedelta(days=1), 10))


def _begun(today: date, title: str, state: str, closes_on: date) -> Survey:
    return Survey(
        number=_number(today.year), title=title, intro=INTRO, intro_en=INTRO_EN, year=today.year, closes_on=closes_on,
        state=state, builders=[STAFF[0]], created_by=STAFF[0], is_demo=True,
    )  # fmt: skip


def _published(opened: date) -> Walk:
    walk = Walk(SURVEY_FLOW, STAFF, _at(opened - timedelta(days=5), 10))
    walk.take("submit", STAFF, _at(opened - timedelta(days=2), 15))
    walk.take("publish", HEAD, _at(opened, 9))
    return walk


def _questions(row: Survey, extra: str) -> list[Question]:
    wanted = [each for each in table("survey_questions") if each["set"] in ("all", extra)]
    return Question.objects.bulk_create(
        Question(
            survey=row,
            place=place,
            kind=each["kind"],
            text=each["text"],
            text_en=each["text_en"],
            tags=each["tags"].split("、") if each["tags"] else [],
            options=[option.split("|") for option in each["options"].split(";") if option],
            required=each["required"] == "1",
        )
        for place, each in enumerate(wanted, 1)
    )


def _channels(row: Survey, handed_out: int) -> list[tuple[Channel, int]]:
    """The channels with their shares; of a small survey only the first."""
    if handed_out < 100:
        return [
            (Channel.objects.create(survey=row, name="培训现场", made=handed_out, handed_out=handed_out), 100)
        ]
    made = []
    for name, kind, share in CHANNELS:
        out = max(4, handed_out * share // 100)
        codes = out if kind == "code" else 0
        channel = Channel.objects.create(survey=row, name=name, kind=kind, made=codes, handed_out=out)
        made.append((channel, share))
    return made


def _number(year: int) -> str:
    series, _ = SurveySeries.objects.get_or_create(code=f"MYD{year}", defaults={"last": 0})
    series.last += 1
    series.save()
    return f"{series.code}-{series.last:03d}"


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
