"""What every command does alike: its errors, its help, its progress, and how it writes a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from srsmeting.errors import SrsmetingError

#: Done, with findings that a person must look at.
FINDINGS: Final = 1
#: Could not be done.
FAILED: Final = 2

#: The argument that names a measurement.
METING: Final = click.argument("meting", type=click.Path(path_type=Path))


class Commands(click.Group):
    """Commands in the order of the work; an error of ours is one message and exit status 2, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which is meant."""
        from srsmeting.errors import suggest

        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(f"no command {args[0]!r}. {suggest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes a message."""
        try:
            return super().invoke(ctx)
        except SrsmetingError as error:
            if ctx.find_root().params.get("debug"):
                raise
            progress()
            click.echo(f"srsmeting: {error}", err=True)
            ctx.exit(FAILED)


def examples(*lines: str) -> str:
    """Return lines as the examples at the end of a help text."""
    # A line with only \b keeps click from filling the lines below it into a paragraph.
    return "\n".join(["\b", "Example" if len(lines) == 1 else "Examples", *(f"  {line}" for line in lines)])


def write_new(text: str, output: str) -> None:
    """Write text to a file that does not exist yet: a person may have worked on the one that does."""
    if output == "-":
        click.echo(text, nl=False)
        return
    try:
        with Path(output).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise SrsmetingError(f"{output}: is there already. Name another file, or remove it.") from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not the name of a file"
        raise SrsmetingError(f"{output}: cannot be written: {reason}.") from None
    say(output)


def progress(text: str = "") -> None:
    """Tell of progress on one line that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{text and text + ' …'}", err=True, nl=False)


def say(text: str) -> None:
    """Print a line of the result, in place of the progress."""
    progress()
    click.echo(text)
