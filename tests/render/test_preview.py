"""A page that follows what is saved, seen by this machine only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.preview import Preview, preview

PAGE = "<!DOCTYPE html><html><head></head><body class='x'>\n<p>{}</p>\n</body></html>"


class Source:
    """A file that is the page, or that cannot be made into one."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "bron" / "h1.qmd"
        self.file.parent.mkdir()
        self.file.write_text("een")
        self.told: list[str] = []

    def build(self, folder: Path) -> Path:
        text = self.file.read_text()
        if "fout" in text:
            raise RenderError(f"h1.qmd:3: <b> {text} & meer.")
        made = folder / "uit.html"
        made.write_text(PAGE.format(text))
        return made


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


@pytest.fixture
def page(source: Source) -> Iterator[Preview]:
    with Preview(source.build, source.told.append) as made:
        made.refresh()
        yield made


def get(address: str, **headers: str) -> str:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_the_page_is_served_with_what_makes_the_browser_follow_it(page: Preview) -> None:
    shown = get(page.address)

    assert page.address.startswith("http://127.0.0.1:")
    assert shown.startswith("<!DOCTYPE html><html><head></head><body class='x'>\n<p>een</p>\n<script>")
    assert "var seen = 1;" in shown
    assert shown.endswith("</script>\n</body></html>")


def test_the_browser_hears_of_a_new_page(page: Preview, source: Source) -> None:
    heard: list[str] = []
    waiting = threading.Thread(target=lambda: heard.append(get(f"{page.address}version?after=1")))
    waiting.start()
    source.file.write_text("twee")
    page.refresh()
    waiting.join(timeout=30)

    assert heard == ["2"]
    assert "<p>twee</p>" in get(page.address)


def test_an_error_stands_above_the_last_page_until_it_is_repaired(page: Preview, source: Source) -> None:
    source.file.write_text("fout")
    page.refresh()

    shown = get(page.address)
    assert 'white-space:pre-wrap">h1.qmd:3: &lt;b&gt; fout &amp; meer.</div>\n<p>een</p>' in shown
    assert source.told == ["srsmeting: h1.qmd:3: <b> fout & meer."]

    source.file.write_text("drie")
    page.refresh()
    assert "pre-wrap" not in get(page.address)


def test_an_error_at_the_start_has_a_page_of_its_own(source: Source) -> None:
    source.file.write_text("fout")
    with Preview(source.build, source.told.append) as made:
        made.refresh()
        assert '<body><div role="alert"' in get(made.address)


@pytest.mark.parametrize(
    ("path", "headers", "status", "said"),
    [
        ("", {"Host": "kwaad.example:80"}, 403, "Only for a browser on this machine."),
        ("../etc/passwd", {}, 404, "There is one page, at /."),
    ],
)
def test_nothing_else_is_served_and_to_nobody_else(
    page: Preview, path: str, headers: dict[str, str], status: int, said: str
) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(page.address + path, **headers)
    with caught.value as answer:
        assert (answer.code, answer.read().decode()) == (status, said)


def test_a_port_that_is_taken(page: Preview, source: Source) -> None:
    port = int(page.address.rpartition(":")[2].strip("/"))
    with pytest.raises(RenderError) as caught:
        Preview(source.build, source.told.append, port)

    assert str(caught.value) == f"preview: port {port} cannot be used (Address already in use). Leave --port out."


def wait(for_: Callable[[], bool]) -> None:
    """Wait until something is so; a slow machine gets half a minute."""
    end = time.monotonic() + 30
    while not for_():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_a_save_makes_the_page_again_until_it_is_stopped(source: Source) -> None:
    stop = threading.Event()
    running = threading.Thread(
        target=preview,
        args=(source.build, [source.file.parent]),
        kwargs={"tell": source.told.append, "browser": False, "stop": stop},
    )
    running.start()
    wait(lambda: bool(source.told))
    address = source.told[0].partition(" ")[0]

    def saved() -> bool:
        source.file.write_text("twee")  # the watching begins a moment after the address is told
        return "<p>twee</p>" in get(address)

    wait(saved)
    stop.set()
    running.join(timeout=30)

    assert not running.is_alive()
    assert source.told[0] == f"{address} (stop with Ctrl-C)"
    assert "changed: h1.qmd" in source.told


SCRIPT = """
import signal, sys
from pathlib import Path
from srsmeting.render.preview import preview

def build(folder):
    page = folder / "a.html"
    page.write_text("<body></body>")
    return page

# Whoever runs the tests in the background hands down that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
preview(build, [Path(sys.argv[1])], tell=lambda text: print(text, flush=True), browser=False)
print("klaar")
"""


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C")
def test_ctrl_c_stops_it_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().endswith("/ (stop with Ctrl-C)\n")
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        try:
            said, complaint = running.communicate(timeout=30)
        finally:
            running.kill()

    assert (running.returncode, said, complaint) == (0, "klaar\n", "")


def test_what_is_not_there_cannot_be_watched(source: Source, tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        preview(source.build, [tmp_path / "weg"], tell=source.told.append)

    assert str(caught.value) == (
        f"{(tmp_path / 'weg').as_posix()}: does not exist, so it cannot be watched. Check its name."
    )
