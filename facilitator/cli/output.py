"""Printing: answers to stdout, messages to stderr, control characters removed."""

import io
import json
import sys
from datetime import date, datetime

from facilitator.domain.errors import Diagnostic
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.language import _


def replace_unencodable() -> None:
    """Print a question mark where the terminal has no letter, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_text(text: str = "") -> None:
    """Print a part of the answer."""
    print(remove_unsafe_characters(text))


def print_message(text: str) -> None:
    """Print what is not the answer: what went wrong, and what goes on."""
    print(remove_unsafe_characters(text), file=sys.stderr)


def print_json(answer: object) -> None:
    """Print the whole answer for machines."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print(
        json.dumps(
            answer, ensure_ascii=encoding != "utf8", indent=2, default=_encode_date, allow_nan=False
        )
    )


def diagnostic_fields(problem: Diagnostic) -> dict[str, object]:
    """A problem for machines."""
    return {
        "severity": problem.severity,
        "file": problem.file,
        "place": problem.place(),
        "row": problem.row,
        "column": problem.column or None,
        "message": problem.message.translate(_),
        "hint": problem.hint.translate(_) if problem.hint else None,
    }


def _encode_date(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
