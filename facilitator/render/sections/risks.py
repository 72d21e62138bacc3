"""Bad news in the minutes: the risk register, who signed, whose problems came with a way out."""

from collections.abc import Iterator

from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import Risk, risks_by_person, sorted_by_severity
from facilitator.domain.risk_disclosure import has_signed_no_problem
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.risk import credit_line, standing
from facilitator.render.sections.names import kpi_link, person_name


def risks(meeting: Meeting, language: Language) -> str:
    """Every risk of the series, the worst first, then who knew of none."""
    _ = language.gettext
    lines = [
        line
        for each in sorted_by_severity(meeting.risks)
        for line in _risk(meeting, each, language)
    ]
    signed = [each for each in meeting.signed if has_signed_no_problem(meeting, each)]
    if signed:
        names = _(", ").join(person_name(meeting, each) for each in signed)
        lines.append("- " + _("Signed “no known problem”: {names}").format(names=names))
    new = (each for each in meeting.risks if each.is_new)
    credit = credit_line(
        risks_by_person((person_name(meeting, each.raised_by), each) for each in new), language
    )
    if credit:
        lines.append("- " + _("Named with a solution: {people}").format(people=credit))
    return "## " + _("Risks and problems") + "\n\n" + "\n".join(lines) if lines else ""


def _risk(meeting: Meeting, risk: Risk, language: Language) -> Iterator[str]:
    _ = language.gettext
    parts = [f"- **{inline(risk.id)}** {standing(risk, language)}", inline(risk.text)]
    if about := kpi_link(meeting, risk, language):
        parts.append(about)
    if risk.is_new:
        parts.append(_("**new today**"))
    yield " · ".join(parts)
    yield "  - " + " · ".join(_people(meeting, risk, language))
    if risk.solution:
        yield "  - " + _("Proposed against it: {solution}").format(solution=inline(risk.solution))
    if not risk.is_open:
        yield "  - " + _("Ended by: {what}").format(what=inline(risk.ended_by))


def _people(meeting: Meeting, risk: Risk, language: Language) -> Iterator[str]:
    _ = language.gettext
    name = person_name(meeting, risk.raised_by)
    if risk.is_new:
        yield _("raised by {name}").format(name=name)
    else:
        day = language.day(risk.raised_on)
        yield _("raised by {name} on {day}").format(name=name, day=day)
        yield _("meeting no. {count}").format(count=risk.carried + 1)
    if risk.owner:
        yield _("owner {name}").format(name=person_name(meeting, risk.owner))
    elif risk.is_open:
        yield _("no owner")
    if risk.decision:
        yield _("became {id}").format(id=inline(risk.decision))
