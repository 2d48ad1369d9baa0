"""A file that is whole or not there, also after a crash: written beside, synced, renamed, the folder synced."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(target: Path, content: bytes, *, beside: Path) -> None:
    """Put content in the place of a file.

    Args:
        target: the file; its folder exists.
        content: all of it.
        beside: where it is written first, in the same folder, under a name that readers of the folder pass over.
    """
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
    sync_folder(target.parent)


def keep_whole(beside: Path, target: Path) -> None:
    """Give a file that somebody else has written its name for good: synced, renamed, the folder synced."""
    handle = os.open(beside, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    beside.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
