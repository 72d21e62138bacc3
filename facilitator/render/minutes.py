"""The minutes: one meeting as Markdown, pleasant to read raw and rendered."""

from datetime import datetime

from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.sections.actions import actions
from facilitator.render.sections.conduct import accepted, facts, focus, opening
from facilitator.render.sections.decisions import decisions
from facilitator.render.sections.front_matter import front_matter
from facilitator.render.sections.incidents import incidents
from facilitator.render.sections.items import items
from facilitator.render.sections.kpis import kpi_table
from facilitator.render.sections.leftovers import carried_over, parking_lot
from facilitator.render.sections.reds import reds
from facilitator.render.sections.sources import sources


def render_minutes(meeting: Meeting, language: Language, now: datetime | None = None) -> str:
    """The minutes as they stand, in the order in which they are looked up.

    Without `now`, a meeting under way is told up to the last moment its journal knows of.
    """
    now = now or meeting.seen_at
    sections = (
        front_matter(meeting),
        opening(meeting, language, now),
        decisions(meeting, language),
        actions(meeting, language),
        incidents(meeting, language, now),
        reds(meeting, language),
        focus(meeting, language),
        kpi_table(meeting, language),
        sources(meeting, language),
        items(meeting, language, now),
        parking_lot(meeting, language),
        carried_over(meeting, language),
        accepted(meeting, language),
        facts(meeting, language, now),
    )
    return "\n\n".join(filter(None, sections)) + "\n"
