"""The site as a reader meets it: every page, every link, the search, both themes, a phone, a printer."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from autograder import units
from tests.course import ROOT

pytestmark = pytest.mark.browser

UNITS = list(units.MODULES)
GRAVE = ("serious", "critical")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The site, built once."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed: pip install -e '.[site]'")
    site = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-W",
            "--keep-going",
            "-q",
            "-d",
            site / "trees",
            "docs",
            site / "html",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.returncode == 0, built.stderr[-3000:]
    return site / "html"


@pytest.fixture(scope="session")
def site(folder) -> Iterator[str]:
    """Address of the site."""
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def pages(folder) -> list[str]:
    """Paths of all pages, the landing page first."""
    found = sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*.html") if "_static" not in path.parts
    )
    assert {f"course/{key}.html" for key in UNITS} < set(found)
    assert {"index.html", "grading.html", "checks.html", "api/modules/nnlib.softmax.html"} < set(found)
    return sorted(found, key=lambda path: path != "index.html")


@pytest.fixture
def page(browser):
    """A page of the size of a laptop's screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.set_default_timeout(20_000)
    yield page
    page.close()


def settle(page) -> None:
    """Wait until MathJax has set the formulas of a page."""
    page.wait_for_load_state("load")
    page.evaluate("window.MathJax?.startup?.promise")


def test_every_page_loads_whole_and_from_here_alone(folder, site, pages, page):
    problems: list[str] = []
    targets: dict[str, set[str]] = {}
    ids: dict[str, set[str]] = {}
    page.on("console", lambda said: said.type == "error" and problems.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((site, "data:")) or problems.append(f"{page.url} asks for {request.url}")
        ),
    )
    page.on(
        "response", lambda answer: answer.status < 400 or problems.append(f"{answer.url}: {answer.status}")
    )
    for path in pages:
        page.goto(f"{site}/{path}")
        settle(page)
        problems += page.evaluate(
            "() => [...document.images].filter(i => i.loading !== 'lazy' && !(i.complete && i.naturalWidth))"
            ".map(i => `${location}: a picture that does not load: ${i.src.slice(0, 80)}`)"
        )
        problems += page.evaluate(
            # Sphinx writes a picture's file name where it has no words.
            "() => [...document.querySelectorAll('article img')]"
            ".filter(i => !i.alt.trim() || /\\.(png|jpe?g|svg|gif|webp)$/i.test(i.alt))"
            ".map(i => `${location}: a picture without words: ${i.src.slice(0, 80)}`)"
        )
        # Also what is asked for only later: below the fold, in another theme.
        problems += page.evaluate(
            "() => [...document.querySelectorAll('[src], [srcset], link[href], object[data]')]"
            ".flatMap(e => [e.src, e.srcset, e.data, e.matches('link') ? e.href : ''])"
            ".filter(url => typeof url === 'string' && url && !url.startsWith(location.origin) && !url.startsWith('data:'))"
            ".map(url => `${location} would ask for ${url.slice(0, 80)}`)"
        )
        problems += page.evaluate(
            "() => [...document.querySelectorAll('mjx-merror, [data-mml-node=merror]')]"
            ".map(e => `${location}: a formula that is not understood: ${e.textContent}`)"
        )
        ids[f"{site}/{path}"] = set(
            page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
        )
        for link in page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)"):
            if link.startswith(site):
                targets.setdefault(link, set()).add(path)
    assert len(targets) > len(pages)
    for link, sources in targets.items():
        address, _, anchor = link.partition("#")
        address += "index.html" if address.endswith("/") else ""
        if address in ids:
            if anchor and anchor not in ids[address]:
                problems.append(f"{sorted(sources)[0]}: no such place: {link}")
        elif page.request.get(address).status != 200:
            problems.append(f"{sorted(sources)[0]}: no such page: {link}")
    for sheet in folder.rglob("*.css"):
        for elsewhere in re.findall(
            r"""(?:url\(|@import\s)\s*["']?(?:https?:)?//[^"')]*""", sheet.read_text()
        ):
            problems.append(f"{sheet.name}: {elsewhere}")
    assert not problems, "\n".join(sorted(set(problems)))


def test_search_finds_what_a_unit_teaches(site, page):
    page.goto(f"{site}/index.html")
    page.get_by_placeholder("Search").first.fill("backpropagation")
    page.keyboard.press("Enter")
    page.locator("ul.search a", has_text="Training").first.wait_for()


def test_the_library_is_listed_by_what_each_module_is_for(site, page):
    page.goto(f"{site}/api/index.html")
    table = page.locator("article table")
    modules = [name.strip() for name in table.locator("td:first-child").all_inner_texts()]
    assert "nnlib.softmax" in modules  # also the name of a function, whose arguments would stand here
    said = [text.strip() for text in table.locator("td:last-child").all_inner_texts()]
    assert len(said) == len(modules)
    assert all(said)


