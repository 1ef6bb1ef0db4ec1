"""Graph -> bytes, in the formats of FORMATS."""

from kg.export.formats import FORMATS, Format, format_for

__all__ = ["FORMATS", "Format", "format_for"]
