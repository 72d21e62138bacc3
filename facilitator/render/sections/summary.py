"""Minutes section: the meeting in a few lines."""

from collections.abc import Iterable

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
    """Return the meeting in a few lines, only those that have content."""
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
        (_("{count} decided"), sum(each.settles for each in rulings)),
        (_("{count} postponed"), sum(each.outcome in _POSTPONED_OUTCOMES for each in rulings)),
        (_("{count} open"), len(meeting.open_decisions)),
    )
    return _counts_line(_("**Decisions:** {counts}"), counts, language)


def _actions(meeting: Meeting, language: Language) -> str:
    _, open_actions = language.gettext, meeting.open_actions
    counts = (
        (_("{count} open"), len(open_actions)),
        (_("{count} overdue"), sum(each.is_overdue(meeting.date) for each in open_actions)),
        (_("{count} without an owner"), sum(each.owner is None for each in open_actions)),
        (_("{count} closed"), len(meeting.actions) - len(open_actions)),
    )
    return _counts_line(_("**Action items:** {counts}"), counts, language)


def _risks(meeting: Meeting, language: Language) -> str:
    texts = [
        f"{inline(each.id)} {inline(each.text)}"
        for each in risks_in_state(meeting.risks, RiskState.OUT_OF_CONTROL)
    ]
    text = language.gettext("**Out of control:** {risks}")
    return text.format(risks=" · ".join(texts)) if texts else ""


def _off_target(meeting: Meeting, language: Language) -> str:
    """Return the KPIs off target, with their marketplaces unless it is only the total."""
    _, card = language.gettext, meeting.scorecard
    by_kpi: dict[KpiId, list[Marketplace]] = {}
    for series in card.red if card else ():
        if series.status is TargetStatus.OFF_TARGET:
            by_kpi.setdefault(series.kpi, []).append(series.marketplace)
    texts = []
    for kpi, marketplaces in by_kpi.items():
        name = _kpi_label(meeting, kpi, language)
        names = _(", ").join(marketplace_label(each, language) for each in marketplaces)
        is_total = marketplaces == [ALL]
        texts.append(name if is_total else _("{text} ({about})").format(text=name, about=names))
    return _("**Off target:** {names}").format(names=_(", ").join(texts)) if texts else ""


def _coverage(meeting: Meeting, language: Language) -> str:
    """Return what the meeting covered of modules, KPIs and reports, and what is missing.

    For example `2 of 3 modules (missing: supply chain) · 7 of 8 KPIs (missing: TACoS)`.
    """
    _, completeness = language.gettext, check_completeness(meeting)
    modules = [_(MODULE_NAMES[each]) for each in completeness.undiscussed]
    kpis = [_kpi_label(meeting, each, language) for each in completeness.without_value]
    reports = [
        inline(_(REPORT_NAMES.get(each.kind, each.kind))) for each in completeness.missing_reports
    ]
    parts = (
        _coverage_part(
            language.ngettext(
                "{there} of {all} module", "{there} of {all} modules", len(completeness.modules)
            ),
            len(completeness.modules),
            modules,
            language,
        ),
        _coverage_part(
            language.ngettext(
                "{there} of {all} KPI", "{there} of {all} KPIs", len(completeness.kpis)
            ),
            len(completeness.kpis),
            kpis,
            language,
        ),
        _coverage_part(
            language.ngettext(
                "{there} of {all} report", "{there} of {all} reports", len(completeness.reports)
            ),
            len(completeness.reports),
            reports,
            language,
        ),
    )
    text = " · ".join(filter(None, parts))
    return _("**Covered:** {parts}").format(parts=text) if text else ""


def _coverage_part(template: str, count: int, missing: list[str], language: Language) -> str:
    _ = language.gettext
    if not count:
        return ""
    text = template.format(there=count - len(missing), all=count)
    if not missing:
        return text
    return _("{text} (missing: {names})").format(text=text, names=_(", ").join(missing))


def _counts_line(text: str, counts: Iterable[tuple[str, int]], language: Language) -> str:
    """Return the counts that are not 0, in one line; empty if all are."""
    parts = [each.format(count=count) for each, count in counts if count]
    return text.format(counts=language.gettext(", ").join(parts)) if parts else ""


def _kpi_label(meeting: Meeting, kpi: KpiId, language: Language) -> str:
    definition = meeting.definition(kpi)
    return kpi_label(definition, language) if definition else inline(kpi)
