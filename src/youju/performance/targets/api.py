"""The targets room for programs: stored years, and reading or checking a file without storing it."""

# ruff: noqa: ARG001 - ninja hands every endpoint its request; files are declared for the description of the API
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from ninja import FileEx, FormEx, HeaderEx, P, QueryEx, Router
from ninja.files import UploadedFile

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Word
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.schemas import (
    DifferenceOut,
    DocumentOut,
    FindingOut,
    ProjectLine,
    ProjectOut,
    SetOut,
    StepIn,
    VersionOut,
    VersionStateOut,
)
from youju.performance.targets.uploads import limit_upload, uploaded
from youju.rules.findings import Severity
from youju.rules.performance.targets.codec import project_to_json, to_json
from youju.rules.performance.targets.lifecycle import FLOW

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet

router = Router(tags=["targets"])
Unit = QueryEx[str | None, P(description="单位编码或名称；不写取该年度的第一个单位", max_length=200)]
Upload = FileEx[UploadedFile | None, P(description="txt、docx、xlsx、html 或带文字的 pdf")]
REFUSED: dict[int, Any] = {413: RefusedOut, 422: RefusedOut}
MISSING: dict[int, Any] = {404: RefusedOut}


class NeedsUpload(Needs):
    """As ``Needs``; a file that is too large is dropped while it arrives. Comes before anything reads the body."""

    def __call__(self, request: HttpRequest) -> Any:
        """Set the limit, then let the user in or not."""
        limit_upload(request)
        return super().__call__(request)


class NeedsStep(Needs):
    """Asks for the permission of the very step that the address names, so that a key without it in its scopes is refused."""

    def __call__(self, request: HttpRequest) -> Any:
        """Let the caller in or not; an unknown step is the service's to refuse."""
        named = request.resolver_match.kwargs.get("transition", "") if request.resolver_match else ""
        steps = {each.code: each.permission for each in FLOW.transitions}
        return Needs(Permission(steps[named]) if named in steps else permissions.VIEW)(request)


def _set(year: int, unit: str | None) -> TargetSet:
    found = selectors.active_set(year=year, unit=unit)
    if found is None:
        raise Http404(f"没有 {year} 年的绩效目标。")
    return found


@router.get("/", response=list[SetOut], auth=Needs(permissions.VIEW), summary="已导入的年度")
def target_sets(request: HttpRequest) -> list[dict[str, Any]]:
    """The active version of every year and unit, latest year first."""
    names = (
        "fiscal_year", "unit_code", "unit_name", "money_unit", "version", "state", "imported_at", "is_demo",
    )  # fmt: skip
    return [
        {name: getattr(each, name) for name in names} | {"indicator_schema": each.schema}
        for each in selectors.active_sets()
    ]


@router.get(
    "/{int:year}/projects",
    response={200: list[ProjectLine], **MISSING},
    auth=Needs(permissions.VIEW),
    summary="一个年度的项目清单",
)
def projects(
    request: HttpRequest, year: int, *, unit: Unit = None, q: Word = ""
) -> Sequence[selectors.ProjectRow]:
    """The projects in the order of the document, with how many findings each has."""
    return selectors.project_rows(_set(year, unit), text=q.replace("\0", ""))


@router.get(
    "/{int:year}/projects/{code}",
    response={200: ProjectOut, **MISSING},
    auth=Needs(permissions.VIEW),
    summary="一张项目绩效目标表",
)
def project(request: HttpRequest, year: int, code: str, *, unit: Unit = None) -> dict[str, Any]:
    """One project's table, as it was read."""
    found = selectors.document(_set(year, unit), project=code).projects
    if not found:
        raise Http404(f"{year} 年没有编码为 {code} 的项目。")
    return project_to_json(found[0])


@router.get(
    "/{int:year}/findings",
    response={200: list[FindingOut], **MISSING},
    auth=Needs(permissions.VIEW_FINDINGS),
    summary="一个年度的审核意见",
)
def findings(
    request: HttpRequest,
    year: int,
    *,
    unit: Unit = None,
    rule: Word = "",
    severity: Severity | None = None,
    project: Word = "",
) -> list[dict[str, Any]]:
    """The stored findings that fit, in the order of the document."""
    found = selectors.findings(
        _set(year, unit), rule=rule, severity=severity.value if severity else "", project=project
    )
    return [
        {
            "rule": each.rule,
            "severity": each.severity,
            "project": each.project.code if each.project else None,
            "row": each.row,
            "field": each.field,
            "message": each.message,
            "suggestion": each.suggestion,
        }
        for each in found
    ]


@router.get(
    "/{int:year}/document",
    response={200: DocumentOut, **MISSING},
    by_alias=True,
    auth=Needs(permissions.VIEW),
    summary="一个年度的全部内容",
)
def document(request: HttpRequest, year: int, *, unit: Unit = None) -> dict[str, Any]:
    """The whole document, as ``youju targets read`` prints it."""
    return to_json(selectors.document(_set(year, unit)))


