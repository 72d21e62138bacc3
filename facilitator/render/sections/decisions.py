"""Minutes section: decisions, those ruled first, then those postponed or open."""

from collections.abc import Iterator

from facilitator.domain.approval import find_decision_bypass
from facilitator.domain.decision import Decision, Option, Outcome, Ruling
from facilitator.domain.meeting import Meeting
from facilitator.render.decision import bypass_line, decision_lines
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.labels import (
    first_and_nested,
    kpi_link,
    person_label,
)

_OUTCOME_ORDER = (Outcome.CHOSEN, Outcome.POSTPONED, Outcome.RETURNED, Outcome.DROPPED, None)


def ruled_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield each question with its answer: `D2 Raise the budget? → B All but the press`."""
    for each in _in_order(meeting):
        outcome = _outcome(meeting, each, each.ruling, language)
        yield f"**{inline(each.id)}** {inline(each.question)} → {outcome}"


def decisions(meeting: Meeting, language: Language) -> str:
    """Return what is recorded of each question beside its answer."""
    lines = [
        line
        for each in _in_order(meeting)
        for line in first_and_nested(_texts(meeting, each, language))
    ]
    lines += _withdrawn_lines(meeting, language)
    return "## " + language.gettext("Decisions") + "\n\n" + "\n".join(lines) if lines else ""


def _in_order(meeting: Meeting) -> list[Decision]:
    return sorted(
        meeting.decisions,
        key=lambda each: _OUTCOME_ORDER.index(each.ruling.outcome if each.ruling else None),
    )


def _outcome(
    meeting: Meeting, decision: Decision, ruling: Ruling | None, language: Language
) -> str:
    """Return the option that was chosen, with its amendment, or what became of the question."""
    _ = language.gettext
    match ruling.outcome if ruling else None:
        case Outcome.CHOSEN if ruling:
            option = decision.option(ruling.option)
            chosen = f"**{inline(ruling.option or '')}**"
            parts = [f"{chosen} {inline(option.title)}" if option else chosen]
            if ruling.amendment:
                parts.append(_("amended: {text}").format(text=inline(ruling.amendment)))
            return " · ".join(parts)
        case Outcome.POSTPONED if ruling and ruling.until:
            return _("**postponed** to {day}").format(day=language.day(ruling.until))
        case Outcome.POSTPONED:
            return _("**postponed** to the next meeting")
        case Outcome.RETURNED if decision.proposer:
            name = person_label(meeting, decision.proposer)
            return _("**returned** to {name} for the next meeting").format(name=name)
        case Outcome.RETURNED:
            return _("**returned** to the proposer for the next meeting")
        case Outcome.DROPPED:
            return _("**dropped**")
        case _:
            return _("**not decided yet**")


def _texts(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield the texts about a question; the first has its id."""
    parts = list(_cost_and_result(decision.chosen, language)) if decision.chosen else []
    if link := kpi_link(meeting, decision, language):
        parts.append(link)
    texts = [" · ".join(parts)] if parts else []
    texts += _details(meeting, decision, language)
    if texts:
        yield f"**{inline(decision.id)}** {texts[0]}"
    yield from texts[1:]


def _details(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    if decision.ruling is None:
        yield from option_lines(decision, language)
    else:
        yield from _ruling_texts(decision, decision.ruling, language)
    yield from map(inline, decision_lines(meeting, decision, language))
    if bypass := find_decision_bypass(meeting, decision):
        yield f"**{inline(bypass_line(bypass, language))}**"
    elif decision.shortcut_reason:
        reason = inline(decision.shortcut_reason)
        yield _("Supervisor bypassed (越级), accepted: {reason}").format(reason=reason)


def option_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield the options of a question, with a mark on the recommended one."""
    for option in decision.options:
        is_recommended = option.id == decision.recommended
        mark = " · " + language.gettext("recommended") if is_recommended else ""
        yield option_line(option, language) + mark


def option_line(option: Option, language: Language) -> str:
    """Return an option with its cost and expected result."""
    title = f"{inline(option.id)} · {inline(option.title)}"
    return " · ".join((title, *_cost_and_result(option, language)))


def _cost_and_result(option: Option, language: Language) -> Iterator[str]:
    _ = language.gettext
    if option.cost:
        yield _("cost: {text}").format(text=inline(option.cost))
    if option.expected:
        yield _("expected: {text}").format(text=inline(option.expected))


def _ruling_texts(decision: Decision, ruling: Ruling, language: Language) -> Iterator[str]:
    _ = language.gettext
    if ruling.outside_on:
        day = language.day(ruling.outside_on)
        yield _("Decided outside the meeting on {day}").format(day=day)
    if ruling.rationale and ruling.outcome is Outcome.RETURNED:
        yield _("Missing: {what}").format(what=inline(ruling.rationale))
    elif ruling.rationale:
        yield _("Why: {reason}").format(reason=inline(ruling.rationale))
    recommended = decision.option(decision.recommended)
    if recommended and ruling.option not in (None, recommended.id):
        yield _("The recommendation was: {option}").format(
            option=f"{inline(recommended.id)} · {inline(recommended.title)}"
        )
    if decision.times_postponed > 1:
        yield _("Postponed {count} times so far").format(count=decision.times_postponed)


def _withdrawn_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    _ = language.gettext
    for each in meeting.withdrawn:
        decision = meeting.decision(each.decision_id)
        if decision is None:  # adding the question was undone as well
            continue
        time = language.clock_time(each.ruling.at, meeting.agenda.starts.tzinfo)
        yield f"- **{inline(decision.id)}** " + _(
            "Decided at {time} and undone later: {outcome}"
        ).format(time=time, outcome=_outcome(meeting, decision, each.ruling, language))
