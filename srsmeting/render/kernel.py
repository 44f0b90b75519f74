"""One Jupyter kernel for a book: the interpreter that runs srsmeting, never an installed kernelspec.

Quarto gives every chapter a kernel of its own. Starting one takes most of a second, so here one kernel serves the book
and forgets its variables between chapters; imported modules stay loaded, so state *inside* a module survives.
"""

from __future__ import annotations

import json
import os
import queue
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from srsmeting.errors import RenderError

#: Seconds to wait for the kernel to come up, on a slow and busy machine.
STARTUP_TIMEOUT = 120
#: Seconds between two looks at whether the kernel is still alive.
_POLL = 1.0
#: A Unix socket's path may be about 100 bytes long; the kernel adds '-1' to '-5'.
_SOCKET_LIMIT = 90

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_SYNTAX_PLACE = re.compile(r" \((?:\d+\.py|<string>), line \d+\)$")
_CELL_LINE = re.compile(r"Cell In\[(\d+)\], line (\d+)")

#: What must not differ between two runs, unless the user says so.
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",  # 1980: the first date that a zip file can hold
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

_ENVIRON = "__import__('os').environ.update(__import__('json').loads({values!r}))"

_FORGET = """
get_ipython().reset(new_session=False)
__import__("os").chdir({directory!r})
"""


@dataclass(frozen=True)
class Output:
    """One thing that a cell showed: a stream (`stdout`, `stderr`), or a display with one text per MIME type."""

    stream: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class CellError(Exception):
    """An exception inside the kernel.

    Parameters
    ----------
    name, value
        Class and message of the exception.
    line
        Line of the code that was running, counted from 1, or 0 where it is not known.
    traceback
        The traceback as text.
    """

    def __init__(self, name: str, value: str, line: int = 0, traceback: str = "") -> None:
        self.name, self.value, self.line, self.traceback = name, value, line, traceback
        super().__init__(f"{name}: {value}" if value else name)


