"""A file that is whole or not there, also after a crash. One implementation for the house; the lake below needs it too."""

from youju.analytics.durable import keep_whole, sync_folder, write_whole

__all__ = ["keep_whole", "sync_folder", "write_whole"]
