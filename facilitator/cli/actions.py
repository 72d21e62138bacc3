"""The command `actions`: list the action items of all meetings, or close one."""

import argparse
import getpass
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.evidence_file import check_evidence
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.console_table import print_table
from facilitator.cli.history import open_library
from facilitator.cli.output import print_json, print_message, print_text, warn_of_sensitive
from facilitator.cli.workspace import Workspace, agenda_of_series, workspace_at
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.past.meetings import Past
from facilitator.domain.redaction import REDACTED_TEXT
from facilitator.render.language import WEEKDAYS, _
from facilitator.session.stored_meetings import MeetingId, StoredAction


def run_actions(options: argparse.Namespace) -> int:
    """List the action items, or mark one as done; return the exit code 0.

    Raises FacilitatorError where `--done` names none that is open, could mean several, or comes
    without evidence.
    """
    if options.evidence and not options.done:
        raise FacilitatorError(
            N_("--evidence can only be used with --done, which names the action item.")
        )
    workspace = workspace_at(Path.cwd())
    library = open_library(workspace)
    if options.done:
        return _mark_done(workspace, library, options)
    found = library.open_actions(options.series)
    if options.all:
        found = _all_actions(library.past(options.series))
    if options.complete and any(each.action.is_sensitive for each in found):
        warn_of_sensitive()
    shown = (_shown_action(each, options) for each in found)
    chosen = _filter_actions(shown, options.series, options.owner, options.asin)
    today = SystemClock().now().astimezone().date()
    if options.json:
        print_json([_action_fields(each, today) for each in chosen])
    else:
        heads = [
            _("Series"),
            _("Id"),
            _("Action"),
            _("Owner"),
            _("Due"),
            _("Carried over"),
            _("State"),
        ]
        rows = [_action_row(each, today) for each in chosen]
        print_table(heads, rows, if_empty=_("There are none."))
    return 0


def _all_actions(past: Past) -> tuple[StoredAction, ...]:
    """Return each action item as its last meeting left it, or as it was closed since."""
    return tuple(
        StoredAction(
            meeting_id=MeetingId(each.meeting.id),
            series=each.meeting.series,
            action=each.entry,
            owner_name=each.owner_name,
        )
        for each in past.latest(ActionItem)
    )


def _shown_action(found: StoredAction, options: argparse.Namespace) -> StoredAction:
    """Return an action item as it is printed: a sensitive one redacted, unless `--complete`."""
    if options.complete or not found.action.is_sensitive:
        return found
    return replace(found, action=found.action.redacted(_(REDACTED_TEXT)))


def _mark_done(workspace: Workspace, library: LibraryFile, options: argparse.Namespace) -> int:
    wanted = ActionId(options.done.strip().upper())
    waiting = library.open_actions(options.series)
    found = [each for each in waiting if each.action.id == wanted]
    series = sorted({each.series for each in waiting})
    if not found:
        if (closed := library.closing_text(wanted, options.series)) is not None:
            raise FacilitatorError(closed.text, **dict(closed.values))
        raise FacilitatorError(
            N_("There is no open action item {id}. `facilitator actions` lists them."), id=wanted
        )
    if len(series) > 1:  # A1 of another series may be done already: better to ask than to guess
        raise FacilitatorError(
            N_("There are several series: {series}. Use --series to say which {id} is done."),
            id=wanted,
            series=_(", ").join(series),
        )
    stored = found[0]
    shown = _shown_action(stored, options)
    if not options.evidence.strip():
        raise FacilitatorError(
            N_(
                "Nothing shows that {id} is done ({title}). Add --evidence with a file, a link or"
                " a number that shows it, or with the reason why nothing can."
            ),
            id=wanted,
            title=shown.action.title,
        )
    check_evidence(Path.cwd(), options.evidence)
    now, agenda = SystemClock().now(), agenda_of_series(workspace, stored.series)
    library.close_action(
        wanted,
        stored.series,
        ActionStatus.DONE,
        options.evidence,
        now,
        by=_login_name(),
        on=agenda.day_of(now) if agenda else now.astimezone().date(),
    )
    _print_done(library, shown)
    return 0


def _print_done(library: LibraryFile, stored: StoredAction) -> None:
    """Print that an action item is done, and that a meeting under way may still change it."""
    action = stored.action
    print_text(_("{id} is done: {title}").format(id=action.id, title=action.title))
    meeting = next((each for each in library.meetings() if each.id == stored.meeting_id), None)
    if meeting is not None and meeting.is_open:
        print_message(
            _(
                "The meeting {meeting} is still open. If it changes {id} before it is closed, what "
                "the meeting says counts."
            ).format(meeting=meeting.id, id=action.id)
        )


def _login_name() -> str:
    """Return the name of who runs the command; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _filter_actions(
    found: Iterable[StoredAction], series: str | None, owner: str | None, asin: str | None
) -> Sequence[StoredAction]:
    kept = [
        each
        for each in found
        if series in (None, each.series)
        and (owner is None or _is_owned_by(each, owner))
        and (asin is None or asin.upper() in each.action.asins)
    ]
    return sorted(kept, key=lambda each: (each.action.due or date.max, each.series, each.action.id))


def _is_owned_by(found: StoredAction, owner: str) -> bool:
    wanted = owner.casefold()
    return wanted in (found.owner_name.casefold(), (found.action.owner or "").casefold())


def _action_row(found: StoredAction, today: date) -> list[str]:
    action = found.action
    return [
        found.series,
        action.id,
        action.title,
        found.owner_name or _("nobody"),
        f"{action.due.isoformat()} {_(WEEKDAYS[action.due.weekday()])}"
        if action.due
        else _("no date"),
        str(action.carried),
        _status_text(action, today),
    ]


def _status_text(action: ActionItem, today: date) -> str:
    states = [_("! overdue")] if action.is_overdue(today) else []
    if action.status is ActionStatus.BLOCKED:
        states.append(_("■ blocked by {what}").format(what=action.blocked_by))
    elif action.status is not ActionStatus.OPEN or not states:
        states.append(_(action.state_name))
    return " · ".join(states)


def _action_fields(found: StoredAction, today: date) -> dict[str, object]:
    action = found.action
    return {
        "id": action.id,
        "series": found.series,
        "title": action.title,
        "owner": action.owner,
        "owner_name": found.owner_name,
        "due": action.due,
        "first_due": action.first_due,
        "created_on": action.created_on,
        "age_in_meetings": action.carried,
        "overdue": action.is_overdue(today),
        "status": action.status,
        "criterion": action.criterion,
        "evidence": action.evidence,
        "closed_on": action.closed_on,
        "days_late": action.days_late,
        "blocked_by": action.blocked_by,
        "review_note": action.review_note,
        "accepted": action.is_taken,
        "given_by": action.given_by,
        "ruling": action.ruling.recourse if action.ruling else None,
        "split_from": action.split_from,
        "needs_ruling": action.needs_ruling,
        "asins": action.asins,
        "marketplace": action.marketplace,
        "kpi": action.kpi,
        "decision": action.decision,
        "meeting": found.meeting_id,
    }
