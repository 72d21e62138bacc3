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
EXTREME_PHRASES: dict[Side | None, str] = {
    Side.HIGH: N_("highest of {count} weeks; usual is {range}"),
    Side.LOW: N_("lowest of {count} weeks; usual is {range}"),
}
RANGE_PHRASES: dict[Side | None, str] = {
    Side.HIGH: N_("above its usual {range}"),
    Side.LOW: N_("below its usual {range}"),
    None: N_("within its usual {range}"),
}
DRIFT_PHRASES = {
    Side.HIGH: N_("{count} weeks in a row above its usual {centre}"),
    Side.LOW: N_("{count} weeks in a row below its usual {centre}"),
}
VISIBLE_STEPS = 2
"""The width of a usual range that is written in few decimals, in steps of the last of them."""
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


def room_sentence(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return in plain words how the week compares: `highest of 13 weeks; usual is 20–23 %`.

    It is a phrase for a line of the panel or the minutes, in as few decimals as show the
    difference. Empty if the week was not judged, or if there is nothing to compare it with.
    """
    signal, _ = series.signal, language.gettext
    if signal is None or not _is_judged(signal):
        return ""
    if signal.limits is not None and (signal.outside or not signal.drift):
        phrases = dict(RANGE_PHRASES)
        if _is_furthest(series, signal, signal.limits):
            phrases.update(EXTREME_PHRASES)
        return _(phrases[signal.outside]).format(
            range=_rounded_range(series, signal.limits, definition, language),
            count=sum(each.value is not None for each in series.readings),
        )
    if signal.drift and signal.before is not None:
        centre = language.value(signal.before, definition.unit, definition.decimals)
        return _(DRIFT_PHRASES[signal.drift]).format(count=RUN_LENGTH, centre=centre)
    if signal.swing is not None:
        text = _("up {share} in a week") if signal.swing > 0 else _("down {share} in a week")
        return text.format(share=language.value(abs(signal.swing) * 100, Unit.PERCENT, 0))
    return ""


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
    sentences = EXTREME_SENTENCES if _is_furthest(series, signal, limits) else RANGE_SENTENCES
    return language.gettext(sentences[signal.outside]).format(
        range=usual_range(limits, definition, language),
        count=sum(each.value is not None for each in series.readings),
    )


def _is_furthest(series: KpiSeries, signal: Signal, limits: Limits) -> bool:
    """Return whether no earlier week was as far out on the side of the signal."""
    values = [each.value for each in series.readings if each.value is not None]
    furthest = {Side.HIGH: max(values), Side.LOW: min(values), None: None}[signal.outside]
    is_known = len(values) > limits.points  # a journal may keep fewer weeks than the limits had
    return is_known and values[-1] == furthest and values.count(furthest) == 1


def _rounded_range(
    series: KpiSeries, limits: Limits, definition: KpiDefinition, language: Language
) -> str:
    """Return the usual range in the fewest decimals that leave the value on its side of it."""
    value = series.current.value
    for decimals in range(definition.decimals):
        low, high = round(limits.lower, decimals), round(limits.upper, decimals)
        is_wide = high - low >= VISIBLE_STEPS * 10**-decimals
        if is_wide and value is not None and limits.side(value) is _side(value, low, high):
            return language.span(low, high, definition.unit, decimals)
    return usual_range(limits, definition, language)


def _side(value: float, low: float, high: float) -> Side | None:
    if value > high:
        return Side.HIGH
    return Side.LOW if value < low else None
