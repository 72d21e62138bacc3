"""The minutes: one meeting as Markdown, pleasant to read raw and rendered."""

from datetime import datetime

from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import REDACTED_TEXT, contains_sensitive, redact
from facilitator.render.language import Language
from facilitator.render.sections.actions import actions
from facilitator.render.sections.conduct import accepted, facts, opening
from facilitator.render.sections.decisions import decisions
from facilitator.render.sections.definitions import definitions
from facilitator.render.sections.focus import focus
from facilitator.render.sections.front_matter import front_matter
from facilitator.render.sections.incidents import incidents
from facilitator.render.sections.items import items
from facilitator.render.sections.kpis import kpi_table
from facilitator.render.sections.leftovers import carried_over, parking_lot
from facilitator.render.sections.life import left_open, versions
from facilitator.render.sections.reds import reds
from facilitator.render.sections.risks import risks
from facilitator.render.sections.sources import sources
from facilitator.render.sections.summary import summary


def render_minutes(meeting: Meeting, language: Language, now: datetime | None = None) -> str:
    """The minutes as they stand, in the order in which they are looked up.

    Without `now`, a meeting under way is told up to the last moment its journal knows of.
    """
    _ = language.gettext
    whole = _("**For the recorder alone:** what is sensitive stands here in full.")
    return _minutes(meeting, language, now, f"> {whole}" if contains_sensitive(meeting) else "")


def render_copy(meeting: Meeting, language: Language, now: datetime | None = None) -> str:
    """The minutes as they can be sent: a placeholder stands for what is sensitive."""
    copy = redact(meeting, language.gettext(REDACTED_TEXT))
    return _minutes(copy, language, now)


def _minutes(meeting: Meeting, language: Language, now: datetime | None, warning: str = "") -> str:
    now = now or meeting.seen_at
    sections = (
        front_matter(meeting),
        opening(meeting, language, now),
        warning,
        summary(meeting, language),
        versions(meeting, language),
        decisions(meeting, language),
        actions(meeting, language),
        incidents(meeting, language, now),
        risks(meeting, language),
        reds(meeting, language),
        focus(meeting, language),
        definitions(meeting, language),
        kpi_table(meeting, language),
        sources(meeting, language),
        items(meeting, language, now),
        parking_lot(meeting, language),
        carried_over(meeting, language),
        accepted(meeting, language),
        left_open(meeting, language),
        facts(meeting, language, now),
    )
    return "\n\n".join(filter(None, sections)) + "\n"
