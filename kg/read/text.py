"""Bytes -> clean text, and one text file -> one Document."""

import re
import unicodedata
from collections.abc import Iterator

from kg.errors import SourceError
from kg.model import Document

LARGEST = 20 * 1024 * 1024
"""Bytes. A single text above it is refused: reading keeps all of a text and its parse in memory, a hundred times its
size, and a text four times as long as the Bible is nearly always several that were put together."""

FRONT_DATE = re.compile(r"\s*date (\d{4}-\d{2}-\d{2})(?=\s)\s*")


def decode(data: bytes, name: str) -> str:
    """Bytes as clean text: UTF-8 without byte order mark, lines ended by \\n, Unicode NFC.

    Raises:
        SourceError: too large, binary (it holds a NUL byte), or not UTF-8; says where.
    """
    if len(data) > LARGEST:
        raise too_large(name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = f"convert it: iconv -f UTF-16 -t UTF-8 {name} > new.txt"
        raise SourceError(f"{name}: this is UTF-16, not UTF-8", hint=hint)
    nul = data.find(b"\0")
    if nul >= 0:
        raise SourceError(f"{name}: this is a binary file (byte {nul} is NUL)", hint="kg reads plain text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = f"if it is Latin-1, convert it: iconv -f LATIN1 -t UTF-8 {name} > new.txt"
        bad = f"byte {error.start} is 0x{data[error.start]:02x}"
        raise SourceError(f"{name}: this is not UTF-8 ({bad})", hint=hint) from error
    return clean(text)


def too_large(name: str) -> SourceError:
    hint = "split it, or put its parts into a .jsonl file, one document a line"
    return SourceError(f"{name}: more than {LARGEST // 1024**2} MB in one text", hint=hint)


def clean(text: str) -> str:
    """Text in Unicode NFC with lines ended by \\n."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_documents(data: bytes, name: str) -> Iterator[Document]:
    """A text file: one document. A text that begins with "date YYYY-MM-DD" is dated so and starts after it."""
    text = decode(data, name)
    front = FRONT_DATE.match(text)
    date = front[1] if front and is_date(front[1]) else ""
    yield Document(id=name, text=text[front.end() :] if front and date else text, origin=name, date=date)


def is_date(text: str) -> bool:
    """Whether it is an ISO 8601 date that the calendar knows, to the day, the month or the year."""
    import datetime

    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True
