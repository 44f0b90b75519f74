"""Pages as people get them, in a real browser.

What this needs from outside Python, `.ci/run` installs: Debian's chromium, and axe-core with
``npm install --prefix tests/browser``. Without them the tests are skipped, and say so; in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from srsmeting.bundled import bundled

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
#: Nothing that a test needs comes from the network, and nothing is asked of it.
QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update")

#: Opens a page ("book", "factsheet" or "intake") in a window of a width.
Visit = Callable[[str, int], Page]


def _lacking(what: str, how: str) -> None:
    message = f"{what} is not installed, so nothing was tried in a browser. Install it: {how}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        _lacking("chromium", "apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        _lacking("axe-core", "npm install --prefix tests/browser --no-package-lock")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pages(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make each page once, with the commands that make them."""
    folder = tmp_path_factory.mktemp("pages")
    one_group = ("--per", "wgo", "--only", "zorgpleinnoord")
    of = {
        "book": ("nulmeting", "srs_2021", "nulmeting.html"),
        "repeat": ("nulmeting", "srs_2022", "nulmeting.html"),
        "factsheet": ("regio", "srs_2021", "regio-zorgpleinnoord.html", *one_group),
        "goals": ("zorgpilots", "zorgpilots_2010", "zorgpilots.html"),
    }
    found = {"intake": folder / "intake.html"}
    commands: list[tuple[str, ...]] = [("check", str(bundled("analyses/srs_2021")), "--report", str(found["intake"]))]
    for page, (report, meting, name, *more) in of.items():
        found[page] = folder / page / name
        named = (str(bundled(f"reports/{report}")), "--meting", str(bundled(f"analyses/{meting}")))
        commands.append(("render", *named, "--to", "html", "-o", str(folder / page), *more))
    for command in commands:
        subprocess.run([sys.executable, "-m", "srsmeting", *command], check=True, capture_output=True)
    return found


# One module at a time: while Playwright runs, nothing else in this process can run an event loop.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=[*QUIET])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, pages: dict[str, Path]) -> Iterator[Visit]:
    opened = []

    def open_page(name: str, width: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.set_default_timeout(10_000)
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for page in opened:
        page.close()
