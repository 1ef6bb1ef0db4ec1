"""Families as pictures and files, in the formats of TREES."""

from kg.export.tree.formats import TREES, Drawing, TreeFormat, tree_format

__all__ = ["TREES", "Drawing", "TreeFormat", "tree_format"]
