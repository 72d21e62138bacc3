"""What the room made of its time: decisions an hour, minutes lost, and its own opinion."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.meeting import Meeting
from facilitator.domain.meeting_value import meeting_value
from facilitator.domain.rating import GOOD_SCORE, HIGHEST_SCORE, average_score
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.names import person_name
from facilitator.render.worth import lost_text, settled_text


def room_facts(meeting: Meeting, language: Language, now: datetime) -> Iterator[str]:
    """A line each, only where there is something to say."""
    made = meeting_value(meeting, now)
    if made.settled:
        yield settled_text(made, language)
    if made.lost_times:
        yield inline(lost_text(made, meeting.agenda.currency, language))
    yield from _ratings(meeting, language)


def _ratings(meeting: Meeting, language: Language) -> Iterator[str]:
    _, ratings = language.gettext, meeting.ratings or ()
    mean = average_score(ratings)
    if mean is None:
        return
    yield _("Rated {score} of {highest} by {count} of {present} present").format(
        score=language.value(mean, Unit.COUNT),
        highest=HIGHEST_SCORE,
        count=len(ratings),
        present=len(meeting.present),
    )
    for each in ratings:
        if each.score < GOOD_SCORE:
            yield _("{name} rated it {score}: {reason}").format(
                name=person_name(meeting, each.person), score=each.score, reason=inline(each.reason)
            )
