"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from youju.funds.projects.web import acting, deciding, projects

app_name = "projects"
urlpatterns = [
    path("", projects.project_list, name="projects"),
    path("new/", projects.new, name="project-new"),
    path("take-up/", acting.take_up, name="take-up"),
    path("adjustments/<str:number>/", deciding.adjustment, name="adjustment"),
    path(
        "adjustments/<str:number>/papers/<int:file_id>/", deciding.adjustment_paper, name="adjustment-paper"
    ),
    path("batches/<str:number>/", deciding.batch, name="batch"),
    path("batches/<str:number>/papers/<int:file_id>/", deciding.batch_paper, name="batch-paper"),
    path("<int:project_id>/", projects.project, name="project"),
    path("<int:project_id>/head/", acting.head, name="project-head"),
    path("<int:project_id>/sources/", acting.sources, name="project-sources"),
    path("<int:project_id>/planned/", acting.plan, name="project-planned"),
    path("<int:project_id>/step/", acting.step, name="project-step"),
    path("<int:project_id>/attach/", acting.attach, name="project-attach"),
    path("<int:project_id>/propose/", acting.propose, name="project-propose"),
    path("<int:project_id>/batch/", acting.open_batch, name="project-batch"),
    path("<int:project_id>/close/", acting.end, {"way": "close"}, name="project-close"),
    path("<int:project_id>/reopen/", acting.end, {"way": "reopen"}, name="project-reopen"),
    path("<int:project_id>/papers/<int:file_id>/", projects.paper, name="project-paper"),
    path("<int:project_id>/tab/<str:tab>/", projects.project, name="project-tab"),
]
