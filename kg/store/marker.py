"""The file that says that a folder is a store of ours, as it is written. kg.store.embedded checks any that is not."""

NAME = "kg-store.json"
VERSION = 1
DATABASE = "CURRENT"
"""The file that RocksDB opens a database by."""

_BEFORE = f'{{\n  "format": "kg-store",\n  "version": {VERSION},\n  "namespace": "'
_BEHIND = '"\n}\n'


def text(base: str) -> str:
    """The marker of a store whose IRIs begin with base; an IRI holds nothing that JSON escapes."""
    return _BEFORE + base + _BEHIND


def base_of(marker: str) -> str:
    """What the IRIs of a store begin with, by a marker that is exactly as `text` writes it; else ""."""
    base = marker.removeprefix(_BEFORE).removesuffix(_BEHIND)
    return base if text(base) == marker and '"' not in base and "\\" not in base else ""