def test_the_theme_turns_dark_and_back(site, page):
    page.goto(f"{site}/course/01-neuron.html")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    seen = {page.evaluate(ground)}
    for _ in range(3):  # as the machine has it, light, dark
        page.locator(".theme-toggle:visible").first.click()
        seen.add(page.evaluate(ground))
    assert len(seen) == 2, seen


def test_a_phone_scrolls_down_but_never_sideways(site, pages, page):
    page.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in pages:
        page.goto(f"{site}/{path}")
        settle(page)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > 390:
            wide.append(f"{path}: {width} px")
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("key", UNITS)
def test_a_unit_shows_stubs_and_folds_its_answers_away(key, site, page):
    page.goto(f"{site}/course/{key}.html")
    solutions = [
        cell
        for cell in nbformat.read(ROOT / "solutions" / key / f"{key}.ipynb", 4).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    answers = page.locator("details.answer")
    assert answers.count() == len(solutions)
    assert page.get_by_text("raise NotImplementedError").count() == sum(
        c.cell_type == "code" for c in solutions
    )
    first = answers.first
    inside = first.locator(":scope > :not(summary)").first
    assert not inside.is_visible()
    first.get_by_text("Show one answer").click()
    assert inside.is_visible()
    text = page.locator("article").text_content()
    assert "progress()" not in text  # the map is of a learner's own folder
    for secret in ("hidden=True", "BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
        assert secret not in text


def test_answers_can_be_left_out(folder):
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    from course import unit_page

    released, executed = (
        nbformat.read(ROOT / place / "01-neuron" / "01-neuron.ipynb", 4)
        for place in ("notebooks", "solutions")
    )
    before = [cell.id for cell in released.cells]
    bare = unit_page(released, executed, answers=False)
    assert [cell.id for cell in bare.cells] == before
    assert "Show one answer" not in nbformat.writes(bare)


def test_paper_shows_the_text_and_not_the_menus(site, page):
    page.goto(f"{site}/course/01-neuron.html")
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible()
    assert not page.locator(".sidebar-drawer").is_visible()
    assert not page.locator("details.answer").first.is_visible()
    assert not page.locator(".skip-to-content").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_a_table_of_numbers_fits_on_a_laptop_and_on_paper(site, page):
    page.goto(f"{site}/checks.html")
    cut_off = (
        "() => [...document.querySelectorAll('.table-wrapper')].some(t => t.scrollWidth > t.clientWidth + 1)"
    )
    assert not page.evaluate(cut_off)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    assert not page.evaluate(cut_off)


def test_the_landing_page_has_a_card_for_each_unit(site, page):
    page.goto(f"{site}/index.html")
    cards = page.locator(".cards li")
    assert cards.count() == len(UNITS)
    for key, card in zip(UNITS, cards.all(), strict=True):
        assert card.locator("a").get_attribute("href") == f"course/{key}.html"
        assert "You will be able to" in card.text_content()
        assert re.search(r"\d+ minutes", card.text_content())


def faults(page, *leave_out: str, within: str = "html", rules_off: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds serious or critical on a page that is open."""
    from axe_playwright_python.sync_playwright import Axe

    found = (
        Axe()
        .run(
            page,
            context={"include": [[within]], "exclude": [[place] for place in leave_out]},
            options={
                "resultTypes": ["violations"],
                "rules": {rule: {"enabled": False} for rule in rules_off},
            },
        )
        .response["violations"]
    )
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:120]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_grave_fault_in_the_site(scheme, site, pages, page):
    pytest.importorskip("axe_playwright_python")
    page.emulate_media(color_scheme=scheme)
    found = []
    # Colours are the same on all pages of a kind: in the dark one of each.
    some = ["index.html", "course/01-neuron.html", "checks.html", "api/modules/nnlib.softmax.html"]
    for path in pages if scheme == "light" else some:
        page.goto(f"{site}/{path}")
        settle(page)
        found += [f"{path}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", UNITS)
def test_axe_finds_no_grave_fault_in_a_unit_as_nbconvert_shows_it(key, page, tmp_path):
    pytest.importorskip("axe_playwright_python")
    exporter = HTMLExporter(mathjax_url="", require_js_url="")
    body, _ = exporter.from_filename(ROOT / "solutions" / key / f"{key}.ipynb")
    (tmp_path / "unit.html").write_text(body, encoding="utf-8")
    with serve(tmp_path) as address:
        page.goto(f"{address}/unit.html")
        # The colours of code and of cells' numbers are nbconvert's own, and so is a link in a sentence that only its
        # colour shows. The site has its own of each.
        found = faults(
            page, ".jp-InputArea .highlight span", ".jp-InputPrompt", rules_off=("link-in-text-block",)
        )
    assert not found, "\n".join(found)
