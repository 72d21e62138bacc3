"""Minutes section: the meeting in a few lines."""

from collections.abc import Iterable, Iterator

from facilitator.domain.agenda import MODULE_NAMES
from facilitator.domain.completeness import check_completeness
from facilitator.domain.decision import Outcome
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import RiskState, risks_in_state
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.report_names import REPORT_NAMES
from facilitator.render.sections.labels import kpi_label, marketplace_label

_POSTPONED_OUTCOMES = (Outcome.POSTPONED, Outcome.RETURNED)


def summary(meeting: Meeting, language: Language) -> str:
    """A line each, only where there is something to say."""
    lines = (
        _decisions(meeting, language),
        _actions(meeting, language),
        _risks(meeting, language),
        _off_target(meeting, language),
        _coverage(meeting, language),
    )
    return "\n".join(f"- {line}" for line in lines if line)


def _decisions(meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    rulings = [each.ruling for each in meeting.decisions if each.ruling]
    counts = (
        (_("{count} settled"), sum(each.settles for each in rulings)),
        (_("{count} put off"), sum(each.outcome in _POSTPONED_OUTCOMES for each in rulings)),
        (_("{count} open"), len(meeting.open_decisions)),
    )
    return _counts_line(_("**Decisions:** {counts}"), counts, language)


def _actions(meeting: Meeting, language: Language) -> str:
    _, still = language.gettext, meeting.open_actions
    counts = (
        (_("{count} open"), len(still)),
        (_("{count} overdue"), sum(each.is_overdue(meeting.date) for each in still)),
        (_("{count} without an owner"), sum(each.owner is None for each in still)),
        (_("{count} closed"), len(meeting.actions) - len(still)),
    )
    return _counts_line(_("**Action items:** {counts}"), counts, language)


def _risks(meeting: Meeting, language: Language) -> str:
    told = [
        f"{inline(each.id)} {inline(each.text)}"
        for each in risks_in_state(meeting.risks, RiskState.OUT_OF_CONTROL)
    ]
    text = language.gettext("**Out of control:** {risks}")
    return text.format(risks=" · ".join(told)) if told else ""


def _off_target(meeting: Meeting, language: Language) -> str:
    """The KPIs by name, with where they are unless that is the total alone."""
    _, card = language.gettext, meeting.scorecard
    off: dict[KpiId, list[Marketplace]] = {}
    for series in card.red if card else ():
        if series.status is TargetStatus.OFF_TARGET:
            off.setdefault(series.kpi, []).append(series.marketplace)
    told = []
    for kpi, places in off.items():
        name = _kpi_label(meeting, kpi, language)
        where = _(", ").join(marketplace_label(each, language) for each in places)
        is_total = places == [ALL]
        told.append(name if is_total else _("{text} ({about})").format(text=name, about=where))
    return _("**Off target:** {names}").format(names=_(", ").join(told)) if told else ""


def _coverage(meeting: Meeting, language: Language) -> str:
    """`2 of 3 modules (missing: supply chain) · 7 of 8 KPIs (missing: TACoS) · 3 of 3 reports`."""
    _, whole = language.gettext, check_completeness(meeting)
    modules = [_(MODULE_NAMES[each]) for each in whole.undiscussed]
    kpis = [_kpi_label(meeting, each, language) for each in whole.without_value]
    reports = [inline(_(REPORT_NAMES.get(each.kind, each.kind))) for each in whole.missing_reports]
    parts = (
        _coverage_part(_("{there} of {all} modules"), len(whole.modules), modules, language),
        _coverage_part(_("{there} of {all} KPIs"), len(whole.kpis), kpis, language),
        _coverage_part(_("{there} of {all} reports"), len(whole.reports), reports, language),
    )
    told = " · ".join(filter(None, parts))
    return _("**Covered:** {parts}").format(parts=told) if told else ""


def _coverage_part(text: str, count: int, missing: list[str], language: Language) -> str:
    _ = language.gettext
    if not count:
        return ""
    told = text.format(there=count - len(missing), all=count)
    if not missing:
        return told
    return _("{text} (missing: {names})").format(text=told, names=_(", ").join(missing))


def _counts_line(text: str, counts: Iterable[tuple[str, int]], language: Language) -> str:
    told = language.gettext(", ").join(_nonzero_counts(counts))
    return text.format(counts=told) if told else ""


def _nonzero_counts(counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    return (each.format(count=count) for each, count in counts if count)


def _kpi_label(meeting: Meeting, kpi: KpiId, language: Language) -> str:
    definition = meeting.definition(kpi)
    return kpi_label(definition, language) if definition else inline(kpi)
