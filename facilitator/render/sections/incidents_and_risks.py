"""Minutes sections: incidents, and the risk register."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.incident import INCIDENT_KIND_NAMES
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import (
    RISK_STATE_NAMES,
    Risk,
    RiskState,
    risks_by_person,
    sorted_by_severity,
)
from facilitator.domain.risk_disclosure import has_signed_no_problem
from facilitator.render.incidents import incident_texts, losses_text
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.risk import credit_line, state_change_text, state_text
from facilitator.render.sections.labels import (
    first_and_nested,
    kpi_link,
    person_label,
)

_NOT_CONTROLLED = (RiskState.OUT_OF_CONTROL, RiskState.WATCHED)


def at_risk_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the incidents still to be reviewed, and the risks that are not under control."""
    _ = language.gettext
    for each in meeting.incidents:
        if each.review is None:
            kind = _(INCIDENT_KIND_NAMES[each.kind])
            yield f"**{inline(each.id)}** {kind} · {inline(each.phenomenon)}"
    for risk in sorted_by_severity(meeting.risks):
        if risk.state in _NOT_CONTROLLED:
            parts = [f"**{inline(risk.id)}** {inline(risk.text)}", state_text(risk.state, language)]
            if risk.owner:
                parts.append(person_label(meeting, risk.owner))
            yield " · ".join(parts)


def incidents(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the incidents to be reviewed, those reported during the meeting, and the losses."""
    _, zone = language.gettext, meeting.agenda.starts.tzinfo
    lines: list[str] = []
    for each in meeting.incidents:
        texts = list(incident_texts(each, now, language, zone))
        if each.review is None:  # the summary says what happened
            texts[0] = f"**{inline(each.id)}**"
        lines += first_and_nested(texts)
    losses = [(each.id, each.review.loss) for each in meeting.incidents if each.review]
    if total := losses_text(losses, language):
        lines.append("- " + _("**Lost in all:** {money}").format(money=inline(total)))
    return "## " + _("Incidents") + "\n\n" + "\n".join(lines) if lines else ""


def risks(meeting: Meeting, language: Language) -> str:
    """Return all risks of the series, the worst first, then who signed “no known problem”."""
    _ = language.gettext
    lines = [_risk_line(meeting, each, language) for each in sorted_by_severity(meeting.risks)]
    signed = [each for each in meeting.signed if has_signed_no_problem(meeting, each)]
    if signed:
        names = _(", ").join(person_label(meeting, each) for each in signed)
        lines.append("- " + _("Signed off “no known problem”: {names}").format(names=names))
    new = (each for each in meeting.risks if each.is_new)
    credit = credit_line(
        risks_by_person((person_label(meeting, each.raised_by), each) for each in new), language
    )
    if credit:
        lines.append("- " + _("Problems named with a solution: {people}").format(people=credit))
    return "## " + _("Risks and problems") + "\n\n" + "\n".join(lines) if lines else ""


def _risk_line(meeting: Meeting, risk: Risk, language: Language) -> str:
    _ = language.gettext
    parts = []
    if risk.state not in _NOT_CONTROLLED:
        parts += [inline(risk.text), state_change_text(risk, language)]
        parts += [person_label(meeting, risk.owner)] if risk.owner else []
    elif risk.left_as and risk.left_as is not risk.state:
        parts.append(_("was: {before}").format(before=_(RISK_STATE_NAMES[risk.left_as])))
    if about := kpi_link(meeting, risk, language):
        parts.append(about)
    parts += _risk_history(meeting, risk, language)
    if risk.solution and risk.is_open:
        parts.append(_("proposed solution: {solution}").format(solution=inline(risk.solution)))
    if not risk.is_open:
        parts.append(_("closed: {what}").format(what=inline(risk.ended_by)))
    return f"- **{inline(risk.id)}** {' · '.join(parts)}"


def _risk_history(meeting: Meeting, risk: Risk, language: Language) -> Iterator[str]:
    _ = language.gettext
    name = person_label(meeting, risk.raised_by)
    if risk.is_new:
        yield _("**new**, raised by {name}").format(name=name)
    else:
        day = language.day(risk.raised_on)
        yield _("raised by {name} on {day}").format(name=name, day=day)
        yield _("{ordinal} meeting").format(ordinal=language.ordinal(risk.carried + 1))
    if not risk.owner and risk.is_open:
        yield _("**no owner**")
    if risk.decision:
        yield _("became {id}").format(id=inline(risk.decision))
