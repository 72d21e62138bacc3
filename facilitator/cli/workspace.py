"""The workspace: the folder that holds `agendas/`, and beside it the meetings they led to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import facilitator
from facilitator.domain.errors import N_, FacilitatorError

AGENDA_FILE = "agenda.toml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a team keeps its agendas and its meetings."""

    root: Path

    @property
    def agendas(self) -> Path:
        """Holds a folder for each agenda."""
        return self.root / "agendas"

    @property
    def meetings(self) -> Path:
        """Holds a folder for each meeting, and the library."""
        return self.root / "meetings"

    @property
    def library(self) -> Path:
        """What past meetings left, in one file."""
        return self.meetings / "library.json"

    def agenda_files(self) -> tuple[Path, ...]:
        """Every agenda of the workspace, by the name of its folder."""
        return tuple(sorted(self.agendas.glob(f"*/{AGENDA_FILE}")))


def workspace_at(place: Path) -> Workspace:
    """The workspace that a folder belongs to; the folder itself where it belongs to none."""
    here = place.absolute()
    return Workspace(next((up for up in (here, *here.parents) if (up / "agendas").is_dir()), here))


def workspace_of(agenda: Path) -> Workspace:
    """The workspace that an agenda file belongs to; its own folder where it stands alone."""
    home = agenda.absolute().parent
    shelf = next((up for up in (home, *home.parents) if up.name == "agendas"), None)
    return Workspace(shelf.parent if shelf else home)


def find_agenda(named: str, here: Path) -> Path:
    """The agenda file that somebody means by its path, its folder, or its name."""
    found = next((each for each in _meant(named, here) if each.is_file()), None)
    if found is not None:
        return found.absolute()
    known = [file.parent.name for file in workspace_at(here).agenda_files()]
    if known:
        raise FacilitatorError(
            N_("There is no agenda “{name}”. These are here: {known}."),
            name=named,
            known=", ".join(known),
        )
    raise FacilitatorError(
        N_("There is no agenda “{name}”. Make one with `facilitator new weekly`."), name=named
    )


def sample_agendas() -> Path:
    """The sample's agendas, as they come with the program: in the wheel, or in the repository."""
    package = Path(facilitator.__file__).parent
    installed = package / "sample"
    return installed if installed.is_dir() else package.parent / "agendas"


def _meant(named: str, here: Path) -> Iterator[Path]:
    path = here / named
    yield path
    yield path / AGENDA_FILE
    yield workspace_at(here).agendas / named / AGENDA_FILE