class Kernel:
    """A running kernel; use it as a context manager.

    Parameters
    ----------
    env
        Environment variables beside those of this process.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        # Imported here: jupyter_client takes longer to import than most commands take to run.
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import KernelManager

        self._folder = tempfile.TemporaryDirectory(prefix="srs-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        socket = folder / "s"
        # Sockets in a folder of our own cannot collide with those of another run; ports can.
        local = os.name == "posix" and len(os.fsencode(socket)) < _SOCKET_LIMIT
        where = {"transport": "ipc", "ip": str(socket)} if local else {}
        self._manager = KernelManager(connection_file=str(folder / "kernel.json"), **where)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        command += ["--HistoryManager.enabled=False", "--InteractiveShell.colors=nocolor"]
        self._manager._kernel_spec = KernelSpec(argv=command, display_name="srsmeting", language="python")
        self._log = (folder / "kernel.log").open("w+b")
        full = {**_ENVIRONMENT, **os.environ, "IPYTHONDIR": str(folder / "ipython"), **env}
        self._manager.start_kernel(env=full, cwd=str(folder), stdout=self._log, stderr=self._log)
        self._client = self._manager.client()
        self._client.start_channels()

    def __enter__(self) -> Self:
        try:
            self._client.wait_for_ready(timeout=STARTUP_TIMEOUT)
        except RuntimeError:
            error = self._died("did not start")
            self.close()
            raise error from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the kernel and remove what it left."""
        self._client.stop_channels()
        with suppress(Exception):  # it may be dead already, and a fault in cleaning up must not hide the first one
            self._manager.shutdown_kernel(now=True)
        self._log.close()
        self._folder.cleanup()

    def forget(self, directory: Path) -> None:
        """Start a chapter: drop every variable and go to the folder of the chapter."""
        self.run(_FORGET.format(directory=str(directory)))

    def run(self, code: str) -> list[Output]:
        """Run code and return what it showed.

        Raises
        ------
        CellError
            When the code raises.
        RenderError
            When the kernel dies.
        """
        message = self._client.execute(code, allow_stdin=False, stop_on_error=False)
        outputs = list(self._outputs(message))
        self._raise(self._reply(message))
        return _joined(outputs)

    def evaluate(self, expressions: Sequence[str]) -> list[dict[str, Any] | CellError]:
        """Evaluate expressions in one round trip; return for each the MIME bundle of its value, or its error."""
        keyed = {str(position): expression for position, expression in enumerate(expressions)}
        message = self._client.execute("", silent=False, store_history=False, user_expressions=keyed, allow_stdin=False)
        list(self._outputs(message))
        reply = self._reply(message)
        self._raise(reply)
        results = reply["user_expressions"]
        return [
            results[key]["data"] if results[key]["status"] == "ok" else _error(results[key], reply) for key in keyed
        ]

    def _outputs(self, message: str) -> Iterator[Output]:
        while True:
            received = self._receive(self._client.get_iopub_msg)
            if received["parent_header"].get("msg_id") != message:
                continue
            kind, content = received["msg_type"], received["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return
            if kind == "stream":
                yield Output(stream=content["name"], data={"text/plain": content["text"]})
            elif kind in ("display_data", "execute_result"):
                yield Output(data=content["data"])

    def _reply(self, message: str) -> dict[str, Any]:
        while True:
            received = self._receive(self._client.get_shell_msg)
            if received["parent_header"].get("msg_id") == message:
                content: dict[str, Any] = received["content"]
                return content

    def _receive(self, get: Any) -> Any:
        while True:
            try:
                return get(timeout=_POLL)
            except queue.Empty:
                if not self._manager.is_alive():
                    raise self._died("stopped while it ran a cell") from None

    def _died(self, what: str) -> RenderError:
        self._log.seek(0)
        tail = self._log.read().decode(errors="replace").strip().splitlines()[-1:]
        said = f" It said: {tail[0]}" if tail else ""
        return RenderError(f"{sys.executable}: the Python process that runs the cells {what}.{said}")

    @staticmethod
    def _raise(reply: dict[str, Any]) -> None:
        if reply["status"] != "ok":
            raise _error(reply, reply)


class SharedKernel:
    """A kernel that serves several renderings, one after another; it starts when the first of them needs it."""

    def __init__(self) -> None:
        self._kernel: Kernel | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kernel is not None:
            self._kernel.close()

    @contextmanager
    def lend(self, env: Mapping[str, str]) -> Iterator[Kernel]:
        """Give the kernel to a rendering, with its environment variables; every rendering has the same names."""
        if self._kernel is None:
            self._kernel = Kernel(env).__enter__()
        else:
            self._kernel.run(_ENVIRON.format(values=json.dumps(dict(env))))
        yield self._kernel


def _error(content: dict[str, Any], reply: dict[str, Any]) -> CellError:
    trace = _ANSI.sub("", "\n".join(content.get("traceback", [])))
    count = str(reply.get("execution_count"))
    lines = [int(line) for cell, line in _CELL_LINE.findall(trace) if cell == count]
    value = _SYNTAX_PLACE.sub("", _ANSI.sub("", content.get("evalue", "")))
    return CellError(content.get("ename", "Error"), value, (lines or [0])[0], trace)


def _joined(outputs: list[Output]) -> list[Output]:
    """Put together what one stream wrote in pieces: the pieces depend on timing."""
    joined: list[Output] = []
    for output in outputs:
        if output.stream and joined and joined[-1].stream == output.stream:
            text = joined[-1].data["text/plain"] + output.data["text/plain"]
            joined[-1] = Output(stream=output.stream, data={"text/plain": text})
        else:
            joined.append(output)
    return joined


def literal(value: object) -> str:
    """Return Python source for a parameter; parameters are what JSON can hold."""
    return f"__import__('json').loads({json.dumps(value)!r})"
