"""Entry point: choose the language, parse the arguments, run the command, report errors."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from facilitator.adapters.catalogs import choose_language, load_language
from facilitator.cli.arguments import find_language_option, parse_arguments
from facilitator.cli.output import (
    discard_unwritable,
    open_closed_streams,
    print_message,
    replace_unencodable,
)
from facilitator.domain.errors import FacilitatorError
from facilitator.render.language import _, set_language

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
"""The exit code by which shells know a program that was stopped with Ctrl-C."""

Command = Callable[[argparse.Namespace], int]
"""Runs a command and returns its exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code.

    0 all is well, 1 a problem was found or something failed, 130 stopped with Ctrl-C. Ends the
    program with 2 for a command line that cannot be parsed, and with 0 after `--help`.
    """
    words = sys.argv[1:] if argv is None else argv
    open_closed_streams()
    replace_unencodable()
    try:
        set_language(load_language(choose_language(find_language_option(words), os.environ)))
        code = _run_command(words)
        sys.stdout.flush()
    except FacilitatorError as error:
        print_message(error.message.translate(_))
        return EXIT_FAILED
    except BrokenPipeError:
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        print_message(_os_error_text(error))
        return EXIT_FAILED
    finally:
        discard_unwritable()
    return code


def _run_command(words: Sequence[str]) -> int:
    options = parse_arguments(words)
    return _find_command(options.command)(options)


def _find_command(name: str) -> Command:
    """Return the function of a command; only the modules that it needs are imported."""
    match name:
        case "lobby" | "run" | "demo":
            from facilitator.cli.interactive import run_agenda, run_demo, run_lobby

            return {"lobby": run_lobby, "run": run_agenda, "demo": run_demo}[name]
        case "new" | "check":
            from facilitator.cli.preparation import run_check, run_new

            return {"new": run_new, "check": run_check}[name]
        case "inspect":
            from facilitator.cli.inspection import run_inspect

            return run_inspect
        case "history" | "decisions" | "risks" | "search" | "chain" | "stats":
            from facilitator.cli import history, stats

            return {
                "history": history.run_history,
                "decisions": history.run_decisions,
                "risks": history.run_risks,
                "search": history.run_search,
                "chain": history.run_chain,
                "stats": stats.run_stats,
            }[name]
        case "actions" | "incident" | "kpi":
            from facilitator.cli import actions, incident, kpi

            return {
                "actions": actions.run_actions,
                "incident": incident.run_incident,
                "kpi": kpi.run_kpi,
            }[name]
        case _:
            from facilitator.cli import lifecycle

            return {
                "publish": lifecycle.run_publish,
                "clock": lifecycle.run_clock,
                "minutes": lifecycle.run_minutes,
                "close": lifecycle.run_close,
                "reopen": lifecycle.run_reopen,
                "reindex": lifecycle.run_reindex,
            }[name]


def _os_error_text(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason
