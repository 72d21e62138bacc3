"""Whether people have the agenda, as a line of the readiness list."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, message
from facilitator.domain.publication import is_late, sent_when
from facilitator.session.readiness import Check, Readiness

SHELF = "agendas"
"""The folder in which an agenda goes by its folder's name."""


def sent_check(agenda: Agenda) -> Iterator[Check]:
    """How long before the meeting it was sent; nothing where it need not be."""
    told = sent_when(agenda)
    if told is None and agenda.notice == timedelta():
        return
    is_ready = told is not None and not is_late(agenda)
    yield Check(
        readiness=Readiness.READY if is_ready else Readiness.WARNING,
        title=message(N_("Pre-read")),
        detail=told
        or message(
            N_("not sent yet: run `facilitator publish {agenda}`"), agenda=_named(agenda.file)
        ),
    )


def _named(file: str) -> str:
    """What the command is told: a short name where there is one."""
    home = Path(file).parent
    return home.name if home.parent.name == SHELF else file
