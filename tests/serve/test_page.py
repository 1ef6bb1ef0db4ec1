"""The page in a real browser: somebody is searched, clicked, walked to; a question and a query are asked."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.conftest import fill
from tests.serving import KG, Served, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
NODE_MODULES = Path(os.environ.get("KG_NODE_MODULES", Path(__file__).resolve().parents[2] / "node_modules"))
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
REQUIRED = os.environ.get("KG_REQUIRE_SERVICES") == "1"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1280, "height": 900}

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    with serving(fill(folder / "kg.store"), folder) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when a script of it does, or when it asks any other host."""
    context = browser.new_context(viewport=DESK)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    opened.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else wrong.append(asked.url))
    yield opened
    context.close()
    assert not wrong


def _is_wrong(message: Any) -> bool:
    """An error; but a query that is refused is what one test is about."""
    return message.type == "error" and "status of 400" not in message.text


def test_somebody_is_searched_clicked_and_walked_from(page: Any, server: Served) -> None:
    page.goto(server.url)
    page.fill("#search", "harry")
    page.click("text=Prince Harry")
    page.wait_for_selector("h1:text-is('Prince Harry')")
    assert page.locator("dt:text-is('father') + dd").inner_text().startswith("King Charles III")
    assert page.locator("mark.name").first.inner_text() == "Prince Harry"
    page.click("dd a:text-is('King Charles III')")
    page.wait_for_selector("h1:text-is('King Charles III')")
    page.go_back()
    page.click("text=Wander")
    page.click("svg.graph a:has-text('Meghan Markle')")
    page.wait_for_selector("aside h2:text-is('Meghan Markle')")
    assert page.locator("svg.graph a").count() >= 3


def test_by_keyboard_alone(page: Any, server: Served) -> None:
    page.goto(server.url)
    page.wait_for_selector("#search:focus")
    page.keyboard.type("charles")
    page.wait_for_selector("ul.people li:nth-child(1):has-text('Charles')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text-is('King Charles III')")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_query_is_completed_and_run_and_an_error_is_shown(page: Any, server: Served) -> None:
    page.goto(f"{server.url}#/sparql")
    page.fill("#query", "SELECT ?x WHERE { ?x kg:fath")
    page.keyboard.press("Control+ ")
    page.wait_for_selector("#completions li:has-text('kg:father')")
    page.keyboard.press("Enter")
    page.keyboard.type("?y }")
    assert page.input_value("#query") == "SELECT ?x WHERE { ?x kg:father ?y }"
    assert page.locator(".t-name").inner_text() == "kg:father"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("td a:has-text('person:prince-harry')")
    page.fill("#query", "SELECT ?x WHERE { ?x kg:father }")
    page.click("button:text-is('Run')")
    assert "line 1" in page.inner_text(".error")


def test_a_saved_question_is_a_form(page: Any, server: Served) -> None:
    page.goto(f"{server.url}#/questions/father")
    page.fill("input[role=combobox]", "harry")
    page.click("li[role=option]:has-text('Prince Harry')")
    page.wait_for_selector("td:text-is('King Charles III')")


def test_the_family_tree_is_walked(page: Any, server: Served) -> None:
    page.goto(server.url)
    page.click("text=Prince Harry")
    page.click("text=Family tree")
    page.wait_for_selector("h1:text-is('Family of Prince Harry')")
    page.click(".picture a:has-text('King Charles III')")
    page.wait_for_selector("h1:text-is('Family of King Charles III')")


def test_how_two_people_are_related(page: Any, server: Served) -> None:
    page.goto(f"{server.url}#/related")
    for number, name in enumerate(("harry", "charles")):
        page.fill(f"input[role=combobox] >> nth={number}", name)
        page.click("li[role=option]:visible >> nth=0")
    page.wait_for_selector(".answer:has-text('King Charles III is Prince Harry’s father.')")
    assert page.locator(".path blockquote").count() >= 1


def test_a_document_shows_its_sentences(page: Any, server: Served) -> None:
    page.goto(f"{server.url}#/documents")
    page.click("text=story.txt")
    page.wait_for_selector("h2:text-is('What it says')")
    assert page.locator(".sentences li blockquote").count() >= 5


def test_nothing_in_a_graph_becomes_markup(page: Any, tmp_path: Path) -> None:
    from kg.store.embedded import open_to_write

    folder = fill(tmp_path / "kg.store")
    evil = "<img src=x onerror=alert(1)>"
    with open_to_write(folder) as opened:
        opened.graph.update(
            f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:evil> a <{opened.base}ns#Person> ; "
            f'<http://www.w3.org/2000/01/rdf-schema#label> "{evil}" }} }}'
        )
    with serving(folder, tmp_path) as server:
        page.goto(server.url)
        page.fill("#search", "onerror")
        page.click(f"b:text-is('{evil}')")
        page.wait_for_selector("h1:has-text('onerror')")
        assert page.locator("main img").count() == 0


def test_the_page_as_one_file_works_without_a_server(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    store = fill(tmp_path / "kg.store")
    for path in (file, tmp_path / "again.html"):
        subprocess.run((*KG, "export", "--store", str(store), "-o", str(path)), check=True)
    assert file.read_bytes() == (tmp_path / "again.html").read_bytes()
    page = browser.new_context(viewport=DESK, offline=True).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
    page.goto(file.as_uri())
    page.fill("#search", "harry")
    page.click("text=Prince Harry")
    page.wait_for_selector("h1:text-is('Prince Harry')")
    page.click("dd a:text-is('King Charles III')")
    page.wait_for_selector("h1:text-is('King Charles III')")
    page.go_back()
    page.click("text=Wander")
    page.click("svg.graph a:has-text('Meghan Markle')")
    page.wait_for_selector("aside h2:text-is('Meghan Markle')")
    page.click("nav a:text-is('Documents')")
    page.click("text=story.txt")
    page.wait_for_selector(".sentences blockquote")
    assert page.locator("nav a:text-is('SPARQL')").count() == 0
    assert not wrong


@pytest.mark.skipif(not AXE.exists() and not REQUIRED, reason=f"axe-core is not there: npm install axe-core ({AXE})")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_screen_readers_and_phones(browser: Any, server: Served, scheme: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector("ul.people li")
    person = page.locator("ul.people a").first.get_attribute("href")
    views = (
        "#/",
        person,
        re.sub("person", "graph", person, count=1),
        re.sub("person", "tree", person, count=1),
        "#/documents",
        "#/questions/father",
        "#/sparql",
    )
    serious = []
    for view in views:
        page.goto(f"{server.url}{view}")
        page.wait_for_selector("h1")
        page.wait_for_function("!document.querySelector('main > .wait')")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], view
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        serious += [(view, one["id"], one["impact"]) for one in found if one["impact"] in ("serious", "critical")]
    context.close()
    assert not serious
