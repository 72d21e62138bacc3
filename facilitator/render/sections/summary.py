"""The first lines of the minutes: what was decided, who does what, what is off target, at risk."""

from collections.abc import Iterator, Sequence

from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.actions import owner_lines
from facilitator.render.sections.decisions import ruled_lines
from facilitator.render.sections.incidents_and_risks import at_risk_lines
from facilitator.render.sections.kpis import off_target_lines


def summary(meeting: Meeting, language: Language, room: int) -> str:
    """Return the summary in at most `room` lines; of too many, several share one.

    The details say only what is not said here.
    """
    _ = language.gettext
    decided = tuple(ruled_lines(meeting, language))
    others = (
        (_("**Who does what by when**"), tuple(owner_lines(meeting, language))),
        (_("**Off target, and why**"), tuple(off_target_lines(meeting, language))),
        (_("**At risk**"), tuple(at_risk_lines(meeting, language))),
    )
    groups = [(_("**Decisions**") if decided else _("**Decisions:** none"), decided)]
    groups += [each for each in others if each[1]]
    text = []
    if meeting.focus:
        text.append("- " + _("**Focus:** {text}").format(text=inline(meeting.focus)))
    limits = _fit([len(lines) for _label, lines in groups], room - len(text) - len(groups))
    for (label, lines), limit in zip(groups, limits, strict=True):
        text.append(f"- {label}")
        text += (f"  - {' · '.join(each)}" for each in _share_lines(lines, limit))
    return "\n".join(text)


def _share_lines(texts: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    """Yield the texts in `count` parts of about one length; the longer parts come last."""
    start = 0
    for place in range(count):
        size = (len(texts) - start) // (count - place)
        yield texts[start : start + size]
        start += size


def _fit(wanted: Sequence[int], room: int) -> list[int]:
    """Return how many lines each group gets; the longest groups give way first, then the later."""
    limits = list(wanted)
    while sum(limits) > room and max(limits) > 1:
        longest = max(range(len(limits)), key=lambda place: (limits[place], place))
        limits[longest] -= 1
    return limits
