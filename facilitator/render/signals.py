"""Signals (unusual KPI values) as text: a mark for a column, and an explanation."""

from collections.abc import Iterator

from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import KpiDefinition, Unit
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import FIRM_LIMIT_WEEKS, Limits, Side, Signal
from facilitator.domain.kpis.signals import MEAN_SCALE, MEDIAN_SCALE, MIN_LIMIT_WEEKS, RUN_LENGTH
from facilitator.render.language import Language

FIRM_MARKS = {Side.HIGH: N_("◆ high"), Side.LOW: N_("◆ low")}
PROVISIONAL_MARKS = {Side.HIGH: N_("◇ high"), Side.LOW: N_("◇ low")}
"""The marks for limits from too few weeks to be reliable."""
RANGE_SENTENCES = {
    Side.HIGH: N_(
        "Above the usual {range}: median ± {scale} × median moving range of {count} weeks."
    ),
    Side.LOW: N_(
        "Below the usual {range}: median ± {scale} × median moving range of {count} weeks."
    ),
    None: N_("Within the usual {range}: median ± {scale} × median moving range of {count} weeks."),
}
RANGE_SENTENCES_BY_MEAN = {
    Side.HIGH: N_(
        "Above the usual {range}: median ± {scale} × mean moving range of {count} weeks."
    ),
    Side.LOW: N_("Below the usual {range}: median ± {scale} × mean moving range of {count} weeks."),
    None: N_("Within the usual {range}: median ± {scale} × mean moving range of {count} weeks."),
}
"""The same for limits from the mean moving range."""
DRIFT_SENTENCES = {
    Side.HIGH: N_("The last {count} weeks all lie above what was usual before, {centre}."),
    Side.LOW: N_("The last {count} weeks all lie below what was usual before, {centre}."),
}


def signal_mark(signal: Signal | None, language: Language) -> str:
    """Return a sign and a word for a column; empty if the week is not unusual.

    It is shown beside the mark of the target, not instead of it.
    """
    _ = language.gettext
    if signal is None:
        return ""
    if signal.is_partial:
        return _("½ part of a week")
    if signal.is_small:
        return _("∅ too few")
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


def signal_explanation(signal: Signal, definition: KpiDefinition, language: Language) -> str:
    """Return how the value compares with past weeks, and how that was determined."""
    return language.join_sentences(_explanation_sentences(signal, definition, language))


def usual_range(limits: Limits, definition: KpiDefinition, language: Language) -> str:
    """Return the range in which a KPI usually lies: `10.9–12.4 %`."""
    return language.span(limits.lower, limits.upper, definition.unit, definition.decimals)


def _explanation_sentences(
    signal: Signal, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    _, limits = language.gettext, signal.limits
    if signal.is_partial:
        yield _("The reports do not cover the whole week, so it is not judged.")
    elif signal.is_small:
        yield _("Fewer than {count} {measure} stand behind it: too few to judge.").format(
            count=f"{definition.smallest:,.10g}",
            measure=", ".join(_(MEASURE_LABELS.get(each, each)) for each in definition.divisor),
        )
    elif limits is None:
        yield _("Not enough history to tell what is usual: {count} of {needed} weeks.").format(
            count=signal.points, needed=MIN_LIMIT_WEEKS
        )
    else:
        sentences, scale = (
            (RANGE_SENTENCES_BY_MEAN, MEAN_SCALE)
            if limits.is_by_mean
            else (RANGE_SENTENCES, MEDIAN_SCALE)
        )
        yield _(sentences[signal.outside]).format(
            range=usual_range(limits, definition, language), scale=scale, count=limits.points
        )
        if limits.is_provisional:
            yield _("Provisional: fewer than {count} weeks.").format(count=FIRM_LIMIT_WEEKS)
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
        yield _("Weeks left out for an occasion: {count}.").format(count=signal.left_out)
