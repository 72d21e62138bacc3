"""The workspace, a folder with `agendas/` and `meetings/`; find and read its agendas."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.regular_file import is_file, is_folder, is_missing
from facilitator.cli.output import print_diagnostics
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import Language, current_language
from facilitator.session.stored_meetings import PreparedAgenda

AGENDA_FILE = "agenda.toml"


class Workspace(Struct, frozen=True):
    """Where a team keeps its agendas and its meetings."""

    root: Path

    @property
    def agendas(self) -> Path:
        """The folder with a folder for each agenda."""
        return self.root / "agendas"

    @property
    def meetings(self) -> Path:
        """The folder with a folder for each meeting, and the library."""
        return self.root / "meetings"

    @property
    def library(self) -> Path:
        """The file with what past meetings left."""
        return self.meetings / "library.json"

    def agenda_files(self) -> tuple[Path, ...]:
        """Every agenda of the workspace, by the name of its folder; unreadable: StorageError."""
        try:
            with os.scandir(self.agendas) as entries:
                folders = sorted(each.path for each in entries if each.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise read_error(self.agendas, error) from error
        files = (Path(folder, AGENDA_FILE) for folder in folders)
        return tuple(file for file in files if not is_missing(file))


def workspace_at(place: Path) -> Workspace:
    """Return the workspace that a folder is in; the folder itself where it is in none."""
    here = place.absolute()
    return Workspace(next((up for up in (here, *here.parents) if is_folder(up / "agendas")), here))


def workspace_of(agenda: Path) -> Workspace:
    """Return the workspace of an agenda file; the file's folder where it is in none."""
    home = agenda.absolute().parent
    agendas = next((up for up in (home, *home.parents) if up.name == "agendas"), None)
    return Workspace(agendas.parent if agendas else home)


def find_agenda(named: str, here: Path) -> Path:
    """Return the agenda file of this path, folder or name; raises FacilitatorError without one."""
    found = next((each for each in _agenda_candidates(named, here) if is_file(each)), None)
    if found is not None:
        return found.absolute()
    known = [file.parent.name for file in workspace_at(here).agenda_files()]
    if known:
        raise FacilitatorError(
            N_("There is no agenda “{name}”. Agendas: {known}."),
            name=named,
            known=", ".join(known),
        )
    raise FacilitatorError(
        N_("There is no agenda “{name}”. Create one with `facilitator new weekly`."), name=named
    )


def _agenda_candidates(named: str, here: Path) -> Iterator[Path]:
    path = here / named
    yield path
    yield path / AGENDA_FILE
    yield workspace_at(here).agendas / named / AGENDA_FILE


def load_agenda(file: Path) -> Agenda:
    """Return an agenda, and print its problems; raises FacilitatorError where it cannot be used."""
    agenda, problems = read_agenda(file)
    print_diagnostics(problems)
    if agenda is None:
        raise FacilitatorError(N_("{file} has errors and cannot be used yet."), file=file)
    return agenda


def find_default_agenda(workspace: Workspace, named: Path | None) -> PreparedAgenda | None:
    """Return the agenda that was named, or the only one; None where there are several or none."""
    files = [named] if named else workspace.agenda_files()
    return _read_prepared_agenda(files[0]) if len(files) == 1 else None


def load_agendas(workspace: Workspace, language: Language) -> Sequence[PreparedAgenda]:
    """Return every agenda of a workspace with its problems; those in `language` come first."""
    return sorted(
        map(_read_prepared_agenda, workspace.agenda_files()),
        key=lambda each: each.agenda is not None and each.agenda.language != language.tag,
    )


def agenda_of_series(workspace: Workspace, series: str) -> Agenda | None:
    """Return the agenda of a series; None where none can be read."""
    return find_of_series(load_agendas(workspace, current_language()), series)


def find_of_series(prepared: Iterable[PreparedAgenda], series: str) -> Agenda | None:
    """Return the agenda of a series among those that were read; None where it is not there."""
    agendas = (each.agenda for each in prepared if each.agenda)
    return next((each for each in agendas if each.series == series), None)


def _read_prepared_agenda(file: Path) -> PreparedAgenda:
    agenda, problems = read_agenda(file)
    return PreparedAgenda(file=file, agenda=agenda, problems=problems)
