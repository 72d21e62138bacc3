"""The arguments of every command; help and parser errors are translated."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from facilitator import __version__
from facilitator.adapters.catalogs import LANGUAGES
from facilitator.cli.output import print_message
from facilitator.domain.errors import N_
from facilitator.render.language import _

PROGRAM = "facilitator"
EXIT_USAGE = 2
"""The exit code for a command line that cannot be parsed."""

PARSER_ERRORS = (
    (r"the following arguments are required: (?P<what>.+)", N_("this is missing: {what}")),
    (r"unrecognized arguments: (?P<what>.+)", N_("this is not understood: {what}")),
    (
        r"argument (?P<what>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{what} cannot be {value}; choose from {choices}"),
    ),
    (r"argument (?P<what>.+?): expected (one|at least one) argument", N_("{what} needs a value")),
    (
        r"argument (?P<what>.+?): not allowed with argument (?P<other>.+)",
        N_("{what} and {other} do not go together"),
    ),
)
"""Patterns of the errors of argparse, and their translatable texts; others are not translated."""


def find_language_option(argv: Sequence[str]) -> str | None:
    """Return the value of `--lang`; None without one. Parser errors need it before parsing."""
    language = None
    words = iter(argv)
    for word in words:
        if word == "--":
            break
        if word == "--lang":
            language = next(words, None)
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
    return language if language in LANGUAGES else None


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return the command and its options; exits with 0 after `--help`, with 2 after an error."""
    parser = _LocalizedParser(
        prog=PROGRAM,
        description=_("Runs the weekly operations meeting: agenda, clock, figures, decisions."),
        epilog=_exit_code_help(),
    )
    options = parser.add_argument_group(_("Options"))
    _add_common(options, language=None)
    options.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__}",
        help=_("print the version and stop"),
    )
    parser.set_defaults(command="lobby")
    commands = parser.add_subparsers(
        title=_("Commands (without one, the lobby opens)"), metavar=_("COMMAND")
    )
    for name, summary, declare in _commands():
        command = commands.add_parser(
            name, help=summary, description=summary, epilog=_exit_code_help()
        )
        command.set_defaults(command=name)
        group = command.add_argument_group(_("What it takes"))
        declare(group)
        _add_common(group, language=argparse.SUPPRESS)
    return parser.parse_args(argv)


class _ArgumentGroup(Protocol):
    """What arguments can be added to."""

    def add_argument(self, *names: str, **settings: Any) -> object: ...
    def add_mutually_exclusive_group(self) -> "_ArgumentGroup": ...


