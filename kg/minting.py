"""Names made from content: the same content, the same name, on every machine. Standard library only."""

import hashlib
import re
import unicodedata

LONGEST_SLUG = 60


def digest(*parts: str) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts; each part is ended, so ("ab", "c") is not ("a", "bc")."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.encode() + b"\0")
    return hashed.hexdigest()[:16]


def slug(text: str) -> str:
    """Lower-case ASCII words joined by "-", for people who read an IRI."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST_SLUG].strip("-")


def slugged(text: str, *parts: str) -> str:
    """A readable local name that is still unique: "king-1f0c…"."""
    return "-".join(filter(None, [slug(text), digest(text, *parts)]))
