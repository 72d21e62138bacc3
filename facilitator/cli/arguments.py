"""The arguments: every command with its help, in the language of the reader."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from facilitator import __version__
from facilitator.adapters.catalogs import LANGUAGES
from facilitator.cli.misread import misread
from facilitator.cli.output import complain
from facilitator.render.language import _

PROGRAM = "facilitator"
NOT_UNDERSTOOD = 2
"""The exit code of a command line that cannot be read."""


def asked_language(argv: Sequence[str]) -> str | None:
    """The language asked for, found before anything can be said in it."""
    asked = None
    words = iter(argv)
    for word in words:
        if word == "--":
            break
        if word == "--lang":
            asked = next(words, None)
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in LANGUAGES else None


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for; ends the program for `--help` and for what it cannot read."""
    parser = _Parser(
        prog=PROGRAM,
        description=_("Runs the weekly operations meeting: agenda, clock, figures, decisions."),
        epilog=_exit_codes(),
    )
    options = parser.add_argument_group(_("Options"))
    _common(options, language=None)
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
        command = commands.add_parser(name, help=summary, description=summary, epilog=_exit_codes())
        command.set_defaults(command=name)
        takes = command.add_argument_group(_("What it takes"))
        declare(takes)
        _common(takes, language=argparse.SUPPRESS)
    return parser.parse_args(argv)


class _Takes(Protocol):
    """Whatever an argument can be added to."""

    def add_argument(self, *names: str, **settings: Any) -> object: ...
    def add_mutually_exclusive_group(self) -> "_Takes": ...


