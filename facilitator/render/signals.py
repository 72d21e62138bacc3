"""Signals (unusual KPI values) as text: a mark for a column, and an explanation."""

from collections.abc import Iterator

from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import KpiDefinition, Unit
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import FIRM_LIMIT_WEEKS, KpiSeries, Limits, Side, Signal
from facilitator.domain.kpis.signals import MEAN_SCALE, MEDIAN_SCALE, MIN_LIMIT_WEEKS, RUN_LENGTH
from facilitator.render.language import Language

PROVISIONAL_SIGN = "◇"
FIRM_MARKS = {Side.HIGH: N_("◆ high"), Side.LOW: N_("◆ low")}
PROVISIONAL_MARKS = {Side.HIGH: N_("◇ high"), Side.LOW: N_("◇ low")}
"""The marks for limits from too few weeks to be reliable."""
EXTREME_SENTENCES: dict[Side | None, str] = {
    Side.HIGH: N_("Highest of {count} weeks; usual is {range}."),
    Side.LOW: N_("Lowest of {count} weeks; usual is {range}."),
}
RANGE_SENTENCES: dict[Side | None, str] = {
    Side.HIGH: N_("Above its usual {range}."),
    Side.LOW: N_("Below its usual {range}."),
    None: N_("Within its usual {range}."),
}
DRIFT_SENTENCES = {
    Side.HIGH: N_("The last {count} weeks were all above what was usual before, {centre}."),
    Side.LOW: N_("The last {count} weeks were all below what was usual before, {centre}."),
}


def signal_mark(signal: Signal | None, language: Language) -> str:
    """Return a sign and a word for a column; empty if the week is not unusual.

    It is shown beside the mark of the target, not instead of it.
    """
    _ = language.gettext
    if signal is None:
        return ""
    if signal.is_partial:
        return _("½ incomplete week")
    if signal.is_small:
        return _("∅ too small")
    if signal.outside and signal.limits:
        marks = PROVISIONAL_MARKS if signal.limits.is_provisional else FIRM_MARKS
        return _(marks[signal.outside])
    if signal.drift:
        return _("~ drift")
    if signal.limits is not None:
        return ""
    if signal.swing is not None:
        return _("± {share}").format(share=language.value(abs(signal.swing) * 100, Unit.PERCENT, 0))
    return _("? {count} of {needed} weeks").format(count=signal.points, needed=MIN_LIMIT_WEEKS)


def signal_explanation(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return how the week under review compares with past weeks; empty if it was not judged."""
    if series.signal is None:
        return ""
    return language.join_sentences(
        _explanation_sentences(series, series.signal, definition, language)
    )


def full_explanation(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the explanation, and whether the usual range is provisional."""
    sentences = [signal_explanation(series, definition, language)]
    limits = series.signal.limits if series.signal and _is_judged(series.signal) else None
    if limits is not None and limits.is_provisional:
        text = language.gettext(N_("Provisional: {count} earlier weeks so far, {needed} needed."))
        sentences.append(text.format(count=limits.points, needed=FIRM_LIMIT_WEEKS))
    return language.join_sentences(filter(None, sentences))


def usual_range_rule(language: Language) -> str:
    """Return how a usual range is calculated, and when it is provisional."""
    text = N_(
        "Usual range: median of the earlier weeks ± {scale} × their median change from week to "
        "week, or ± {other} × the mean change where most weeks do not change. "
        "With fewer than {needed} earlier weeks it is provisional ({mark})."
    )
    return language.gettext(text).format(
        scale=MEDIAN_SCALE, other=MEAN_SCALE, needed=FIRM_LIMIT_WEEKS, mark=PROVISIONAL_SIGN
    )


def usual_range(limits: Limits, definition: KpiDefinition, language: Language) -> str:
    """Return the range in which a KPI usually lies: `10.9–12.4 %`."""
    return language.span(limits.lower, limits.upper, definition.unit, definition.decimals)


def _is_judged(signal: Signal) -> bool:
    return not (signal.is_partial or signal.is_small)


def _explanation_sentences(
    series: KpiSeries, signal: Signal, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    _ = language.gettext
    if series.current.is_reduced:
        yield _("A report holds far less than the week before: check it first.")
    if signal.is_partial:
        yield _("The reports do not cover the whole week, so it is not judged.")
    elif signal.is_small:
        yield _("Too small to judge: fewer than {count} {measure}.").format(
            count=f"{definition.smallest:,.10g}",
            measure=_(", ").join(_(MEASURE_LABELS.get(each, each)) for each in definition.divisor),
        )
    elif signal.limits is None:
        yield _("Not enough history to say what is usual: {count} of {needed} weeks.").format(
            count=signal.points, needed=MIN_LIMIT_WEEKS
        )
    else:
        yield _range_sentence(series, signal, signal.limits, definition, language)
    if signal.drift and signal.before is not None:
        centre = language.value(signal.before, definition.unit, definition.decimals)
        yield _(DRIFT_SENTENCES[signal.drift]).format(count=RUN_LENGTH, centre=centre)
    if signal.swing is not None:
        sentence = (
            _("It rose by {share} in a week.")
            if signal.swing > 0
            else _("It fell by {share} in a week.")
        )
        yield sentence.format(share=language.value(abs(signal.swing) * 100, Unit.PERCENT, 0))
    if signal.is_good and signal.is_unusual:
        yield _("That is good news.")
    if signal.left_out:
        yield _("Exceptional weeks not counted: {count}.").format(count=signal.left_out)


def _range_sentence(
    series: KpiSeries,
    signal: Signal,
    limits: Limits,
    definition: KpiDefinition,
    language: Language,
) -> str:
    """Return the place of the week: `Highest of 14 weeks; usual is 20–23 %.`

    If an earlier week was as far out, only the side is named: `Above its usual 20–23 %.`
    """
    values = [each.value for each in series.readings if each.value is not None]
    furthest = {Side.HIGH: max(values), Side.LOW: min(values), None: None}[signal.outside]
    is_furthest = values[-1] == furthest and values.count(furthest) == 1
    is_known = len(values) > limits.points  # a journal may keep fewer weeks than the limits had
    sentences = EXTREME_SENTENCES if is_furthest and is_known else RANGE_SENTENCES
    return language.gettext(sentences[signal.outside]).format(
        range=usual_range(limits, definition, language), count=len(values)
    )
