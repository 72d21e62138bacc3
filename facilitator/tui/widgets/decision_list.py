"""The list of decisions: open questions and rulings."""

from textual.binding import Binding

from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.widgets.entry_list import EntryLine, RegisterList


class DecisionList(RegisterList):
    """Shows decisions; Enter opens one for its ruling."""

    BINDINGS = [
        Binding("enter", "select", N_("Decide"), id="decision.rule", show=False),
        Binding(
            "y",
            "request('recommended')",
            N_("Take ★"),
            id="decision.recommended",
            show=False,
            tooltip=N_("Decide as recommended, without opening it"),
        ),
        Binding("A", "request('action')", N_("To action"), id="decision.action", show=False),
        Binding("e", "request('edit')", N_("Edit"), id="decision.edit", show=False),
        Binding(
            "v",
            "request('position')",
            N_("For or against"),
            id="decision.stance",
            show=False,
            tooltip=N_("Go round: who reviewed the question, who is for it, who is against it"),
        ),
        Binding(
            "w",
            "request('bypass')",
            N_("Bypass"),
            id="decision.shortcut",
            show=False,
            tooltip=N_(
                "Hand a decision that bypassed the supervisor back to them, or accept it with a "
                "reason"
            ),
        ),
        Binding("o", "request('reopen')", N_("Reopen"), id="decision.reopen", show=False),
    ]


def decision_line(decision: Decision, *, about: str = "", badges: str = "") -> EntryLine:
    """Return the line of a decision.

    `about` is the KPI that it was asked about; `badges` say what it lacks, or whom its ruling
    bypassed.
    """
    mark, suffix, style = _mark_suffix_style(decision)
    is_shelved = decision.ruling is not None and decision.ruling.outcome is not Outcome.CHOSEN
    return EntryLine(
        id=decision.id,
        mark=f"{mark} {decision.id} ",
        text=f"{decision.question}{suffix}",
        style=style,
        flag="" if is_shelved else badges,
        detail=f"→ {about}" if about and decision.ruling is None else "",
        is_sensitive=decision.is_sensitive,
    )


def _mark_suffix_style(decision: Decision) -> tuple[str, str, str]:
    """Return the mark of a decision, what became of it, and its style."""
    if decision.ruling is None:
        return "?", f"  ★{decision.recommended}" if decision.recommended else "", ""
    match decision.ruling.outcome:
        case Outcome.CHOSEN:
            chosen = decision.chosen
            return "✓", f"  → {chosen.id} {chosen.title}" if chosen else "", "dim"
        case Outcome.POSTPONED:
            until = decision.ruling.until
            day = until.isoformat() if until else _("next meeting")
            return "↷", f"  → {day}", "dim"
        case Outcome.RETURNED:
            return "↩", "  " + _("returned"), "dim"
        case Outcome.DROPPED:
            return "✗", "  " + _("dropped"), "dim"
