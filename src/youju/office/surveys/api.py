"""The room of surveys for programs: found, results, one-time codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.surveys import addresses, permissions, selectors, services
from youju.office.surveys.schemas import SurveyResultOut, SurveysOut, SurveyTokensIn, SurveyTokensOut
from youju.office.surveys.selectors import SurveyFilter
from youju.rules.office.surveys.statistics import METHOD

if TYPE_CHECKING:
    from youju.office.surveys.models import Survey
    from youju.office.surveys.selectors.results import Line

router = Router(tags=["surveys"])


@router.get("", response=SurveysOut, auth=Needs(permissions.VIEW), summary="满意度调查，新的在前")
def surveys(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Literal["", "draft", "review", "open", "closed", "dropped"] = "",
    year: QueryEx[int, P(ge=0, le=2100)] = 0,
    project: Word = "",
    tag: Word = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Surveys, found by words, state, year, project and tag."""
    wish = SurveyFilter(q, state, year or None, project, tag)
    rows = selectors.surveys(permissions.actor_of(request), wish).order_by("-year", "-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/{int:number}/result",
    response={200: SurveyResultOut, 404: RefusedOut, 409: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一次调查的结果",
)
def survey_result(request: HttpRequest, number: Key) -> dict[str, Any]:
    """Satisfaction by tag and channel of a closed survey."""
    page = selectors.result_page(permissions.actor_of(request), number)
    return {
        "survey": _line(page.survey),
        "handed_out": page.standing.handed_out,
        "tags": [_mean(line) for line in page.tags],
        "by_channel": [_mean(line) for line in page.channels],
        "channels": [
            {
                "id": each.channel.pk,
                "answered": each.answered,
                **{name: getattr(each.channel, name) for name in ("name", "kind", "made", "handed_out")},
            }
            for each in page.standing.channels
        ],
        "method": METHOD,
    }


# No idempotency key: the answer to a request under one is kept, and tokens are kept nowhere.
@router.post(
    "/{int:number}/tokens",
    response={200: SurveyTokensOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="生成一次性码，只在回答里给出一次",
)
def make_survey_tokens(
    request: HttpRequest, number: Key, given: SurveyTokensIn, response: HttpResponse
) -> dict[str, Any]:
    """Make codes for a channel. Asking again makes others."""
    found = services.make_tokens(
        actor=permissions.actor_of(request), survey_id=number, channel_id=given.channel, count=given.count
    )
    base = addresses.public_base(request.build_absolute_uri("/"))
    response["Cache-Control"] = "no-store"
    return {"channel": given.channel, "links": [addresses.answering(base, token) for token in found]}


def _line(row: Survey) -> dict[str, Any]:
    names = ("number", "title", "title_en", "year", "quarter", "project", "tags", "state", "closes_on")
    return {
        "id": row.pk,
        "answered": row.answered if row.closed_on else None,
        **{name: getattr(row, name) for name in names},
    }


def _mean(line: Line) -> dict[str, Any]:
    now = line.now
    return {
        "key": line.key,
        "label": line.label,
        "n": now.n,
        "mean": f"{now.mean:.6f}",
        "low": None if now.low is None else f"{now.low:.6f}",
        "high": None if now.high is None else f"{now.high:.6f}",
        "small": line.small,
        "before": f"{line.before.mean:.6f}" if line.before else None,
    }