class _Parser(argparse.ArgumentParser):
    """A parser that says what it can in the language of the reader."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **settings)

    def error(self, message: str) -> NoReturn:
        """Say what was not understood, and where the help is."""
        complain(self.format_usage().rstrip())
        complain(f"{self.prog}: {misread(message)}")
        complain(_("`{program} --help` tells what it takes.").format(program=self.prog))
        sys.exit(NOT_UNDERSTOOD)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


def _exit_codes() -> str:
    return _(
        "Exit codes: 0 all is well; 1 a problem was found, or something failed;\n"
        "2 the command was not understood."
    )


def _common(takes: _Takes, language: str | None) -> None:
    takes.add_argument("-h", "--help", action="help", help=_("show this help and stop"))
    takes.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=language,
        help=_("the language of the program; your system's unless given"),
    )


def _commands() -> tuple[tuple[str, str, Callable[[_Takes], None]], ...]:
    return (
        ("run", _("open an agenda: get ready, hold the meeting"), _agenda),
        ("demo", _("open the sample meeting, prepared for today"), _demo),
        ("new", _("make a commented agenda to fill in"), _new),
        ("check", _("tell whether an agenda and its data are ready"), _agenda),
        ("publish", _("write the pre-read of an agenda, and note when it was sent"), _agenda),
        ("kpi", _("print the KPI table of an agenda"), _kpi),
        ("inspect", _("tell what report files are and hold"), _inspect),
        ("minutes", _("write the minutes of a meeting anew"), _minutes),
        ("clock", _("follow a running meeting with the clock alone"), _meeting),
        ("actions", _("list the open action items of all meetings, or close one"), _actions),
        ("decisions", _("list every question that was put, and what became of it"), _decisions),
        ("risks", _("list the risks of all meetings, the worst first"), _risks),
        ("history", _("list the meetings that were held, and what came of them"), _past),
        ("search", _("find words, ids, people or ASINs in all meetings"), _search),
        ("chain", _("from a KPI over cause and decision to what was done, for any id"), _chain),
        ("stats", _("promises kept, time overrun, days to a ruling, and what it cost"), _past),
        ("incident", _("report an incident, tell who was told; the clock is an hour"), _incident),
        ("close", _("close a forgotten meeting at its last step"), _close),
        ("reopen", _("open closed minutes again, to change them into a new version"), _reopen),
        ("reindex", _("build the library anew from the journals"), _nothing),
    )


def _nothing(takes: _Takes) -> None:
    """For a command that only has what all have."""


def _agenda(takes: _Takes) -> None:
    takes.add_argument(
        "agenda",
        metavar=_("AGENDA"),
        help=_("an agenda.toml, its folder, or its name under agendas/"),
    )


def _meeting(takes: _Takes) -> None:
    takes.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("its folder's name under meetings/; the newest unless given"),
    )


def _close(takes: _Takes) -> None:
    takes.add_argument(
        "meeting",
        nargs="?",
        metavar=_("MEETING"),
        help=_("its folder's name under meetings/; the newest open one unless given"),
    )


def _reopen(takes: _Takes) -> None:
    _meeting(takes)
    takes.add_argument(
        "--reason", required=True, help=_("why the minutes change; the new version tells it")
    )


def _json(takes: _Takes) -> None:
    takes.add_argument("--json", action="store_true", help=_("for machines"))


def _demo(takes: _Takes) -> None:
    takes.add_argument(
        "--folder", type=Path, help=_("where to put it; a folder of your own data unless given")
    )
    takes.add_argument("--prepare", action="store_true", help=_("only prepare it, open nothing"))


def _new(takes: _Takes) -> None:
    takes.add_argument("name", metavar=_("NAME"), help=_("a short name of a–z, 0–9, - and _"))
    takes.add_argument(
        "--folder", type=Path, help=_("the workspace to put it into; this one unless given")
    )


def _kpi(takes: _Takes) -> None:
    _agenda(takes)
    instead = takes.add_mutually_exclusive_group()
    instead.add_argument(
        "--year", action="store_true", help=_("six weeks and twelve months beside the year before")
    )
    instead.add_argument(
        "--causes", action="store_true", help=_("what past meetings put the KPIs down to")
    )
    _json(takes)


def _inspect(takes: _Takes) -> None:
    takes.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("report files"))
    _json(takes)


def _minutes(takes: _Takes) -> None:
    _meeting(takes)
    takes.add_argument("--output", type=Path, help=_("write them into this file"))
    takes.add_argument(
        "--language", choices=LANGUAGES, help=_("of the minutes; the agenda's unless given")
    )
    takes.add_argument(
        "--complete", action="store_true", help=_("with what is sensitive: not to be sent")
    )


def _actions(takes: _Takes) -> None:
    takes.add_argument("--series", help=_("only those of this series"))
    takes.add_argument("--owner", help=_("only those of this person"))
    takes.add_argument("--asin", metavar="B0…", help=_("only those about this product"))
    takes.add_argument("--all", action="store_true", help=_("the closed ones too"))
    takes.add_argument("--done", metavar="A12", help=_("tick this one off"))
    takes.add_argument("--evidence", default="", help=_("what shows that it is done"))
    _json(takes)


def _incident(takes: _Takes) -> None:
    takes.add_argument(
        "do",
        nargs="?",
        choices=("list", "new", "told", "close"),
        default="list",
        help=_("what to do; all are listed unless given"),
    )
    takes.add_argument("id", nargs="?", metavar="I1", help=_("which one was told of, or is over"))
    takes.add_argument("who", nargs="*", metavar=_("WHO"), help=_("who was told: supervisor, boss"))
    takes.add_argument(
        "--kind",
        choices=("out-of-stock", "review-spike", "ads-out-of-control", "other"),
        help=_("what happened"),
    )
    takes.add_argument("--phenomenon", default="", help=_("what you see"))
    takes.add_argument("--scope", default="", help=_("how far it reaches"))
    takes.add_argument("--measures", default="", help=_("what you did first"))
    takes.add_argument(
        "--at", default="", help=_("when: 10:05, 2026-11-23 10:05; now unless given")
    )
    takes.add_argument("--by-itself", action="store_true", help=_("it recovered by itself"))
    takes.add_argument("--series", help=_("the meetings that review it"))
    _json(takes)


def _past(takes: _Takes) -> None:
    takes.add_argument("--series", help=_("only those of this series"))
    _json(takes)


def _decisions(takes: _Takes) -> None:
    takes.add_argument("--open", action="store_true", help=_("only those that wait"))
    _past(takes)


def _risks(takes: _Takes) -> None:
    takes.add_argument("--all", action="store_true", help=_("those that are over too"))
    _past(takes)


def _search(takes: _Takes) -> None:
    takes.add_argument(
        "words", nargs="+", metavar=_("TEXT"), help=_("what to find; all of the words, in any case")
    )
    _past(takes)


def _chain(takes: _Takes) -> None:
    takes.add_argument("id", metavar="D3", help=_("what it is about: D3, A5, P1, N2, I3, a KPI"))
    _past(takes)
