"""The focus as text: an open entry, a focus review, and the answers of all meetings."""

from collections.abc import Iterable

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_
from facilitator.domain.focus import FocusReview
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import PastFocus
from facilitator.domain.text import one_line
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline

FOCUS_COLUMNS = (N_("Date"), N_("Series"), N_("Focus"), N_("Before"), N_("What was stopped"))


def entry_line(meeting: Meeting, entry: ActionItem | Decision, language: Language) -> str:
    """Return an open entry: `A4 Photograph the new bottle · 陈梅 · Fri 20 Nov`."""
    if isinstance(entry, Decision):
        return one_line(f"{entry.id} {entry.question}")
    owner = meeting.person(entry.owner)
    parts = [f"{entry.id} {entry.title}", owner.name if owner else ""]
    if entry.due:
        parts.append(language.day(entry.due))
    return one_line(" · ".join(each for each in parts if each))


def review_parts(review: FocusReview, language: Language) -> tuple[str, ...]:
    """Return the parts of a focus review: `Kept: A4`, `Killed: D2`, `reason: …`."""
    _ = language.gettext
    groups = (
        (_("Kept: {ids}"), review.kept),
        (_("Parked: {ids}"), review.parked),
        (_("Killed: {ids}"), review.killed),
    )
    parts = [text.format(ids=_(", ").join(ids)) for text, ids in groups if ids]
    if review.reason:
        parts.append(_("reason: {reason}").format(reason=one_line(review.reason)))
    return tuple(parts)


def focus_row(week: PastFocus, language: Language) -> tuple[str, ...]:
    """Return the answer of one meeting as a row under `FOCUS_COLUMNS`."""
    changes = (part for each in week.meeting.focus_reviews for part in review_parts(each, language))
    return (
        week.meeting.date.isoformat(),
        week.meeting.series,
        one_line(week.meeting.focus),
        one_line(week.replaced),
        one_line(" · ".join(changes)),
    )


def focus_markdown(weeks: Iterable[PastFocus], language: Language) -> str:
    """Return the answers of each series as Markdown, in the order given."""
    series: dict[str, list[PastFocus]] = {}
    for week in weeks:
        series.setdefault(week.meeting.series, []).append(week)
    _ = language.gettext
    if not series:
        return _("No meeting has answered the opening question yet.")
    blocks = ["## " + _("Focus, week by week")]
    for name, answers in series.items():
        if len(series) > 1:
            blocks.append(f"### {heading(name)}")
        blocks.append("\n".join(_week(each, language) for each in answers))
    return "\n\n".join(blocks)


def _week(week: PastFocus, language: Language) -> str:
    _ = language.gettext
    parts = [f"- **{week.meeting.date.isoformat()}** {inline(week.meeting.focus)}"]
    if week.replaced:
        parts.append(_("**changed**, before: {text}").format(text=inline(week.replaced)))
    for review in week.meeting.focus_reviews:
        parts += map(inline, review_parts(review, language))
    return " · ".join(parts)
