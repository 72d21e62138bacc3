"""Minutes sections: the opening question, and the agenda items with times and notes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from facilitator.domain.agenda import ItemKind
from facilitator.domain.durations import NO_TIME
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting
from facilitator.domain.note import Note
from facilitator.domain.timekeeping import time_spent
from facilitator.render.focus import review_parts
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline, line, paragraphs, table
from facilitator.render.sections.labels import person_label
from facilitator.render.sections.lifecycle import local_time


def opening_question(meeting: Meeting, language: Language) -> str:
    """Return the opening question with its answer, the last answer, and focus reviews."""
    if not meeting.focus and not meeting.past_focus:
        return ""
    _ = language.gettext
    blocks = ["## " + _("Opening question")]
    item = next((i.item for i in meeting.items if i.item.kind is ItemKind.OPENING), None)
    if item:
        blocks.append(f"> {line(item.question or item.title)}")
    blocks.append(paragraphs(meeting.focus) or _("Not answered today"))
    if meeting.past_focus:
        blocks.append(_("Last time: {text}").format(text=inline(meeting.past_focus)))
    lines = [
        " · ".join(map(inline, review_parts(each, language))) for each in meeting.focus_reviews
    ]
    if lines:
        blocks.append("\n".join(f"- {each}" for each in lines))
    return "\n\n".join(blocks)


def agenda_items(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the table of items with their times, then the notes by item."""
    if not meeting.items:
        return ""
    _ = language.gettext
    head = ("#", _("Item"), _("Lead"), _("Planned"), _("Actual"), _("Overrun"), _("State"))
    rows = [
        _item_row(meeting, number, each, language, now)
        for number, each in enumerate(meeting.items, start=1)
    ]
    blocks = [
        "## " + _("Agenda and time"),
        table(head, [*rows, _total_row(meeting, language, now)], right=(0, 3, 4, 5)),
        *_notes(meeting, language),
    ]
    return "\n\n".join(blocks)


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
        language.timer(spent) if spent else "–",
        language.difference(over) if spent and over > NO_TIME else "",
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
        language.timer(spent),
        language.difference(spent - adjusted) if spent > adjusted else "",
        "",
    )


def _planned_time(first: timedelta, adjusted: timedelta, language: Language) -> str:
    if first == adjusted:
        return language.timer(first)
    return f"{language.timer(first)} → {language.timer(adjusted)}"


def _notes(meeting: Meeting, language: Language) -> Iterator[str]:
    by_item: dict[str | None, list[Note]] = {}
    for note in meeting.notes:
        by_item.setdefault(note.item_id, []).append(note)
    for number, progress in enumerate(meeting.items, start=1):
        notes = by_item.pop(progress.item.id, ())
        if notes:
            yield f"### {number} · {heading(progress.item.title)}"
            yield "\n".join(_note(meeting, each, language) for each in notes)
    others = [note for notes in by_item.values() for note in notes]
    if others:
        yield "### " + language.gettext("Other notes")
        yield "\n".join(_note(meeting, each, language) for each in others)


def _note(meeting: Meeting, note: Note, language: Language) -> str:
    time = local_time(meeting, note.at, language)
    became = f"**→ {inline(note.became)}** · " if note.became else ""
    return f"- {time} · {became}{paragraphs(note.text, indent='  ')}"
