"""Which meeting somebody means, and where its journal is."""

from pathlib import Path

from facilitator.adapters.journal_reader import JOURNAL_FILE
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.cli.workspace import Workspace
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.session.stored import MeetingId


def choose_meeting(workspace: Workspace, named: str | None) -> MeetingId:
    """The meeting with this name (or this folder), or else the newest one."""
    known = [each.id for each in MeetingsFolder(workspace.meetings).meetings()]
    if not known:
        raise FacilitatorError(N_("No meeting was held here yet."))
    if named is None:
        return known[0]
    name = MeetingId(Path(named).name)
    if name not in known:
        raise FacilitatorError(
            N_("There is no meeting “{name}”. These are here: {known}."),
            name=named,
            known=", ".join(known),
        )
    return name


def journal_of(workspace: Workspace, meeting_id: MeetingId) -> Path:
    """The journal of a meeting."""
    return workspace.meetings / meeting_id / JOURNAL_FILE
