"""The shell as a Django app: templates, one stylesheet, one small script, template tags."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Has no tables."""

    name = "youju.foundation.shell"
    label = "shell"
    verbose_name = "界面"
