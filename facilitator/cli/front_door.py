"""The way in: the reception at once, the desk when the lobby asks for it."""

import importlib
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.workspace import Workspace
from facilitator.render.language import Language
from facilitator.session.stored import PreparedAgenda
from facilitator.tui.reception import Reception


def reception(workspace: Workspace, language: Language) -> Reception:
    """The reception of a workspace; agendas in `language` lie on top."""
    return Reception(
        clock=SystemClock(),
        at_hand=partial(agenda_at_hand, workspace),
        agendas=partial(prepared_agendas, workspace, language),
        lay_desk=cache(lambda: importlib.import_module("facilitator.cli.compose").desk(workspace)),
    )


def agenda_at_hand(workspace: Workspace, named: Path | None) -> PreparedAgenda | None:
    """The agenda that was named, or the only one there is."""
    files = [named] if named else workspace.agenda_files()
    return _prepared(files[0]) if len(files) == 1 else None


def prepared_agendas(workspace: Workspace, language: Language) -> Sequence[PreparedAgenda]:
    """Every agenda of a workspace, read as far as it could be."""
    return sorted(
        map(_prepared, workspace.agenda_files()),
        key=lambda each: each.agenda is not None and each.agenda.language != language.tag,
    )


def _prepared(file: Path) -> PreparedAgenda:
    agenda, problems = read_agenda(file)
    return PreparedAgenda(file=file, agenda=agenda, problems=problems)
