"""The page that shows how a text was read: what it says, what it escapes, and that a browser draws it."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from kg.export import FORMATS
from kg.export.picture.claims import ends
from kg.export.picture.page import page
from kg.export.picture.text import Mark, sentence
from kg.model import Document, DocumentGraph
from kg.vocabulary import load
from tests.export.readings import claim, graph, reading

VOCABULARY = load()
TEXT = "Tom Reed saw his father, John Reed, who is 61. They met <b>Ann & Bo</b>.\n\nHer aunt is not Eve Holt."
PEOPLE = {
    "Tom Reed": ["Tom Reed", "his"],
    "John Reed": ["father", "John Reed"],
    "Ann": ["Ann", "Her"],
    "Eve Holt": ["aunt", "Eve Holt"],
}
STORY = reading(TEXT, PEOPLE, {"They": ["Tom Reed", "John Reed"]})
CLAIMS = [
    claim(STORY, "father", "his", "John Reed"),
    claim(STORY, "age", "John Reed", "=61"),
    claim(STORY, "sibling", "Tom Reed", "John Reed", 0.2),
    claim(STORY, "uncleOrAunt", "Her", "Eve Holt", polarity="denied", modality="reported", according_to="a <friend>"),
    claim(STORY, "spouse", "Ann", "Eve Holt"),
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
REQUIRED = os.environ.get("KG_REQUIRE_SERVICES") == "1"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=4000")  # fmt: skip
VOID = {"meta", "input", "br"}


def made() -> str:
    return "".join(page([graph(STORY, CLAIMS, VOCABULARY)], VOCABULARY))


def items(html: str) -> dict[str, str]:
    """The claims of a page: relation -> class and data of its list item."""
    return {m[2]: m[1] for m in re.finditer(r'<li (class="(?:tie|value)[^>]*)>.*?<b>(.*?)</b>', html)}


class Shape(HTMLParser):
    """Checks that every element is closed where it should be; keeps what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [
            value or "" for key, value in attrs if key in ("src", "href") and not (value or "").startswith("#")
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# ------------------------------------------------------------------ what the page says
def test_the_page_is_well_formed_and_needs_no_other_file() -> None:
    shape = Shape()
    shape.feed(made())
    assert (shape.open, shape.fetched) == ([], [])
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg|demos\.explosion)", made())


def test_the_text_is_all_there_and_is_escaped() -> None:
    sentences = re.findall(r'<p class="words">(.*?)</p>', made())
    texts = [re.sub("<[^>]+>", "", one) for one in sentences]
    assert texts[0] == "Tom Reed saw his father, John Reed, who is 61."
    assert texts[1] == "They met &lt;b&gt;Ann &amp; Bo&lt;/b&gt;."
    assert "a &lt;friend&gt;" in made()


def test_one_colour_a_person_and_stripes_for_a_group() -> None:
    html = made()
    assert re.search(r'class="name" data-p="1" style="--h:(\d+)".*?class="pronoun" data-p="1" style="--h:\1"', html)
    assert re.search(r'class="group" data-p="1 2" style="[^"]*repeating-linear-gradient', html)
    assert 'title="Tom Reed · pronoun · 75% sure"' in html
    hues = re.findall(r'<button [^>]*style="--h:(\d+)"', html)
    assert len(hues) == len(set(hues)) == 4


def test_claims_say_between_which_words_and_what_became_of_them() -> None:
    told = items(made())
    assert told["father"].startswith('class="tie" data-label="father" data-score="0.90" data-from="3 3" data-to="6 7"')
    assert told["age"].startswith('class="value"')
    assert told["sibling"].startswith('class="tie dropped weak"')
    assert 'data-both="1"' in told["sibling"]
    assert told["uncle or aunt"].startswith('class="tie denied reported"')
    assert "data-from" in told["spouse"]
    assert 'data-away="Eve Holt"' in told["spouse"], "the other side stands in another sentence"


