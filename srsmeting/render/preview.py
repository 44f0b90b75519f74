"""Looking on while writing: the page is made again at every save, and the browser shows it.

The server listens on this machine only, and answers nobody who calls it by another name: what is being written is not
public yet. An error is shown above the last page that could be made, and in the terminal; the next save tries again.
"""

from __future__ import annotations

import html
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

from srsmeting.errors import RenderError, SrsmetingError

HOST: Final = "127.0.0.1"
#: Names by which a browser on this machine calls the server.
_NAMES: Final = frozenset({HOST, "localhost"})
#: Seconds that a browser waits for news before it asks again.
_PATIENCE: Final = 20.0
#: Milliseconds in which saves are taken together: an editor may write a file in several steps.
_TOGETHER: Final = 200

_RELOAD: Final = """<script>
(async function () {
  var seen = %d;
  for (;;) {
    try {
      var answer = await fetch("/version?after=" + seen, {cache: "no-store"});
      if (Number(await answer.text()) !== seen) { location.reload(); return; }
    } catch (error) { await new Promise(function (done) { setTimeout(done, 1000); }); }
  }
})();
</script>
"""
_ALERT: Final = (
    '<div role="alert" style="position:sticky;top:0;z-index:9;padding:1rem;background:#7a1420;color:#fff;'
    'font:1rem/1.5 monospace;white-space:pre-wrap">%s</div>'
)
_EMPTY: Final = '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>…</title></head><body></body></html>'


class Preview:
    """A page that is made again and again; use it as a context manager, which serves it meanwhile.

    Parameters
    ----------
    build
        Makes the page in the folder that it is given, and returns the file; raises an SrsmetingError when it cannot.
    tell
        Gets what happens, line by line.
    port
        Where to listen; 0 takes a free one.

    Raises
    ------
    RenderError
        When the port is taken.
    """

    def __init__(self, build: Callable[[Path], Path], tell: Callable[[str], None], port: int = 0) -> None:
        self._build, self._tell = build, tell
        self._page, self._error, self._version = "", "", 0
        self._news = threading.Condition()
        try:
            self._server = ThreadingHTTPServer((HOST, port), _handler(self))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise RenderError(f"preview: port {port} cannot be used ({reason}). Leave --port out.") from None
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            self._version = -1
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{HOST}:{self._server.server_port}/"

    def refresh(self) -> None:
        """Make the page again, or keep the one there was and show what is wrong."""
        page, error = self._page, ""
        try:
            with tempfile.TemporaryDirectory(prefix="srsmeting-") as folder:
                page = self._build(Path(folder)).read_text(encoding="utf-8")
        except (SrsmetingError, OSError) as problem:
            error = str(problem)
            self._tell(f"srsmeting: {error}")
        with self._news:
            self._page, self._error = page, error
            self._version += 1
            self._news.notify_all()

    def shown(self) -> str:
        """Return the page, with the error where there is one, and what makes the browser follow it."""
        page = self._page or _EMPTY
        alert = _ALERT % html.escape(self._error) if self._error else ""
        start = page.find(">", page.find("<body")) + 1
        end = page.rfind("</body>")
        return f"{page[:start]}{alert}{page[start:end]}{_RELOAD % self._version}{page[end:]}"

    def version(self, after: int) -> int:
        """Return the number of the page; where the browser has that one, wait for the next."""
        with self._news:
            self._news.wait_for(lambda: self._version != after, timeout=_PATIENCE)
            return self._version


def preview(
    build: Callable[[Path], Path],
    watched: Sequence[Path],
    *,
    tell: Callable[[str], None],
    port: int = 0,
    browser: bool = True,
    stop: threading.Event | None = None,
) -> None:
    """Show a page and make it again whenever a file changes, until Ctrl-C.

    Parameters
    ----------
    build, tell, port
        As of :class:`Preview`.
    watched
        Files and folders whose changes count.
    browser
        Whether to open a browser.
    stop
        Ends it when set.

    Raises
    ------
    RenderError
        When the port is taken or there is nothing to watch.
    """
    from watchfiles import watch

    missing = [path for path in watched if not path.exists()]
    if missing:
        raise RenderError(f"{missing[0].as_posix()}: does not exist, so it cannot be watched. Check its name.")
    with Preview(build, tell, port) as page, suppress(KeyboardInterrupt):
        page.refresh()
        tell(f"{page.address} (stop with Ctrl-C)")
        if browser:
            webbrowser.open(page.address)
        for changes in watch(*watched, debounce=_TOGETHER, raise_interrupt=True, stop_event=stop):
            tell(f"changed: {', '.join(sorted({Path(name).name for _, name in changes}))}")
            page.refresh()


def _handler(page: Preview) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers the browser."""

        def do_GET(self) -> None:
            """Give the page or the number of its version."""
            parts = urlsplit(self.path)
            if self.headers.get("Host", "").rpartition(":")[0] not in _NAMES:
                self._answer(HTTPStatus.FORBIDDEN, "text/plain", "Only for a browser on this machine.")
            elif parts.path == "/":
                self._answer(HTTPStatus.OK, "text/html", page.shown())
            elif parts.path == "/version":
                after = parse_qs(parts.query).get("after", [""])[0]
                known = int(after) if after.isdecimal() else -1
                self._answer(HTTPStatus.OK, "text/plain", str(page.version(known)))
            else:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", "There is one page, at /.")

        def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
            content = text.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet: the terminal is for what the author did."""

    return Handler
