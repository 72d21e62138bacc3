"""The agenda in a file, for commands that can do nothing without one."""

from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.cli.output import complain
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import _


def usable_agenda(file: Path) -> Agenda:
    """The agenda, with what is odd about it told; raises FacilitatorError where there is none."""
    agenda, problems = read_agenda(file)
    for problem in problems:
        complain(problem.said(_))
    if agenda is None:
        raise FacilitatorError(N_("{file} cannot be used as it is."), file=file)
    return agenda
