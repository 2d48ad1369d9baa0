"""Addresses of the operations room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.operations.web import audit, jobs, overview

app_name = "operations"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("audit/", audit.trail, name="audit"),
    path("audit/verify/", audit.verify, name="audit-verify"),
    path("audit/<int:segment>/<int:position>/", audit.entry, name="audit-entry"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<uuid:run_id>/", jobs.job, name="job"),
    path("jobs/<uuid:run_id>/retry/", jobs.retry, name="job-retry"),
    path("jobs/<uuid:run_id>/cancel/", jobs.cancel, name="job-cancel"),
]
