"""Sources (files, folders, globs, standard input) -> Documents."""

from kg.read.sources import READERS, documents

__all__ = ["READERS", "documents"]
