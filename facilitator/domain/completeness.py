"""The modules, KPIs and reports that a meeting should cover, and which are missing."""

from msgspec import Struct

from facilitator.domain.agenda import Module, ReportSlot
from facilitator.domain.kpis.facts import Source
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import ItemState, Meeting

_DISCUSSED_STATES = (ItemState.RUNNING, ItemState.DONE)


class Completeness(Struct, frozen=True, kw_only=True):
    """What a meeting should cover, and what of it is missing."""

    modules: tuple[Module, ...] = ()
    """All modules; empty if no item of the agenda belongs to one."""
    undiscussed: tuple[Module, ...] = ()
    """The modules without an item that was discussed."""
    kpis: tuple[KpiId, ...] = ()
    without_value: tuple[KpiId, ...] = ()
    """The KPIs without a value in any marketplace this week."""
    reports: tuple[ReportSlot, ...] = ()
    missing_reports: tuple[ReportSlot, ...] = ()


def check_completeness(meeting: Meeting) -> Completeness:
    """Compare a meeting with its agenda; without planned KPIs, with its scorecard."""
    card, plans = meeting.scorecard, meeting.agenda.kpis
    with_module = [item for item in meeting.items if item.item.module]
    discussed = {each.item.module for each in with_module if each.state in _DISCUSSED_STATES}
    modules = tuple(Module) if with_module else ()
    in_scorecard = [definition.id for definition in card.definitions] if card else []
    kpis = tuple(dict.fromkeys([plan.kpi for plan in plans] or in_scorecard))
    valued = {each.kpi for each in card.series if each.current.is_known} if card else ()
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
    """Return whether a report has data and is of the slot's type or a variant of it.

    A variant is a type such as `business-child` for `business`.
    """
    is_kind = source.kind == slot.kind or source.kind.startswith(f"{slot.kind}-")
    return is_kind and (source.rows_kept > 0 or bool(source.marketplaces))
