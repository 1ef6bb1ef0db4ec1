"""Sources: what is read, and what is said of what cannot be."""

import os
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read import READERS, documents
from kg.read import text as texts

LINE = '{"id": "a", "text": "Tom sleeps.", "date": "2024-02-08", "title": "Tom", "url": "https://example.org/tom"}'


def one(path: Path, data: bytes, date: str = "") -> Document:
    path.write_bytes(data)
    (found,) = documents([str(path)], date=date)
    return found


# ------------------------------------------------------------------ what is read
def test_a_folder_gives_its_texts_sorted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "sub/c.TXT", "picture.png", ".hidden.txt", ".git/d.txt"):
        path = Path("stories", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert [d.id for d in documents(["./stories/"])] == ["stories/a.md", "stories/b.txt", "stories/sub/c.TXT"]


def test_a_glob_and_a_file_with_another_suffix(tmp_path: Path) -> None:
    for name in ("a.story", "b.story", "c.txt"):
        (tmp_path / name).write_text(name)
    assert [Path(d.id).name for d in documents([f"{tmp_path}/*.story", f"{tmp_path}/c.txt"])] == [
        "a.story",
        "b.story",
        "c.txt",
    ]


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    assert one(tmp_path / "a[1].txt", b"x").text == "x"


def test_bytes_become_clean_text(tmp_path: Path) -> None:
    found = one(tmp_path / "a.txt", "\ufeffZoe\u0308\r\nsleeps\r".encode())
    assert found.text == "Zoë\nsleeps\n"


def test_a_date_in_front_is_taken_and_the_text_starts_behind_it(tmp_path: Path) -> None:
    found = one(tmp_path / "a.txt", b" date 2024-02-08 Prince Harry sleeps.")
    assert (found.date, found.text) == ("2024-02-08", "Prince Harry sleeps.")
    no_day = one(tmp_path / "b.txt", b"date 2024-02-31 is no day.")
    assert (no_day.date, no_day.text) == ("", "date 2024-02-31 is no day.")


def test_a_given_date_is_for_those_without(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", b"Tom.", date="2020-01-01").date == "2020-01-01"
    assert one(tmp_path / "b.txt", b"date 2024-02-08 Tom.", date="2020-01-01").date == "2024-02-08"


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(f'{LINE}\n\n{{"id": 7, "text": "Ann."}}\n')
    tom, ann = documents([str(path)])
    assert tom == Document(id="a", text="Tom sleeps.", origin="https://example.org/tom", date="2024-02-08", title="Tom")
    assert (ann.id, ann.date, ann.origin) == ("7", "", f"{path}:3")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"Tom sleeps.")
    with (tmp_path / "in").open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        (found,) = documents(["-"])
    assert (found.id, found.text) == ("stdin", "Tom sleeps.")


def test_a_named_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_text("Tom."), daemon=True).start()
    assert [d.text for d in documents([str(pipe)])] == ["Tom."]


def test_an_empty_text_is_a_document(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", b"").text == ""


# ------------------------------------------------------------------ what cannot be read
BAD: dict[str, tuple[str, bytes, str, str]] = {
    "binary": ("a.txt", b"\x89PNG\0\0", "binary", "plain text"),
    "latin-1": ("a.txt", "Zoë".encode("latin-1"), "byte 2 is 0xeb", "iconv"),
    "utf-16": ("a.txt", "Tom".encode("utf-16"), "UTF-16", "iconv"),
    "no json": ("a.jsonl", b'{"id": "a"', "a.jsonl:1", '"text"'),
    "no object": ("a.jsonl", b"[1]", "a.jsonl:1", '"id"'),
    "no id": ("a.jsonl", b'{"text": "x"}', '"id" is missing', '"id"'),
    "no text": ("a.jsonl", b'\n{"id": "a"}', 'a.jsonl:2: "text" is missing', '"id"'),
    "text no text": ("a.jsonl", b'{"id": "a", "text": 1}', '"text" is not text', '"id"'),
    "date no date": ("a.jsonl", b'{"id": "a", "text": "x", "date": "last week"}', "last week", "YYYY-MM-DD"),
    "twice": ("a.jsonl", b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "line 1 already", "of its own"),
    "half a pair": ("a.jsonl", b'{"id": "a", "text": "\\ud800"}', "surrogate", "UTF-8"),
    "json latin-1": ("a.jsonl", '{"id": "ë"}'.encode("latin-1"), "not UTF-8", '"id"'),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_named_with_a_way_out(case: str, tmp_path: Path) -> None:
    name, data, message, hint = BAD[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as raised:
        list(documents([str(tmp_path / name)]))
    assert str(tmp_path / name) in raised.value.message
    assert message in raised.value.message
    assert hint in raised.value.hint


def test_missing_things(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("x")
    (tmp_path / "pictures").mkdir()
    for source, message, hint in (
        (f"{tmp_path}/stroy.txt", "no such file", "story.txt"),
        (f"{tmp_path}/pictures", "no texts", ".txt"),
        (f"{tmp_path}/*.foo", "no file matches", "quote"),
        ("https://example.org/", "does not fetch", "save"),
    ):
        with pytest.raises(SourceError, match=message) as raised:
            list(documents([source]))
        assert hint in raised.value.hint


def test_a_text_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 2**20)
    with (tmp_path / "a.txt").open("r+b") as file:
        file.truncate(texts.LARGEST + 1)
    with pytest.raises(SourceError, match="more than 20 MB") as raised:
        list(documents([str(tmp_path / "a.txt")]))
    assert ".jsonl" in raised.value.hint


def test_one_bad_source_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.txt").write_text("Tom.")
    told: list[SourceError] = []
    found = list(documents([str(tmp_path), "none.txt", str(tmp_path / "b.txt")], recover=told.append))
    assert [d.text for d in found] == ["Tom.", "Tom."]
    assert len(told) == 2


def test_suffixes_are_lower_case() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)
