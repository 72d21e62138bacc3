"""A meeting's life cycle: `publish`, `clock`, `minutes`, `close`, `reopen`, `reindex`.

Each command returns its exit code: 0, or 1 where a file was damaged.
"""

import argparse
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.journal_follower import JournalFollower
from facilitator.adapters.journal_reader import (
    JOURNAL_FILE,
    find_journals,
    read_journal,
    read_steps,
    recover_events,
)
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder, are_minutes
from facilitator.adapters.output_file import check_output, write_output
from facilitator.adapters.publication_file import read_publication, write_publication
from facilitator.adapters.regular_file import exists
from facilitator.cli.bootstrap import build_services, open_clock
from facilitator.cli.output import print_diagnostics, print_message, print_text, warn_of_sensitive
from facilitator.cli.workspace import (
    Workspace,
    find_agenda,
    load_agenda,
    workspace_at,
    workspace_of,
)
from facilitator.domain.errors import N_, FacilitatorError, JournalError
from facilitator.domain.events.meeting import MeetingClosed
from facilitator.domain.publication import describe_sending, mark_published
from facilitator.domain.redaction import contains_sensitive
from facilitator.render.language import _, current_language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from facilitator.session.services import Services, build_pre_read
from facilitator.session.stored_meetings import MeetingId


def _find_meeting(workspace: Workspace, named: str | None) -> MeetingId:
    """Return the meeting with this name or folder, or the newest; FacilitatorError without one."""
    archive = MeetingsFolder(workspace.meetings)
    known = [each.id for each in archive.meetings()]
    if named is None or Path(named).name not in known:
        print_diagnostics(archive.problems)
    if not known:
        raise FacilitatorError(N_("There are no meetings here yet."))
    if named is None:
        return known[0]
    name = MeetingId(Path(named).name)
    if name not in known:
        raise FacilitatorError(
            N_("There is no meeting “{name}”. Meetings: {known}."),
            name=named,
            known=", ".join(known),
        )
    return name


def _journal_path(workspace: Workspace, meeting_id: MeetingId) -> Path:
    return workspace.meetings / meeting_id / JOURNAL_FILE


def run_publish(options: argparse.Namespace) -> int:
    """Write the pre-read, and print how long before the meeting it was published.

    Published again, the first time counts.
    """
    file = find_agenda(options.agenda, Path.cwd())
    agenda = load_agenda(file)
    services = build_services(workspace_of(file))
    text = build_pre_read(services, agenda, services.load(agenda))
    with services.archive.lock():  # so that the first time counts, whoever else publishes it
        before, _problems = read_publication(file)
        publication = mark_published(before, agenda.starts, services.clock.now())
        path = write_publication(file, publication, text, force=options.force)
    print_text(_("{file} was written. Send it to everybody.").format(file=path))
    if publication.updated_at is not None:
        print_text(
            _(
                "It had been published before. The file is updated, and the time of the first "
                "publication still counts."
            )
        )
    if sent := describe_sending(replace(agenda, sent_at=publication.sent_at)):
        print_text(_("Agenda: {sent}").format(sent=current_language().translate(sent)))
    return 0


def run_clock(options: argparse.Namespace) -> int:
    """Show the clock of the meeting that is named, or of the one that is running."""
    workspace = workspace_at(Path.cwd())
    if options.meeting is None:
        return open_clock(partial(follow_running, workspace.meetings))
    journal = _journal_path(workspace, _find_meeting(workspace, options.meeting))
    return open_clock(partial(JournalFollower, journal))


def follow_running(meetings: Path) -> JournalFollower | None:
    """Return a follower of the journal that was written last; None where its meeting is over."""
    paths = [journal.path for journal in find_journals(meetings)]
    if not paths:
        return None
    try:
        newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
    except OSError as error:
        raise read_error(meetings, error) from error
    is_over = any(isinstance(event, MeetingClosed) for event in read_journal(newest).events)
    return None if is_over else JournalFollower(newest)


def run_minutes(options: argparse.Namespace) -> int:
    """Print the minutes, or write them into a file; 1 where the journal is damaged."""
    workspace = workspace_at(Path.cwd())
    journal = _journal_path(workspace, _find_meeting(workspace, options.meeting))
    if options.output is not None:
        check_output(
            options.output, meetings=workspace.meetings, is_ours=are_minutes, force=options.force
        )
    reading = read_steps(journal)
    found = recover_events(journal, reading.events)
    problems = reading.problems + found.problems
    print_diagnostics(problems)
    if found.meeting is None:
        raise JournalError(N_("{file} does not begin with the opening of a meeting."), file=journal)
    language = load_language(options.language or found.meeting.agenda.language)
    is_private = options.complete and contains_sensitive(found.meeting)
    if is_private:
        warn_of_sensitive()
    render = render_minutes if options.complete else render_redacted_minutes
    text = render(found.meeting, language, journal_lines=reading.last_number)
    if options.output is not None:
        write_output(
            options.output,
            text.encode("utf-8", errors="replace"),
            meetings=workspace.meetings,
            is_ours=are_minutes,
            force=options.force,
            is_private=is_private,
        )
        print_message(_("The minutes are in {file}.").format(file=options.output))
    else:
        print_text(text.rstrip("\n"))
    return int(bool(problems))


def run_close(options: argparse.Namespace) -> int:
    """Close a meeting at its last step; what is open is in its minutes and carried over."""
    workspace = workspace_at(Path.cwd())
    services = build_services(workspace)
    named = (
        _find_meeting(workspace, options.meeting)
        if options.meeting
        else _find_forgotten_meeting(services)
    )
    session = services.open_existing(named)
    ending = session.close_on_error(session.close_forgotten)
    path = session.close_on_error(lambda: services.finish(session))
    zone = ending.agenda.starts.tzinfo
    sentence = _("Closed as of its last step, {moment}. Minutes: {path}")
    moment = f"{ending.closed_at.astimezone(zone):%Y-%m-%d %H:%M}" if ending.closed_at else ""
    print_text(sentence.format(moment=moment, path=path))
    return 0


def _find_forgotten_meeting(services: Services) -> MeetingId:
    """Return the newest meeting that nobody closed; a reopened one where there is no other."""
    found = min(services.resumable(), key=lambda each: each.is_reopened, default=None)
    if found is None:
        raise FacilitatorError(N_("No meeting is open."))
    return found.id


def run_reopen(options: argparse.Namespace) -> int:
    """Reopen the minutes of a meeting, and print where they are changed."""
    workspace = workspace_at(Path.cwd())
    session = build_services(workspace).reopen(
        _find_meeting(workspace, options.meeting), options.reason
    )
    session.leave()
    sentence = _(
        "Version {number} is open. To change it, press u in the lobby of `facilitator`, then "
        "close it. The minutes of version {before} are kept in minutes-v{before}.md."
    )
    number = len(session.meeting.versions) + 1
    print_text(sentence.format(number=number, before=number - 1))
    return 0


def run_reindex(options: argparse.Namespace) -> int:
    """Build the library from the journals; 1 where one could not be read as a whole."""
    workspace = workspace_at(Path.cwd())
    if not exists(workspace.meetings):
        print_text(_("There are no meetings here yet."))
        return 0
    library = LibraryFile(workspace.library)
    problems = library.rebuild(workspace.meetings)
    print_diagnostics(problems)
    count = len(library.meetings())
    text = current_language().ngettext(
        "{file} now holds {count} meeting.", "{file} now holds {count} meetings.", count
    )
    print_text(text.format(count=count, file=workspace.library))
    return int(any(problem.is_error for problem in problems))
