"""The arguments of every command; help and parser errors are translated."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
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
    (r"the following arguments are required: (?P<what>.+)", N_("missing: {what}")),
    (r"unrecognized arguments: (?P<what>.+)", N_("not understood: {what}")),
    (
        r"argument (?P<what>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{what} cannot be {value}. Choose from {choices}"),
    ),
    (r"argument (?P<what>.+?): expected (one|at least one) argument", N_("{what} needs a value")),
    (
        r"argument (?P<what>.+?): not allowed with argument (?P<other>.+)",
        N_("{what} and {other} cannot be used together"),
    ),
    (r"argument (?P<what>--week): (?P<reason>.+)", N_("{what}: {reason}")),
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
        description=_("Runs the weekly operations meeting: agenda, clock, KPIs, decisions."),
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
        group = command.add_argument_group(_("Arguments"))
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
        print_message(_("Run `{program} --help` for help.").format(program=self.prog))
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
        "Exit codes: 0 success, 1 a problem was found or something failed,\n2 the command was not "
        "understood."
    )


def _add_common(group: _ArgumentGroup, language: str | None) -> None:
    group.add_argument("-h", "--help", action="help", help=_("show this help and stop"))
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=language,
        help=_("language of the program (default: that of your system)"),
    )


def _commands() -> tuple[tuple[str, str, Callable[[_ArgumentGroup], None]], ...]:
    return (
        ("run", _("open an agenda, prepare and run the meeting"), _add_agenda),
        ("demo", _("open the sample meeting, prepared for today"), _add_demo),
        ("new", _("create an agenda with comments, to fill in"), _add_new),
        ("check", _("check whether an agenda and its data are ready"), _add_check),
        ("publish", _("write the pre-read of an agenda and record when it was sent"), _add_publish),
        ("kpi", _("print the KPI table of an agenda"), _add_kpi),
        ("inspect", _("show what report files are and what they contain"), _add_inspect),
        ("minutes", _("write the minutes of a meeting again"), _add_minutes),
        ("clock", _("show only the clock of a running meeting"), _add_meeting),
        ("actions", _("list the open action items of all meetings, or close one"), _add_actions),
        ("decisions", _("list all questions and what was decided"), _add_decisions),
        ("risks", _("list the risks of all meetings, the worst first"), _add_risks),
        ("history", _("list past meetings and their results"), _add_past),
        ("search", _("find words, ids, people or ASINs in all meetings"), _add_search),
        (
            "chain",
            _("show how a KPI, its causes, decisions and actions are connected, for any id"),
            _add_chain,
        ),
        ("stats", _("action items completed, overruns, days to a decision, costs"), _add_stats),
        (
            "incident",
            _("report an incident and record who was told (within an hour)"),
            _add_incident,
        ),
        ("close", _("close a forgotten meeting as of its last step"), _add_close),
        ("reopen", _("reopen closed minutes to write a new version"), _add_reopen),
        ("reindex", _("rebuild the library from the journals"), _add_nothing),
    )


def _add_nothing(group: _ArgumentGroup) -> None:
    """For a command without arguments of its own."""


def _add_agenda(group: _ArgumentGroup) -> None:
    group.add_argument(
        "agenda",
        metavar=_("AGENDA"),
        help=_("an agenda.toml, its folder, or its name under agendas/"),
    )


def _add_force(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--force", action="store_true", help=_("replace a file that this program did not write")
    )


def _add_publish(group: _ArgumentGroup) -> None:
    _add_agenda(group)
    _add_force(group)


def _add_meeting(group: _ArgumentGroup) -> None:
    group.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("name of its folder under meetings/ (default: the newest)"),
    )


def _add_close(group: _ArgumentGroup) -> None:
    group.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("name of its folder under meetings/ (default: the newest open one)"),
    )


def _add_reopen(group: _ArgumentGroup) -> None:
    _add_meeting(group)
    group.add_argument(
        "--reason", required=True, help=_("why the minutes change (kept in the new version)")
    )


def _add_json(group: _ArgumentGroup) -> None:
    group.add_argument("--json", action="store_true", help=_("output as JSON, for other programs"))


def _add_demo(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--folder", type=Path, help=_("where to put it (default: your own data folder)")
    )
    group.add_argument(
        "--prepare", action="store_true", help=_("only prepare it, without opening it")
    )


def _add_new(group: _ArgumentGroup) -> None:
    group.add_argument("name", metavar=_("NAME"), help=_("a short name of a–z, 0–9, “-” and “_”"))
    group.add_argument(
        "--folder", type=Path, help=_("the workspace to put it into (default: this one)")
    )
    group.add_argument(
        "--marketplaces",
        default="",
        metavar="US,CA",
        help=_("the team's marketplaces (default: US, UK and DE)"),
    )


def _parse_day(text: str) -> date:
    """Return the day that an option names, such as 2026-11-22; an error of argparse if none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day such as 2026-11-22").format(text=text)
        ) from error


