"""A meeting's life in the minutes: breaks, other recorders, a late close, versions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from facilitator.domain.action import ActionId
from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting, Version
from facilitator.domain.open_points import OpenPoint, open_points
from facilitator.domain.redaction import REDACTED_TEXT
from facilitator.domain.version_diff import ChangeKind, VersionChange, diff_versions
from facilitator.render.language import Language
from facilitator.render.markdown import inline, line
from facilitator.render.open_end import open_end_text
from facilitator.render.sections.names import person_name

EDITS = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.TAKEN_AWAY: N_("taken away"),
}


def standing(meeting: Meeting, language: Language, now: datetime) -> str:
    """Whether these minutes are a draft, and of what; empty once they are final."""
    if meeting.is_closed:
        return ""
    _ = language.gettext
    time = moment_of(meeting, now, language)
    if meeting.is_reopened:
        number = len(meeting.versions) + 1
        return "> " + _("**Reopened:** a draft of version {number}, as of {time}").format(
            number=number, time=time
        )
    if meeting.suspended_at is not None:
        time = moment_of(meeting, meeting.suspended_at, language)
        return "> " + _("**Meeting suspended:** a draft, as of {time}").format(time=time)
    return "> " + _("**Meeting under way:** a draft, as of {time}").format(time=time)


def versions(meeting: Meeting, language: Language) -> str:
    """What each version says differently from the one before, the newest first."""
    told = [each.meeting for each in meeting.versions] + [meeting]
    sections = [
        _version(number, version, told[number - 2], told[number - 1], language)
        for number, version in enumerate(meeting.versions, start=2)
    ]
    return "\n\n".join(reversed(sections))


def left_open(meeting: Meeting, language: Language) -> str:
    """What nobody settled or accepted in a meeting that was closed long after."""
    if meeting.noted_at is None:
        return ""
    lines = [
        f"- {line(open_end_text(end, meeting, language))}"
        for end in open_points(meeting)
        if end.must_be_settled and not _is_left_out(end, meeting, language)
    ]
    return "## " + language.gettext("Left open") + "\n\n" + "\n".join(lines) if lines else ""


def _is_left_out(end: OpenPoint, meeting: Meeting, language: Language) -> bool:
    """Whether it judges an action item by words that a copy does not have."""
    action = meeting.action(ActionId(end.id))
    return action is not None and action.title == language.gettext(REDACTED_TEXT)


def life_facts(meeting: Meeting, language: Language) -> Iterator[str]:
    """Breaks, a late close, and who had the pen, for the meeting's facts."""
    _, zone = language.gettext, meeting.agenda.starts.tzinfo
    for gap in meeting.interruptions:
        if gap.is_suspension:
            start, end = (
                moment_of(meeting, gap.start, language),
                moment_of(meeting, gap.end, language),
            )
            yield _("Suspended: {start}–{end}").format(start=start, end=end)
    if meeting.noted_at is not None and meeting.closed_at is not None:
        yield _("Closed afterwards on {day}; counted until its last step at {time}").format(
            day=_full(meeting.noted_at.astimezone(zone), language),
            time=moment_of(meeting, meeting.closed_at, language),
        )
    if meeting.recorder_changes:
        first = replace(meeting, recorder_changes=()).recorder
        pens = [person_name(meeting, first.id)] if first else []
        for at, person in meeting.recorder_changes:
            pens.append(
                _("from {time} {name}").format(
                    time=moment_of(meeting, at, language), name=person_name(meeting, person)
                )
            )
        yield _("Recorder: {names}").format(names=_(", ").join(pens))


def _version(
    number: int, version: Version, before: Meeting, after: Meeting, language: Language
) -> str:
    _ = language.gettext
    reopened = _("Reopened on {day}: {reason}").format(
        day=_full(version.reopened_at.astimezone(before.agenda.starts.tzinfo), language),
        reason=inline(version.reason),
    )
    since = ""
    if version.met_since is not None:
        since = _(
            "The meeting of {day} has gone on with what was open here: changes to that, and weeks "
            "marked now, stand in these minutes alone. Whatever else is new is carried over."
        ).format(day=language.long_day(version.met_since))
    lines = [_change(each, language) for each in diff_versions(before, after)]
    title = "## " + _("Version {number}").format(number=number)
    nothing = _("Nothing changed since version {number}.").format(number=number - 1)
    return "\n\n".join(filter(None, (title, reopened, since, "\n".join(lines) or nothing)))


def _change(change: VersionChange, language: Language) -> str:
    _ = language.gettext
    parts = [_(change.subject)]
    parts += [f"**{inline(change.id)}**"] if change.id else []
    parts += [inline(change.text)] if change.text else []
    how = _(EDITS[change.edit])
    if change.aspects:
        what = _(", ").join(_(aspect) for aspect in change.aspects)
        how = _("{how}: {what}").format(how=how, what=what)
    return f"- {' '.join(parts)} · {how}"


def _full(moment: datetime, language: Language) -> str:
    return f"{language.long_day(moment.date())} {language.clock_time(moment)}"


def moment_of(meeting: Meeting, moment: datetime, language: Language) -> str:
    """The time where the team sits, with its day unless that is the meeting's."""
    at = moment.astimezone(meeting.agenda.starts.tzinfo)
    time = language.clock_time(at)
    return time if at.date() == meeting.date else f"{language.day(at.date())} {time}"