@router.get(
    "/{int:year}/versions",
    response={200: list[VersionOut], **MISSING},
    auth=Needs(permissions.VIEW),
    summary="一个年度的全部版本",
)
def target_versions(request: HttpRequest, year: int, *, unit: Unit = None) -> list[dict[str, Any]]:
    """Every version of the year, latest first."""
    return [
        {
            "number": row.id,
            "fiscal_year": year,
            "made_at": row.made_at,
            "based_on": row.adjusts,
            **{
                name: getattr(row, name)
                for name in (
                    "version", "state", "state_label", "is_active", "revision", "adjust_document", "source",
                    "made_by", "errors", "warnings",
                )
            },
        }
        for row in selectors.version_rows(_set(year, unit))
    ]  # fmt: skip


@router.get(
    "/{int:year}/difference",
    response={200: DifferenceOut, **MISSING},
    auth=Needs(permissions.VIEW),
    summary="两个版本的差别",
)
def target_difference(
    request: HttpRequest,
    year: int,
    *,
    unit: Unit = None,
    left: QueryEx[int, P(ge=1, le=10**6, description="版本号")] = 1,
    right: QueryEx[int | None, P(ge=1, le=10**6, description="版本号；不写取现行版本")] = None,
) -> dict[str, Any]:
    """What differs between two versions, by project and by cell."""
    shown = _set(year, unit)
    one = selectors.numbered_set(shown, left)
    other = shown if right is None else selectors.numbered_set(shown, right)
    if one is None or other is None:
        raise Http404(f"{year} 年没有第 {left if one is None else right} 版。")
    found = selectors.comparison(one, other).difference
    return {
        "left": one.version,
        "right": other.version,
        "new": [project.code for project in found.new],
        "gone": [project.code for project in found.gone],
        "changed": found.changed,
        "outside": found.outside,
        "unchanged": found.unchanged,
    }


@router.get(
    "/versions/{int:number}",
    response={200: VersionStateOut, **MISSING},
    auth=Needs(permissions.VIEW),
    summary="一个版本办到哪一步",
)
def target_version(request: HttpRequest, number: int) -> dict[str, Any]:
    """Where a version stands, every step that it took, and what the caller may do next."""
    return _state(request, selectors.set_of(number) if number < 10**15 else None)


@router.post(
    "/versions/{int:number}/{transition}",
    response={200: VersionStateOut, **MISSING, 409: RefusedOut, 422: RefusedOut},
    auth=NeedsStep(permissions.VIEW),
    summary="办理一步：submit、review、approve、publish、return_submitted、withdraw 等",
)
def target_step(
    request: HttpRequest,
    number: int,
    transition: str,
    step: StepIn,
    idempotency_key: HeaderEx[str, P(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Take one step with a version. The same request under the same key is one step, however often it is sent."""
    target_set = services.take_step_once(
        actor=permissions.actor_of(request),
        target_set_id=number,
        transition=transition,
        key=idempotency_key,
        reason=step.reason,
        expected=step.expected,
    )
    return _state(request, target_set)


def _state(request: HttpRequest, target_set: TargetSet | None) -> dict[str, Any]:
    if target_set is None:
        raise Http404("没有这个版本。")
    way = selectors.way(target_set, permissions.actor_of(request))
    draft = target_set.state == "draft"
    return {
        "number": target_set.pk,
        "state": target_set.state,
        "state_label": selectors.state_label(target_set),
        "due_on": way.case.due_on if way.case else None,
        "late": bool(way.case and way.case.late),
        "missing": selectors.readiness(target_set).missing if draft else [],
        "log": [
            {
                "state_label": each.to_label,
                **{
                    name: getattr(each, name)
                    for name in (
                        "label", "by", "by_name", "on_behalf_of", "at", "reason", "due_on", "within_limit",
                    )
                },
            }
            for each in way.log
        ],
        "next": [
            {
                "transition": each.code,
                "label": each.label,
                "reason_required": each.reason_required,
                "blocked": each.blocked,
            }
            for each in way.options
        ],
    }  # fmt: skip


@router.post(
    "/read",
    response={200: DocumentOut, **REFUSED},
    by_alias=True,
    auth=NeedsUpload(permissions.VIEW),
    summary="读一份文件，不入库",
)
def read(request: HttpRequest, file: Upload = None) -> dict[str, Any]:
    """What a published document says, as ``youju targets read`` prints it; nothing is stored."""
    name, content = uploaded(request)
    return to_json(services.read_upload(actor=permissions.actor_of(request), filename=name, content=content))


@router.post(
    "/lint",
    response={200: list[FindingOut], **REFUSED},
    auth=NeedsUpload(permissions.VIEW_FINDINGS),
    summary="审核一份文件，不入库",
)
def lint(
    request: HttpRequest,
    file: Upload = None,
    fiscal_year: FormEx[int | None, P()] = None,
) -> list[dict[str, Any]]:
    """What the rules say about a published document, as ``youju targets lint`` prints it; nothing is stored."""
    name, content = uploaded(request)
    found = services.lint_upload(
        actor=permissions.actor_of(request),
        filename=name,
        content=content,
        fiscal_year=fiscal_year,
    )
    return [each.as_json() for each in found]