class _LocalizedParser(argparse.ArgumentParser):
    """An argument parser with help and errors in the current language."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=_LocalizedFormatter, **settings
        )

    def error(self, message: str) -> NoReturn:
        """Print the usage, the error and where the help is; exit with 2."""
        print_message(self.format_usage().rstrip())
        print_message(f"{self.prog}: {_translate_error(message)}")
        print_message(_("`{program} --help` tells what it takes.").format(program=self.prog))
        sys.exit(EXIT_USAGE)


def _translate_error(message: str) -> str:
    """Return an error of argparse in the current language."""
    for pattern, sentence in PARSER_ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(sentence).format(**found.groupdict())
    return message


class _LocalizedFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


def _exit_code_help() -> str:
    return _(
        "Exit codes: 0 all is well; 1 a problem was found, or something failed;\n"
        "2 the command was not understood."
    )


def _add_common(group: _ArgumentGroup, language: str | None) -> None:
    group.add_argument("-h", "--help", action="help", help=_("show this help and stop"))
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=language,
        help=_("the language of the program; your system's unless given"),
    )


def _commands() -> tuple[tuple[str, str, Callable[[_ArgumentGroup], None]], ...]:
    return (
        ("run", _("open an agenda: get ready, hold the meeting"), _add_agenda),
        ("demo", _("open the sample meeting, prepared for today"), _add_demo),
        ("new", _("make a commented agenda to fill in"), _add_new),
        ("check", _("tell whether an agenda and its data are ready"), _add_agenda),
        ("publish", _("write the pre-read of an agenda, and note when it was sent"), _add_agenda),
        ("kpi", _("print the KPI table of an agenda"), _add_kpi),
        ("inspect", _("tell what report files are and hold"), _add_inspect),
        ("minutes", _("write the minutes of a meeting anew"), _add_minutes),
        ("clock", _("follow a running meeting with the clock alone"), _add_meeting),
        ("actions", _("list the open action items of all meetings, or close one"), _add_actions),
        ("decisions", _("list every question that was put, and what became of it"), _add_decisions),
        ("risks", _("list the risks of all meetings, the worst first"), _add_risks),
        ("history", _("list the meetings that were held, and what came of them"), _add_past),
        ("search", _("find words, ids, people or ASINs in all meetings"), _add_search),
        ("chain", _("from a KPI over cause and decision to what was done, for any id"), _add_chain),
        ("stats", _("promises kept, time overrun, days to a ruling, and what it cost"), _add_past),
        (
            "incident",
            _("report an incident, tell who was told; the clock is an hour"),
            _add_incident,
        ),
        ("close", _("close a forgotten meeting at its last step"), _add_close),
        ("reopen", _("open closed minutes again, to change them into a new version"), _add_reopen),
        ("reindex", _("build the library anew from the journals"), _add_nothing),
    )


def _add_nothing(group: _ArgumentGroup) -> None:
    """For a command without arguments of its own."""


def _add_agenda(group: _ArgumentGroup) -> None:
    group.add_argument(
        "agenda",
        metavar=_("AGENDA"),
        help=_("an agenda.toml, its folder, or its name under agendas/"),
    )


def _add_meeting(group: _ArgumentGroup) -> None:
    group.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("its folder's name under meetings/; the newest unless given"),
    )


def _add_close(group: _ArgumentGroup) -> None:
    group.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("its folder's name under meetings/; the newest open one unless given"),
    )


def _add_reopen(group: _ArgumentGroup) -> None:
    _add_meeting(group)
    group.add_argument(
        "--reason", required=True, help=_("why the minutes change; the new version tells it")
    )


def _add_json(group: _ArgumentGroup) -> None:
    group.add_argument("--json", action="store_true", help=_("for machines"))


def _add_demo(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--folder", type=Path, help=_("where to put it; a folder of your own data unless given")
    )
    group.add_argument("--prepare", action="store_true", help=_("only prepare it, open nothing"))


def _add_new(group: _ArgumentGroup) -> None:
    group.add_argument("name", metavar=_("NAME"), help=_("a short name of a–z, 0–9, - and _"))
    group.add_argument(
        "--folder", type=Path, help=_("the workspace to put it into; this one unless given")
    )


def _add_kpi(group: _ArgumentGroup) -> None:
    _add_agenda(group)
    instead = group.add_mutually_exclusive_group()
    instead.add_argument(
        "--year", action="store_true", help=_("six weeks and twelve months beside the year before")
    )
    instead.add_argument(
        "--causes", action="store_true", help=_("what past meetings put the KPIs down to")
    )
    _add_json(group)


def _add_inspect(group: _ArgumentGroup) -> None:
    group.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("report files"))
    _add_json(group)


def _add_minutes(group: _ArgumentGroup) -> None:
    _add_meeting(group)
    group.add_argument("--output", type=Path, help=_("write them into this file"))
    group.add_argument(
        "--language", choices=LANGUAGES, help=_("of the minutes; the agenda's unless given")
    )
    group.add_argument(
        "--complete", action="store_true", help=_("with what is sensitive: not to be sent")
    )


def _add_actions(group: _ArgumentGroup) -> None:
    group.add_argument("--series", help=_("only those of this series"))
    group.add_argument("--owner", help=_("only those of this person"))
    group.add_argument("--asin", metavar="B0…", help=_("only those about this product"))
    group.add_argument("--all", action="store_true", help=_("the closed ones too"))
    group.add_argument("--done", metavar="A12", help=_("tick this one off"))
    group.add_argument("--evidence", default="", help=_("what shows that it is done"))
    _add_json(group)


def _add_incident(group: _ArgumentGroup) -> None:
    group.add_argument(
        "do",
        nargs="?",
        choices=("list", "new", "told", "close"),
        default="list",
        help=_("what to do; all are listed unless given"),
    )
    group.add_argument("id", nargs="?", metavar="I1", help=_("which one was told of, or is over"))
    group.add_argument("who", nargs="*", metavar=_("WHO"), help=_("who was told: supervisor, boss"))
    group.add_argument(
        "--kind",
        choices=("out-of-stock", "review-spike", "ads-out-of-control", "other"),
        help=_("what happened"),
    )
    group.add_argument("--phenomenon", default="", help=_("what you see"))
    group.add_argument("--scope", default="", help=_("how far it reaches"))
    group.add_argument("--measures", default="", help=_("what you did first"))
    group.add_argument(
        "--at", default="", help=_("when: 10:05, 2026-11-23 10:05; now unless given")
    )
    group.add_argument("--by-itself", action="store_true", help=_("it recovered by itself"))
    group.add_argument("--series", help=_("the meetings that review it"))
    _add_json(group)


def _add_past(group: _ArgumentGroup) -> None:
    group.add_argument("--series", help=_("only those of this series"))
    _add_json(group)


def _add_decisions(group: _ArgumentGroup) -> None:
    group.add_argument("--open", action="store_true", help=_("only those that wait"))
    _add_past(group)


def _add_risks(group: _ArgumentGroup) -> None:
    group.add_argument("--all", action="store_true", help=_("those that are over too"))
    _add_past(group)


def _add_search(group: _ArgumentGroup) -> None:
    group.add_argument(
        "words", nargs="+", metavar=_("TEXT"), help=_("what to find; all of the words, in any case")
    )
    _add_past(group)


def _add_chain(group: _ArgumentGroup) -> None:
    group.add_argument(
        "id",
        nargs="+",
        metavar="D3",
        help=_("what it is about: D3, A5, P1, R1, N2, I3, a KPI, a KPI and a marketplace"),
    )
    _add_past(group)
