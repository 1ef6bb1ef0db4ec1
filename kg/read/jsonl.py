"""JSON lines: {"id", "text", "date"?, "title"?, "url"?}, one document a line."""

import json
from collections.abc import Iterator

from kg.errors import SourceError
from kg.model import Document
from kg.read.text import clean, is_date

EXAMPLE = 'a line looks like {"id": "a1", "text": "…", "date": "2024-02-08"}'
OPTIONAL = ("date", "title", "url")


def jsonl_documents(data: bytes, name: str) -> Iterator[Document]:
    """Yields the documents of a JSON lines file.

    Raises:
        SourceError: names the file, the line and what is wrong with it; also for an id that comes twice.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        found = _document(line, f"{name}:{number}")
        if found.id in seen:
            hint = "every document needs an id of its own"
            raise SourceError(f"{name}:{number}: id {found.id!r} stands on line {seen[found.id]} already", hint=hint)
        seen[found.id] = number
        yield found


def _document(line: bytes, where: str) -> Document:
    try:
        fields = json.loads(line)
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: this is not UTF-8 (byte {error.start} of the line)", hint=EXAMPLE) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(f"{where}: this is not JSON: {error}", hint=EXAMPLE) from error
    if not isinstance(fields, dict):
        raise SourceError(f"{where}: this is no JSON object", hint=EXAMPLE)
    identity = fields.get("id")
    if not isinstance(identity, str | int) or isinstance(identity, bool) or identity == "":
        raise SourceError(f'{where}: "id" is missing', hint=EXAMPLE)
    for key in ("text", *OPTIONAL):
        value = fields.get(key)
        if not isinstance(value, str) and not (value is None and key in OPTIONAL):
            problem = "is missing" if value is None else f"is not text: {value!r}"
            raise SourceError(f'{where}: "{key}" {problem}', hint=EXAMPLE)
    date = fields.get("date") or ""
    if date and not is_date(date[:10]):
        raise SourceError(f'{where}: "date" is {date!r}', hint="write it as YYYY-MM-DD, YYYY-MM or YYYY")
    try:
        text = clean(fields["text"].removeprefix("\ufeff"))
        text.encode()
    except UnicodeEncodeError as error:
        raise SourceError(f"{where}: the text holds half a surrogate pair", hint="write it as UTF-8") from error
    return Document(
        id=str(identity), text=text, origin=fields.get("url") or where, date=date[:10], title=fields.get("title") or ""
    )
