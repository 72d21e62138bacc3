"""Print answers to stdout and messages to stderr, without control characters; print JSON."""

import codecs
import io
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

import msgspec

from facilitator.cli.transliteration import ERROR_HANDLER, transliterate
from facilitator.domain.errors import Diagnostic
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.language import _


def open_closed_streams() -> None:
    """Open the null device for each of stdin, stdout and stderr that the shell has closed.

    The journal would otherwise get the number of one of them, and a subprocess would write to it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def replace_unencodable() -> None:
    """Make stdout and stderr write what they cannot encode in other letters, and never raise."""
    codecs.register_error(ERROR_HANDLER, transliterate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERROR_HANDLER)


def discard_unwritable() -> None:
    """Send what stdout or stderr cannot take, such as a broken pipe, to the null device.

    The interpreter would try again as it exits, complain, and change the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)


def print_text(text: str = "") -> None:
    """Print a line of the answer to stdout."""
    print(remove_unsafe_characters(text))


def print_message(text: str) -> None:
    """Print a line that is not part of the answer, such as a warning, to stderr if that works."""
    with suppress(OSError):  # nobody reads it; the answer does not depend on it
        print(remove_unsafe_characters(text), file=sys.stderr)


def warn_of_sensitive() -> None:
    """Print the warning that goes with an answer that nobody but the recorder may see."""
    print_message(
        _("This copy is for the recorder only. It contains what is sensitive. Do not send it.")
    )


def print_diagnostics(problems: Iterable[Diagnostic]) -> None:
    """Print a line for each problem to stderr."""
    for problem in problems:
        print_message(problem.translate(_))


def print_json(answer: object) -> None:
    """Print the whole answer as JSON; structs become objects, and dates ISO 8601 strings.

    A moment keeps its offset in digits (`+00:00`), where msgspec would write `Z`; letters that
    stdout cannot encode are escaped.
    """
    plain = msgspec.to_builtins(answer, builtin_types=(datetime,))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print_text(
        json.dumps(
            plain,
            ensure_ascii=encoding != "utf8",
            indent=2,
            default=datetime.isoformat,
            allow_nan=False,
        )
    )


def diagnostic_fields(problem: Diagnostic) -> dict[str, object]:
    """Return what `--json` prints of a problem."""
    return {
        "severity": problem.severity,
        "file": problem.file,
        "place": problem.place(),
        "row": problem.row,
        "rows": problem.rows,
        "amount": problem.amount,
        "currency": problem.currency or None,
        "column": problem.column or None,
        "message": problem.message.translate(_),
        "hint": problem.hint.translate(_) if problem.hint else None,
    }
