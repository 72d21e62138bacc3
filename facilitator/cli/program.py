"""One run of the program: choose the language, read the arguments, do what they ask."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import cast

from facilitator.adapters.catalogs import choose_language, load_language
from facilitator.cli.arguments import asked_language, read_arguments
from facilitator.cli.output import complain, forgive_encodings
from facilitator.domain.errors import FacilitatorError
from facilitator.render.language import _, speak

FAILED = 1
INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl-C."""

Command = Callable[[argparse.Namespace], int]
"""Does what was asked for and returns the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code is returned."""
    words = sys.argv[1:] if argv is None else argv
    forgive_encodings()
    try:
        speak(load_language(choose_language(asked_language(words), os.environ)))
        code = _command(words)
        sys.stdout.flush()
    except FacilitatorError as error:
        complain(error.message.said(_))
        return FAILED
    except BrokenPipeError:
        _hang_up()
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        complain(_said(error))
        return FAILED
    return code


def _command(words: Sequence[str]) -> int:
    options = read_arguments(words)
    module = importlib.import_module(f"facilitator.cli.{options.command}")
    return cast("Command", module.run)(options)


def _said(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _hang_up() -> None:
    """Nobody reads any more: let the interpreter's own last flush go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
