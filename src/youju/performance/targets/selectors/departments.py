"""The department's goals, and which project serves which sub-goal."""

from __future__ import annotations

from dataclasses import dataclass

from youju.performance.targets.models import Finding, Project, ProjectSubgoal, Safeguard, Subgoal, TargetSet


@dataclass(frozen=True, slots=True)
class ServedSubgoal:
    """A sub-goal with the projects that serve it, in the order printed."""

    subgoal: Subgoal
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class ServingProject:
    """A project with the numbers of the sub-goals that it serves: a line of the edit form."""

    project: Project
    serves: frozenset[int]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """All that the department page shows."""

    target_set: TargetSet
    subgoals: tuple[ServedSubgoal, ...]
    safeguards: tuple[Safeguard, ...]
    projects: tuple[ServingProject, ...]
    findings: tuple[Finding, ...]


def department_page(target_set: TargetSet) -> DepartmentPage:
    """Goals, safeguards and links of a set: five queries whatever its size."""
    subgoals = list(target_set.subgoals.all())
    projects = list(target_set.projects.all())
    links = set(
        ProjectSubgoal.objects.filter(project__target_set=target_set).values_list("project_id", "subgoal_id")
    )
    return DepartmentPage(
        target_set=target_set,
        subgoals=tuple(
            ServedSubgoal(
                subgoal, tuple(project for project in projects if (project.pk, subgoal.pk) in links)
            )
            for subgoal in subgoals
        ),
        safeguards=tuple(target_set.safeguards.all()),
        projects=tuple(
            ServingProject(
                project,
                frozenset(subgoal.order for subgoal in subgoals if (project.pk, subgoal.pk) in links),
            )
            for project in projects
        ),
        findings=tuple(target_set.findings.filter(project=None)),
    )
