"""Which modules, KPIs and reports a meeting wants, and which are missing."""

from msgspec import Struct

from facilitator.domain.agenda import Module, ReportSlot
from facilitator.domain.kpis.facts import Source
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import ItemState, Meeting

_DISCUSSED_STATES = (ItemState.RUNNING, ItemState.DONE)


class Completeness(Struct, frozen=True, kw_only=True):
    """What a meeting wants, and what of it was missing."""

    modules: tuple[Module, ...] = ()
    """All of them; none where the agenda has items for none."""
    undiscussed: tuple[Module, ...] = ()
    kpis: tuple[KpiId, ...] = ()
    without_value: tuple[KpiId, ...] = ()
    """No marketplace has one for this week."""
    reports: tuple[ReportSlot, ...] = ()
    missing_reports: tuple[ReportSlot, ...] = ()


def check_completeness(meeting: Meeting) -> Completeness:
    """Held against the agenda; without a plan of KPIs, against those of the table."""
    card, plans = meeting.scorecard, meeting.agenda.kpis
    named = [item for item in meeting.items if item.item.module]
    discussed = {each.item.module for each in named if each.state in _DISCUSSED_STATES}
    modules = tuple(Module) if named else ()
    shown = [definition.id for definition in card.definitions] if card else []
    kpis = tuple(dict.fromkeys([plan.kpi for plan in plans] or shown))
    valued = {each.kpi for each in card.series if each.current.value is not None} if card else ()
    sources = card.sources if card else ()
    slots = meeting.agenda.data.reports
    return Completeness(
        modules=modules,
        undiscussed=tuple(each for each in modules if each not in discussed),
        kpis=kpis,
        without_value=tuple(each for each in kpis if each not in valued),
        reports=slots,
        missing_reports=tuple(
            slot for slot in slots if not any(fills_slot(slot, source) for source in sources)
        ),
    )


def fills_slot(slot: ReportSlot, source: Source) -> bool:
    """Whether a report that says something is of the slot's kind, or of one named after it."""
    is_kind = source.kind == slot.kind or source.kind.startswith(f"{slot.kind}-")
    return is_kind and (source.rows_kept > 0 or bool(source.marketplaces))