def test_the_reason_why_a_claim_was_dropped_is_told() -> None:
    both = [claim(STORY, "father", "his", "John Reed"), claim(STORY, "father", "his", "Ann", 0.7)]
    html = "".join(page([graph(STORY, both, VOCABULARY)], VOCABULARY))
    assert re.search(r'class="tie dropped".*?<small class="fate">contradicts Tom Reed father John Reed', html)


def test_documents_without_words_or_readings_have_a_page_too() -> None:
    empty = DocumentGraph(document=Document(id="empty.txt", text=" "))
    html = "".join(page([empty, graph(STORY, CLAIMS, VOCABULARY)], VOCABULARY))
    assert html.count("<article") == 2
    assert "nothing to read" in html
    assert "</html>" in "".join(page([], VOCABULARY))


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert made() == made()


# ------------------------------------------------------------------ marks and arcs
def test_marks_that_would_cross_are_nested() -> None:
    html = sentence(STORY.document.text, STORY.words[:6], [Mark(0, 3, "<mark>"), Mark(2, 5, "<mark>")])
    shape = Shape()
    shape.feed(html)
    assert shape.open == []
    assert html.count("<mark>") == html.count("</mark>") == 2


def test_a_title_is_apart_from_the_name_that_bears_it() -> None:
    told = reading("King Reed slept.", {"Reed": ["King Reed"]})
    title = claim(told, "honorificPrefix", "King Reed", "=King")
    assert ends(title, told.words) == ((1, 1), (0, 0))


# ------------------------------------------------------------------ in a browser
@pytest.mark.services
@pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="chromium is not installed")
def test_a_browser_draws_the_arcs(tmp_path: Path) -> None:
    assert CHROMIUM, "KG_REQUIRE_SERVICES=1, but chromium is not installed"
    (tmp_path / "page.html").write_text(made(), encoding="utf-8")
    place = (f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"file://{tmp_path / 'page.html'}")
    done = subprocess.run((CHROMIUM, *FLAGS, *place), capture_output=True, text=True, timeout=120, check=True)
    labels = re.findall(r"<text [^>]*>([^<]*)", done.stdout)
    assert sorted(labels) == ["age", "father", "spouse Eve Holt", "uncle or aunt"], "weak claims wait until asked for"
    assert done.stdout.count('class="struck"') == 1
    assert re.search(r'<g class="tie denied reported"[^>]*aria-label="Ann “Her” uncle or aunt Eve Holt', done.stdout)


@pytest.mark.services
@pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="chromium is not installed")
def test_by_keyboard_one_learns_who_is_meant_and_what_is_claimed(tmp_path: Path) -> None:
    assert CHROMIUM, "KG_REQUIRE_SERVICES=1, but chromium is not installed"
    (tmp_path / "page.html").write_text(made(), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS[1:-1]])
        opened = browser.new_page()
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.goto(f"file://{tmp_path / 'page.html'}")
        tip = opened.locator("#tip")
        opened.locator("#d1s1 mark").first.focus()
        opened.keyboard.press("ArrowLeft")  # from the first name to the last arc
        assert re.match("John Reed age 61|Tom Reed “his” father John Reed", tip.inner_text())
        opened.keyboard.press("ArrowDown")
        assert tip.inner_text() == "Tom Reed and John Reed · group · 75% sure"
        opened.keyboard.press("Enter")
        assert opened.locator("aside [aria-pressed=true]").inner_text().split() == ["1", "Tom", "Reed", "2"]
        opened.keyboard.press("Escape")
        assert not tip.is_visible()
        before = opened.locator(".arcs g").count()
        opened.get_by_label("weak").check()
        assert opened.locator(".arcs g").count() == before + 1
        opened.locator("#d1s1 .tree summary").click()
        assert opened.locator("#d1s1 .drawn .arcs g").count() == len(STORY.words[:13]) - 1
        browser.close()
    assert problems == []


def test_the_format_is_in_the_table() -> None:
    assert FORMATS["html"].readings is not None
    assert FORMATS["html"].suffixes == (".html", ".htm")
