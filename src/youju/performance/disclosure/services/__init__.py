"""Preparing, approving, publishing, withdrawing; the site as files."""

from youju.performance.disclosure.services.exporting import export_folder, export_zip
from youju.performance.disclosure.services.refusing import ReleaseRefusedError
from youju.performance.disclosure.services.releasing import prepare_release, refresh_release, step_release

__all__ = [
    "ReleaseRefusedError",
    "export_folder",
    "export_zip",
    "prepare_release",
    "refresh_release",
    "step_release",
]
