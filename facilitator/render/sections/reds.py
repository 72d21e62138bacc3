"""The KPIs that had to answer for themselves, and what was said of them."""

from collections.abc import Iterator

from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpi_gate import is_off_target
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.render.answer import answer_lines, figure
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.names import kpi_name, person_name, place_name
from facilitator.render.signal import why


def reds(meeting: Meeting, language: Language) -> str:
    """Everything off target or unusual, with its answer; what passed as normal needs no word."""
    if meeting.scorecard is None:
        return ""
    lines = [
        line
        for definition in meeting.scorecard.definitions
        for line in _red(meeting, meeting.scorecard, definition, language)
    ]
    title = "## " + language.gettext("KPIs off target or unusual")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def _red(
    meeting: Meeting, card: Scorecard, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    red = [each for each in card.of(definition.id) if each.is_red]
    answers = [each for each in meeting.answers if each.kpi == definition.id]
    is_passed = any(each.verdict is Verdict.NORMAL for each in answers)
    if not red or (is_passed and not is_off_target(meeting, definition.id)):
        return
    parts = [f"- **{kpi_name(definition, language)}**"]
    parts.append(
        language.gettext(", ").join(
            f"{place_name(each.marketplace, language)} {figure(definition, each, language)}"
            for each in red
        )
    )
    owner = dict(card.owners).get(definition.id)
    if owner:
        parts.append(person_name(meeting, owner))
    yield " · ".join(parts)
    for series in red:
        if series.signal is not None and series.signal.is_unusual:
            where = place_name(series.marketplace, language)
            told = inline(why(series.signal, definition, language))
            yield "  - " + language.gettext("{name}: {text}").format(name=where, text=told)
    for answer in answers:
        yield from (f"  - {inline(line)}" for line in answer_lines(meeting, answer, language))
    if not answers:
        yield "  - " + language.gettext("**Stayed open:** no answer")
