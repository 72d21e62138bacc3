"""Minutes sections: changes of the focus, notes by agenda item, the time of the items."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from facilitator.domain.durations import MINUTE, NO_TIME
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting
from facilitator.domain.note import Note
from facilitator.domain.timekeeping import time_spent
from facilitator.render.focus import review_parts
from facilitator.render.language import Language
from facilitator.render.markdown import inline, paragraphs, table
from facilitator.render.sections.labels import person_label
from facilitator.render.sections.lifecycle import local_time


def focus_changes(meeting: Meeting, language: Language) -> str:
    """Return what was parked or killed because it no longer fits the focus."""
    lines = []
    for each in meeting.focus_reviews:
        parts = review_parts(replace(each, kept=()), language)
        lines += ["- " + " · ".join(map(inline, parts))] if parts else []
    title = "## " + language.gettext("What no longer fits the focus")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def notes(meeting: Meeting, language: Language) -> str:
    """Return the notes by agenda item."""
    by_item: dict[str | None, list[Note]] = {}
    for note in meeting.notes:
        by_item.setdefault(note.item_id, []).append(note)
    lines = []
    for progress in meeting.items:
        if taken := by_item.pop(progress.item.id, ()):
            lines.append(f"- **{inline(progress.item.title)}**")
            lines += (_note(meeting, each, language) for each in taken)
    if others := [note for taken in by_item.values() for note in taken]:
        lines.append("- **" + language.gettext("Other notes") + "**")
        lines += (_note(meeting, each, language) for each in others)
    return "## " + language.gettext("Notes") + "\n\n" + "\n".join(lines) if lines else ""


def agenda_items(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the table of items with their times."""
    if not meeting.items:
        return ""
    _ = language.gettext
    head = ("#", _("Item"), _("Lead"), _("Planned"), _("Actual"), _("Overrun"), _("State"))
    rows = [
        _item_row(meeting, number, each, language, now)
        for number, each in enumerate(meeting.items, start=1)
    ]
    title = "### " + _("Agenda and time")
    rows.append(_total_row(meeting, language, now))
    return f"{title}\n\n" + table(head, rows, right=(0, 3, 4, 5))


def _item_row(
    meeting: Meeting, number: int, progress: ItemProgress, language: Language, now: datetime
) -> tuple[str, ...]:
    item, spent = progress.item, time_spent(meeting, progress, now)
    over = spent - progress.timebox
    return (
        str(number),
        inline(item.title),
        person_label(meeting, item.lead) if item.lead else "",
        _planned_time(item.timebox, progress.timebox, language),
        language.minutes(spent) if spent else "–",
        _overrun(over, language) if spent else "",
        _item_state(progress, language),
    )


def _item_state(progress: ItemProgress, language: Language) -> str:
    _ = language.gettext
    match progress.state:
        case ItemState.PENDING:
            return _("not reached")
        case ItemState.RUNNING:
            return _("running")
        case ItemState.DONE:
            return _("done")
        case ItemState.SKIPPED:
            return _("skipped")
        case ItemState.DROPPED:
            if not progress.reason:
                return _("dropped")
            return _("dropped: {reason}").format(reason=inline(progress.reason))


def _total_row(meeting: Meeting, language: Language, now: datetime) -> tuple[str, ...]:
    planned = sum((each.item.timebox for each in meeting.items), NO_TIME)
    adjusted = sum((each.timebox for each in meeting.items), NO_TIME)
    spent = sum((time_spent(meeting, each, now) for each in meeting.items), NO_TIME)
    return (
        "",
        "**" + language.gettext("Total") + "**",
        "",
        _planned_time(planned, adjusted, language),
        language.minutes(spent),
        _overrun(spent - adjusted, language),
        "",
    )


def _overrun(over: timedelta, language: Language) -> str:
    """Return the time exceeded in minutes; empty if it is less than half a minute."""
    return f"+{language.minutes(over)}" if over > MINUTE / 2 else ""


def _planned_time(first: timedelta, adjusted: timedelta, language: Language) -> str:
    if first == adjusted:
        return language.minutes(first)
    return f"{language.minutes(first)} → {language.minutes(adjusted)}"


def _note(meeting: Meeting, note: Note, language: Language) -> str:
    time = local_time(meeting, note.at, language)
    became = f"**→ {inline(note.became)}** · " if note.became else ""
    return f"  - {time} · {became}{paragraphs(note.text, indent='    ')}"
