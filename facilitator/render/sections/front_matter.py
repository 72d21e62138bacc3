"""Minutes section: YAML front matter."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from facilitator.domain.kpis.kpi import last_full_week
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty, Person
from facilitator.domain.risk import RiskState, risks_in_state
from facilitator.render.markdown import yaml_string

LINES_KEY = "journal_lines"
"""The key of how many lines the journal had."""


def front_matter(meeting: Meeting, journal_lines: int = 0) -> str:
    """Return the meeting as YAML front matter; its keys are the same in every language.

    `journal_lines` says how much of the meeting the minutes hold; 0 where that is not known.
    """
    known = (f"{LINES_KEY}: {journal_lines}",) if journal_lines else ()
    return "\n".join(("---", *_lines(meeting), *known, "---"))


def _lines(meeting: Meeting) -> Iterator[str]:
    agenda, zone = meeting.agenda, meeting.agenda.starts.tzinfo
    week = meeting.scorecard.week if meeting.scorecard else None
    week = week or last_full_week(meeting.date, agenda.data.week_ends_on)
    yield f"title: {yaml_string(agenda.title)}"
    yield f"date: {meeting.date}"
    yield f"series: {yaml_string(agenda.series)}"
    yield f'week: "{week.start}/{week.end}"'
    yield f"status: {'final' if meeting.is_closed else 'draft'}"
    if meeting.versions:
        yield f"version: {len(meeting.versions) + 1}"
    yield from _times(meeting, zone)
    for duty in Duty:
        names = [yaml_string(each.name) for each in agenda.people if duty in each.duties]
        if names:
            joined = ", ".join(names)
            yield f"{duty}: {f'[{joined}]' if len(names) > 1 else joined}"
    absent = [person for person in agenda.people if person not in meeting.present]
    yield from _list("present", meeting.present)
    yield from _list("absent", absent)
    if risks := risks_in_state(meeting.risks, RiskState.OUT_OF_CONTROL):
        yield f"risks_out_of_control: [{', '.join(yaml_string(each.id) for each in risks)}]"
    yield f"tags: [minutes, {yaml_string(agenda.series)}]"


def _times(meeting: Meeting, zone: tzinfo | None) -> Iterator[str]:
    yield f"start: {meeting.opened_at.astimezone(zone).isoformat(timespec='seconds')}"
    if meeting.closed_at:
        yield f"end: {meeting.closed_at.astimezone(zone).isoformat(timespec='seconds')}"


def _list(key: str, people: Sequence[Person]) -> Iterator[str]:
    if people:
        yield f"{key}:"
        for person in people:
            what = ", ".join(filter(None, (person.role, person.department)))
            yield f"  - {yaml_string(f'{person.name} ({what})' if what else person.name)}"
