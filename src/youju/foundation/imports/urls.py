"""Addresses of the imports room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.imports.web import batches, files, uploading

app_name = "imports"
urlpatterns = [
    path("", batches.overview, name="overview"),
    path("new/<str:code>/", uploading.upload, name="upload"),
    path("new/<str:code>/template/", files.template, name="template"),
    path("pieces/<str:code>/", uploading.begin, name="pieces"),
    path("pieces/<uuid:upload_id>/put/", uploading.piece, name="piece"),
    path("pieces/<uuid:upload_id>/finish/", uploading.finish, name="finish"),
    path("<uuid:batch_id>/", batches.batch, name="batch"),
    path("<uuid:batch_id>/confirm/", batches.confirm, name="confirm"),
    path("<uuid:batch_id>/discard/", batches.discard, name="discard"),
    path("<uuid:batch_id>/undo/", batches.undo, name="undo"),
    path("<uuid:batch_id>/file/<str:role>/", files.batch_file, name="file"),
]
