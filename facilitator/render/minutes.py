"""The minutes of one meeting as Markdown, complete or redacted."""

from datetime import datetime

from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import REDACTED_TEXT, contains_sensitive, redact
from facilitator.render.language import Language
from facilitator.render.sections.actions import action_items
from facilitator.render.sections.agenda import agenda_items, focus_changes, notes
from facilitator.render.sections.carry_over import carried_over
from facilitator.render.sections.decisions import decisions
from facilitator.render.sections.front_matter import front_matter
from facilitator.render.sections.gaps import gaps
from facilitator.render.sections.incidents_and_risks import incidents, risks
from facilitator.render.sections.kpi_table import kpi_table
from facilitator.render.sections.kpis import kpi_answers
from facilitator.render.sections.lifecycle import versions
from facilitator.render.sections.meeting_facts import meeting_facts, title_and_attendance
from facilitator.render.sections.sources import sources
from facilitator.render.sections.summary import summary

SUMMARY_LINES = 25
"""How many lines after the front matter are for a reader with one minute."""


def render_minutes(
    meeting: Meeting, language: Language, now: datetime | None = None, journal_lines: int = 0
) -> str:
    """Return the complete minutes, for the recorder.

    Without `now`, an open meeting is rendered as of the last event in its journal.
    """
    _ = language.gettext
    notice = _("**For the recorder only:** this copy contains what is sensitive. Do not send it.")
    return _join_sections(
        meeting, language, now, journal_lines, f"> {notice}" if contains_sensitive(meeting) else ""
    )


def render_redacted_minutes(
    meeting: Meeting, language: Language, now: datetime | None = None, journal_lines: int = 0
) -> str:
    """Return the minutes to be sent, with placeholders for what is sensitive."""
    redacted = redact(meeting, language.gettext(REDACTED_TEXT))
    return _join_sections(redacted, language, now, journal_lines)


def _join_sections(
    meeting: Meeting,
    language: Language,
    now: datetime | None,
    journal_lines: int,
    warning: str = "",
) -> str:
    now = now or meeting.seen_at
    top = "\n\n".join(filter(None, (title_and_attendance(meeting, language, now), warning)))
    blanks = 2  # before the top and after it
    room = SUMMARY_LINES - len(top.splitlines()) - blanks
    sections = (
        front_matter(meeting, journal_lines),
        top,
        summary(meeting, language, room),
        versions(meeting, language),
        gaps(meeting, language),
        decisions(meeting, language),
        action_items(meeting, language),
        kpi_answers(meeting, language),
        incidents(meeting, language, now),
        risks(meeting, language),
        focus_changes(meeting, language),
        notes(meeting, language),
        carried_over(meeting, language),
        "## " + language.gettext("Appendix"),
        kpi_table(meeting, language),
        sources(meeting, language),
        agenda_items(meeting, language, now),
        meeting_facts(meeting, language, now),
    )
    return "\n\n".join(filter(None, sections)) + "\n"
