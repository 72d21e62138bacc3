"""The sample's folder of today: where it lies, and that it is there."""

import importlib
import re
from datetime import date, datetime
from pathlib import Path

from platformdirs import user_data_path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.arguments import PROGRAM
from facilitator.cli.output import complain
from facilitator.cli.workspace import AGENDA_FILE, Workspace, sample_agendas
from facilitator.cli.zone import local_zone
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import _

AGENDA_IN = {"en": "weekly", "zh_CN": "weekly-zh"}
"""The sample's agenda in each language."""

_STARTS = re.compile(rb"^starts = (\d{4}-\d\d-\d\d)T", re.MULTILINE)


def demo_now() -> datetime:
    """This moment on the wall of whoever looks at the sample."""
    zone = local_zone() or sample_agenda(sample_agendas()).starts.tzinfo
    return SystemClock().now().astimezone(zone)


def demo_folder(named: Path | None, now: datetime) -> Path:
    """The folder asked for, or else today's own."""
    if named is not None:
        return named.absolute()
    return user_data_path(PROGRAM, appauthor=False) / "demo" / now.date().isoformat()


def sample_agenda(agendas: Path, name: str = AGENDA_IN["en"]) -> Agenda:
    """An agenda of the sample, which must be without a fault."""
    agenda, problems = read_agenda(agendas / name / AGENDA_FILE)
    if agenda is None:
        raise FacilitatorError(
            N_("The sample is damaged: {problem} Install Facilitator again."),
            problem=problems[0].said(_),
        )
    return agenda


def is_prepared(folder: Path, on: date) -> bool:
    """Whether today's sample lies there already; a folder with anything else in it is refused."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return False
    held = {file.parent.name for file in Workspace(folder).agenda_files()}
    if not held.issuperset(AGENDA_IN.values()):
        raise FacilitatorError(
            N_("{folder} holds something else; name a folder that is new or empty."), folder=folder
        )
    agenda = (folder / "agendas" / AGENDA_IN["en"] / AGENDA_FILE).read_bytes()
    starts = _STARTS.search(agenda)  # the lobby reads the rest
    if starts is not None and (day := starts[1].decode()) != on.isoformat():
        raise FacilitatorError(
            N_("{folder} holds the sample of {day}; name another folder for today's."),
            folder=folder,
            day=day,
        )
    return True


def prepared(folder: Path, now: datetime) -> Workspace:
    """The sample's workspace, made where it is not there yet."""
    if not is_prepared(folder, now.date()):
        complain(_("Preparing the sample for today in {folder}…").format(folder=folder))
        importlib.import_module("facilitator.cli.preparing").prepare(folder, now)
    return Workspace(folder)
