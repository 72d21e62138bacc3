"""Minutes section: decisions, those ruled first, then those postponed or open."""

from collections.abc import Iterator

from facilitator.domain.approval import find_decision_bypass
from facilitator.domain.decision import Decision, Option, Outcome, Ruling
from facilitator.domain.meeting import Meeting
from facilitator.render.decision import bypass_line, decision_lines
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.labels import kpi_link

_OUTCOME_ORDER = (Outcome.CHOSEN, Outcome.POSTPONED, Outcome.RETURNED, Outcome.DROPPED, None)


def decisions(meeting: Meeting, language: Language) -> str:
    """Return every question with its ruling; “None” if there are no questions."""
    _ = language.gettext
    in_order = sorted(
        meeting.decisions,
        key=lambda each: _OUTCOME_ORDER.index(each.ruling.outcome if each.ruling else None),
    )
    lines = [line for each in in_order for line in _decision_markdown(meeting, each, language)]
    lines += _withdrawn_lines(meeting, language)
    return "## " + _("Decisions") + "\n\n" + ("\n".join(lines) or _("None"))


def _decision_markdown(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    parts = [f"- **{inline(decision.id)}** {inline(decision.question)}"]
    if link := kpi_link(meeting, decision, language):
        parts.append(link)
    yield " · ".join(parts)
    if decision.ruling is None:
        yield from _open_lines(decision, language)
    else:
        yield f"  - {_outcome_markdown(decision, decision.ruling, language)}"
        yield from _ruling_lines(decision, decision.ruling, language)
    for line in _detail_lines(meeting, decision, language):
        yield f"  - {line}"


def _detail_lines(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield what is recorded beside the ruling and its rationale."""
    _ = language.gettext
    yield from map(inline, decision_lines(meeting, decision, language))
    if bypass := find_decision_bypass(meeting, decision):
        yield f"**{inline(bypass_line(bypass, language))}**"
    elif decision.shortcut_reason:
        reason = inline(decision.shortcut_reason)
        yield _("Supervisor bypassed (越级), accepted: {reason}").format(reason=reason)


def _open_lines(decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield "  - " + _("**Open:** not decided yet")
    yield from (f"  - {each}" for each in option_lines(decision, language))


def _outcome_markdown(decision: Decision, ruling: Ruling, language: Language) -> str:
    _ = language.gettext
    if ruling.outcome is Outcome.DROPPED:
        return _("**Dropped**")
    if ruling.outcome is Outcome.RETURNED:
        return _("**Returned** to the proposer, for the next meeting")
    if ruling.outcome is Outcome.CHOSEN:
        option = decision.option(ruling.option)
        chosen = option_line(option, language) if option else inline(ruling.option or "")
        return _("**Chosen:** {option}").format(option=chosen)
    if ruling.until is None:
        return _("**Postponed** to the next meeting")
    return _("**Postponed** to {day}").format(day=language.day(ruling.until))


def option_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield the options of a question, with a mark on the recommended one."""
    for option in decision.options:
        is_recommended = option.id == decision.recommended
        mark = " · " + language.gettext("recommended") if is_recommended else ""
        yield option_line(option, language) + mark


def option_line(option: Option, language: Language) -> str:
    """Return an option with its cost and expected result."""
    _ = language.gettext
    parts = [f"{inline(option.id)} · {inline(option.title)}"]
    if option.cost:
        parts.append(_("cost: {text}").format(text=inline(option.cost)))
    if option.expected:
        parts.append(_("expected: {text}").format(text=inline(option.expected)))
    return " · ".join(parts)


def _ruling_lines(decision: Decision, ruling: Ruling, language: Language) -> Iterator[str]:
    _ = language.gettext
    if ruling.amendment:
        yield "  - " + _("Amended: {text}").format(text=inline(ruling.amendment))
    if ruling.outside_on:
        day = language.day(ruling.outside_on)
        yield "  - " + _("Decided outside the meeting on {day}").format(day=day)
    if ruling.rationale and ruling.outcome is Outcome.RETURNED:
        yield "  - " + _("Missing: {what}").format(what=inline(ruling.rationale))
    elif ruling.rationale:
        yield "  - " + _("Why: {reason}").format(reason=inline(ruling.rationale))
    recommended = decision.option(decision.recommended)
    if recommended and ruling.option not in (None, recommended.id):
        yield "  - " + _("The recommendation was: {option}").format(
            option=f"{inline(recommended.id)} · {inline(recommended.title)}"
        )
    if decision.times_postponed > 1:
        yield "  - " + _("Postponed {count} times so far").format(count=decision.times_postponed)
    if ruling.outcome is Outcome.CHOSEN and ruling.review_on:
        day = language.day(ruling.review_on)
        yield "  - " + _("Comes back for review on {day}").format(day=day)


def _withdrawn_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    _ = language.gettext
    for each in meeting.withdrawn:
        decision = meeting.decision(each.decision_id)
        if decision is None:  # adding the question was undone as well
            continue
        time = language.clock_time(each.ruling.at, meeting.agenda.starts.tzinfo)
        yield f"- **{inline(decision.id)}** " + _(
            "Decided at {time} and undone later: {outcome}"
        ).format(time=time, outcome=_outcome_markdown(decision, each.ruling, language))
