"""The pre-read of a coming meeting as Markdown, to be sent a day before."""

from collections.abc import Iterator, Sequence

from facilitator.domain.action import ActionItem
from facilitator.domain.approval import required_vetter
from facilitator.domain.decision import Decision
from facilitator.domain.errors import Message
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.render import scorecard
from facilitator.render.decision import decision_lines
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline, table
from facilitator.render.sections.decisions import option_lines
from facilitator.render.sections.kpis import kpis_to_discuss
from facilitator.render.sections.labels import kpi_link, person_label

ReportLines = Sequence[tuple[Message, Message]]
"""The name and the state of each report."""


def render_pre_read(meeting: Meeting, language: Language, reports: ReportLines) -> str:
    """Return the pre-read; `meeting` is the meeting as it will begin."""
    sections = (
        _opening(meeting, language),
        _agenda(meeting, language),
        kpis_to_discuss(meeting, language),
        _decisions(meeting, language),
        _preparing(meeting, language),
        _reports(language, reports),
        _actions(meeting, language),
    )
    return "\n\n".join(filter(None, sections)) + "\n"


def _opening(meeting: Meeting, language: Language) -> str:
    agenda = meeting.agenda
    span = f"{language.clock_time(agenda.starts)}–{language.clock_time(agenda.ends)}"
    facts = [language.long_day(agenda.starts.date()), span]
    facts += [person_label(meeting, each.id) for each in agenda.people]
    return f"# {heading(agenda.title)}\n\n{' · '.join(facts)}"


def _agenda(meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    head = (_("Time"), _("Item"), _("Lead"), _("Planned"), _("Question to answer"))
    rows, begins = [], meeting.agenda.starts
    for each in meeting.items:
        rows.append(
            (
                language.clock_time(begins),
                inline(each.item.title),
                person_label(meeting, each.item.lead) if each.item.lead else "",
                language.minutes(each.timebox),
                inline(each.item.question),
            )
        )
        begins += each.timebox
    return "## " + _("Agenda") + "\n\n" + table(head, rows, right=(3,))


def _decisions(meeting: Meeting, language: Language) -> str:
    lines = [line for each in meeting.open_decisions for line in _decision(meeting, each, language)]
    title = language.gettext("To be decided")
    return f"## {title}\n\n" + "\n".join(lines) if lines else ""


def _decision(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    link = kpi_link(meeting, decision, language)
    question = f"- **{inline(decision.id)}** {inline(decision.question)}"
    yield f"{question} · {link}" if link else question
    if decision.background:
        yield f"  - {inline(decision.background)}"
    yield from (f"  - {each}" for each in option_lines(decision, language))
    if decision.why:
        yield "  - " + _("Why: {reason}").format(reason=inline(decision.why))
    for line in decision_lines(meeting, decision, language):
        yield f"  - {inline(line)}"


def _preparing(meeting: Meeting, language: Language) -> str:
    lines = []
    for person in meeting.agenda.people:
        if tasks := tuple(_tasks(meeting, person, language)):
            lines.append(" · ".join((f"- **{person_label(meeting, person.id)}**", *tasks)))
    title = language.gettext("Who prepares what")
    return f"## {title}\n\n" + "\n".join(lines) if lines else ""


def _tasks(meeting: Meeting, person: Person, language: Language) -> Iterator[str]:
    """Yield what a person must prepare: items, KPIs, questions and action items."""
    _ = language.gettext
    items = [inline(each.item.title) for each in meeting.items if each.item.lead == person.id]
    kpis = [inline(name) for name in _kpis(meeting, person.id, language)]
    proposed = [inline(each.id) for each in meeting.open_decisions if each.proposer == person.id]
    to_vet = [
        inline(each.id) for each in meeting.open_decisions if _has_to_vet(meeting, person, each)
    ]
    actions = [inline(each.id) for each in meeting.open_actions if each.owner == person.id]
    for text, names in (
        (_("leads {names}"), items),
        (_("answers for {names}"), kpis),
        (_("presents {names}"), proposed),
        (_("reviews {names}"), to_vet),
        (_("reports on {names}"), actions),
    ):
        if names:
            yield text.format(names=_(", ").join(dict.fromkeys(names)))


def _has_to_vet(meeting: Meeting, person: Person, decision: Decision) -> bool:
    """Return whether the person must still vet a question."""
    return decision.vetting is None and required_vetter(meeting, decision) == person


def _kpis(meeting: Meeting, person: PersonId, language: Language) -> Iterator[str]:
    card = meeting.scorecard
    for plan in meeting.agenda.kpis:
        if plan.owner == person:
            definition = card.definition(plan.kpi) if card else None
            yield scorecard.kpi_name(definition, language) if definition else plan.kpi


def _reports(language: Language, reports: ReportLines) -> str:
    lines = (
        f"- **{inline(language.translate(title))}** · {inline(language.translate(state))}"
        for title, state in reports
    )
    body = "\n".join(lines)
    return "## " + language.gettext("Reports") + f"\n\n{body}" if body else ""


def _actions(meeting: Meeting, language: Language) -> str:
    lines = [_action(meeting, each, language) for each in meeting.open_actions]
    title = language.gettext("Still open from last time")
    return f"## {title}\n\n" + "\n".join(lines) if lines else ""


def _action(meeting: Meeting, action: ActionItem, language: Language) -> str:
    _ = language.gettext
    parts = [
        f"- **{inline(action.id)}** {inline(action.title)}",
        person_label(meeting, action.owner) if action.owner else _("no owner"),
        _("due {day}").format(day=language.day(action.due)) if action.due else _("no due date"),
    ]
    if action.is_overdue(meeting.date):
        parts.append(_("**overdue**"))
    if action.criterion:
        parts.append(_("done when: {criterion}").format(criterion=inline(action.criterion)))
    return " · ".join(parts)
