"""The minutes of one meeting as Markdown, complete or redacted."""

from datetime import datetime

from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import REDACTED_TEXT, contains_sensitive, redact
from facilitator.render.language import Language
from facilitator.render.sections.actions import action_items
from facilitator.render.sections.agenda import agenda_items, opening_question
from facilitator.render.sections.carry_over import carried_over, parking_lot
from facilitator.render.sections.decisions import decisions
from facilitator.render.sections.front_matter import front_matter
from facilitator.render.sections.incidents_and_risks import incidents, risks
from facilitator.render.sections.kpis import agreed_definitions, kpi_answers, kpi_table
from facilitator.render.sections.lifecycle import left_open_points, versions
from facilitator.render.sections.meeting_facts import (
    accepted_exceptions,
    meeting_facts,
    title_and_attendance,
)
from facilitator.render.sections.sources import sources
from facilitator.render.sections.summary import summary


def render_minutes(meeting: Meeting, language: Language, now: datetime | None = None) -> str:
    """Return the complete minutes, for the recorder.

    Without `now`, an open meeting is rendered as of the last event in its journal.
    """
    _ = language.gettext
    notice = _("**For the recorder only:** this copy contains what is sensitive. Do not send it.")
    return _join_sections(
        meeting, language, now, f"> {notice}" if contains_sensitive(meeting) else ""
    )


def render_redacted_minutes(
    meeting: Meeting, language: Language, now: datetime | None = None
) -> str:
    """Return the minutes to be sent, with placeholders for what is sensitive."""
    redacted = redact(meeting, language.gettext(REDACTED_TEXT))
    return _join_sections(redacted, language, now)


def _join_sections(
    meeting: Meeting, language: Language, now: datetime | None, warning: str = ""
) -> str:
    now = now or meeting.seen_at
    sections = (
        front_matter(meeting),
        title_and_attendance(meeting, language, now),
        warning,
        summary(meeting, language),
        versions(meeting, language),
        decisions(meeting, language),
        action_items(meeting, language),
        incidents(meeting, language, now),
        risks(meeting, language),
        kpi_answers(meeting, language),
        opening_question(meeting, language),
        agreed_definitions(meeting, language),
        kpi_table(meeting, language),
        sources(meeting, language),
        agenda_items(meeting, language, now),
        parking_lot(meeting, language),
        carried_over(meeting, language),
        accepted_exceptions(meeting, language),
        left_open_points(meeting, language),
        meeting_facts(meeting, language, now),
    )
    return "\n\n".join(filter(None, sections)) + "\n"
