"""What a store is, to compare before and after."""

import hashlib
from pathlib import Path


def snapshot(folder: Path) -> dict[str, str]:
    """Every file of a store with the hash of its bytes; a log of openings and the empty lock file are no content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(("LOG", "LOCK")))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
