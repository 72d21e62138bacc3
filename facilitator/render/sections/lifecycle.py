"""Minutes sections: draft notice, versions, suspensions, and recorders."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting, Version
from facilitator.domain.version_diff import ChangeKind, VersionChange, diff_versions
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.labels import person_label

EDIT_NAMES = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.TAKEN_AWAY: N_("removed"),
}


def draft_notice(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return a notice that the minutes are a draft; empty once they are final."""
    if meeting.is_closed:
        return ""
    _ = language.gettext
    time = local_time(meeting, now, language)
    if meeting.is_reopened:
        number = len(meeting.versions) + 1
        return "> " + _("**Reopened:** a draft of version {number}, as of {time}").format(
            number=number, time=time
        )
    if meeting.suspended_at is not None:
        time = local_time(meeting, meeting.suspended_at, language)
        return "> " + _("**Meeting suspended:** a draft, as of {time}").format(time=time)
    return "> " + _("**Meeting under way:** a draft, as of {time}").format(time=time)


def versions(meeting: Meeting, language: Language) -> str:
    """Return the changes in each version, the newest first."""
    meetings = [each.meeting for each in meeting.versions] + [meeting]
    sections = [
        _version_section(number, version, meetings[number - 2], meetings[number - 1], language)
        for number, version in enumerate(meeting.versions, start=2)
    ]
    return "\n\n".join(reversed(sections))


def lifecycle_facts(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the suspensions, a late close, and the recorders."""
    _, zone = language.gettext, meeting.agenda.starts.tzinfo
    for gap in meeting.interruptions:
        if gap.is_suspension:
            start, end = (
                local_time(meeting, gap.start, language),
                local_time(meeting, gap.end, language),
            )
            yield _("Suspended: {start}–{end}").format(start=start, end=end)
    for at, by in meeting.clock_changes:
        yield _(
            "The computer's clock was set by {by} at {time}; no time in these minutes follows it"
        ).format(by=language.difference(by), time=local_time(meeting, at, language))
    if meeting.noted_at is not None and meeting.closed_at is not None:
        yield _(
            "Closed later, on {day} (time and cost counted until the last step at {time})"
        ).format(
            day=_day_and_time(meeting.noted_at.astimezone(zone), language),
            time=local_time(meeting, meeting.closed_at, language),
        )
    if meeting.recorder_changes:
        first = replace(meeting, recorder_changes=()).recorder
        recorders = [person_label(meeting, first.id)] if first else []
        for at, person in meeting.recorder_changes:
            recorders.append(
                _("{name} from {time}").format(
                    time=local_time(meeting, at, language), name=person_label(meeting, person)
                )
            )
        yield _("Recorder: {names}").format(names=_(", ").join(recorders))


def _version_section(
    number: int, version: Version, before: Meeting, after: Meeting, language: Language
) -> str:
    _ = language.gettext
    reopened = _("Reopened on {day}: {reason}").format(
        day=_day_and_time(version.reopened_at.astimezone(before.agenda.starts.tzinfo), language),
        reason=inline(version.reason),
    )
    since = ""
    if version.met_since is not None:
        since = _(
            "The meeting of {day} has already continued with what was open here. Changes to those "
            "points, and weeks marked now, appear only in these minutes. Everything else that is "
            "new is carried over."
        ).format(day=language.long_day(version.met_since))
    lines = [_change_line(each, language) for each in diff_versions(before, after)]
    title = "## " + _("Version {number}").format(number=number)
    nothing = _("Nothing changed since version {number}.").format(number=number - 1)
    return "\n\n".join(filter(None, (title, reopened, since, "\n".join(lines) or nothing)))


def _change_line(change: VersionChange, language: Language) -> str:
    _ = language.gettext
    parts = [_(change.subject)]
    parts += [f"**{inline(change.id)}**"] if change.id else []
    parts += [inline(change.text)] if change.text else []
    text = _(EDIT_NAMES[change.edit])
    if change.aspects:
        what = _(", ").join(_(aspect) for aspect in change.aspects)
        text = _("{how}: {what}").format(how=text, what=what)
    return f"- {' '.join(parts)} · {text}"


def _day_and_time(moment: datetime, language: Language) -> str:
    return f"{language.long_day(moment.date())} {language.clock_time(moment)}"


def local_time(meeting: Meeting, moment: datetime, language: Language) -> str:
    """Return a time in the team's time zone, with its date unless that is the meeting's."""
    at = moment.astimezone(meeting.agenda.starts.tzinfo)
    time = language.clock_time(at)
    return time if at.date() == meeting.date else f"{language.day(at.date())} {time}"