def _add_week(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--week",
        type=_parse_day,
        metavar="2026-11-22",
        help=_("the week under review, by its last day (default: the last full week)"),
    )


def _add_check(group: _ArgumentGroup) -> None:
    _add_agenda(group)
    _add_week(group)


def _add_kpi(group: _ArgumentGroup) -> None:
    _add_agenda(group)
    _add_week(group)
    instead = group.add_mutually_exclusive_group()
    instead.add_argument(
        "--year",
        action="store_true",
        help=_("six weeks and twelve months compared with the year before"),
    )
    instead.add_argument(
        "--causes", action="store_true", help=_("causes that past meetings recorded for the KPIs")
    )
    instead.add_argument(
        "--export",
        type=Path,
        metavar=_("FILE"),
        help=_("write all weeks into a table: .csv, .xlsx or .parquet"),
    )
    group.add_argument(
        "--force", action="store_true", help=_("replace the file of --export where there is one")
    )
    _add_json(group)


def _add_inspect(group: _ArgumentGroup) -> None:
    group.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("report files"))
    _add_week(group)
    _add_json(group)


def _add_minutes(group: _ArgumentGroup) -> None:
    _add_meeting(group)
    group.add_argument("--output", type=Path, help=_("write them into this file"))
    _add_force(group)
    group.add_argument(
        "--language",
        choices=LANGUAGES,
        help=_("language of the minutes (default: that of the agenda)"),
    )
    _add_complete(group)


def _add_complete(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--complete", action="store_true", help=_("include what is sensitive (do not send it)")
    )


def _add_actions(group: _ArgumentGroup) -> None:
    group.add_argument("--series", help=_("only those of this series"))
    group.add_argument("--owner", help=_("only those of this person"))
    group.add_argument("--asin", metavar="B0…", help=_("only those about this product"))
    group.add_argument("--all", action="store_true", help=_("include closed ones"))
    group.add_argument("--done", metavar="A12", help=_("close this action item; needs --evidence"))
    group.add_argument(
        "--evidence", default="", help=_("what shows that it is done, or why nothing can")
    )
    _add_complete(group)
    _add_json(group)


def _add_incident(group: _ArgumentGroup) -> None:
    group.add_argument(
        "do",
        nargs="?",
        choices=("list", "new", "told", "close"),
        default="list",
        help=_("what to do (default: list all)"),
    )
    group.add_argument("id", nargs="?", metavar="I1", help=_("which incident"))
    group.add_argument("who", nargs="*", metavar=_("WHO"), help=_("who was told: supervisor, boss"))
    group.add_argument(
        "--kind",
        choices=("out-of-stock", "review-spike", "ads-out-of-control", "other"),
        help=_("what happened"),
    )
    group.add_argument("--phenomenon", default="", help=_("what you see"))
    group.add_argument("--scope", default="", help=_("what is affected"))
    group.add_argument("--measures", default="", help=_("what you did first"))
    group.add_argument(
        "--at", default="", help=_("when, such as 10:05 or 2026-11-23 10:05 (default: now)")
    )
    group.add_argument("--by-itself", action="store_true", help=_("it recovered by itself"))
    group.add_argument("--series", help=_("series of meetings that will review it"))
    _add_json(group)


def _add_past(group: _ArgumentGroup) -> None:
    _add_stats(group)
    _add_complete(group)


def _add_stats(group: _ArgumentGroup) -> None:
    group.add_argument("--series", help=_("only those of this series"))
    _add_json(group)


def _add_decisions(group: _ArgumentGroup) -> None:
    group.add_argument("--open", action="store_true", help=_("only those not decided yet"))
    _add_past(group)


def _add_risks(group: _ArgumentGroup) -> None:
    group.add_argument("--all", action="store_true", help=_("include closed ones"))
    _add_past(group)


def _add_search(group: _ArgumentGroup) -> None:
    group.add_argument(
        "words",
        nargs="+",
        metavar=_("TEXT"),
        help=_("what to find (all of the words, upper or lower case)"),
    )
    _add_past(group)


def _add_chain(group: _ArgumentGroup) -> None:
    group.add_argument(
        "id",
        nargs="+",
        metavar="D3",
        help=_("an id such as D3, A5, P1, R1, N2 or I3, a KPI, or a KPI and a marketplace"),
    )
    _add_past(group)
