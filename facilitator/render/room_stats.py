"""Minutes lost and ratings over all meetings, as rows of a label, a figure and a small chart."""

from collections.abc import Iterable, Iterator, Sequence

from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES
from facilitator.domain.past.statistics import LostTimeStats, MonthlyValue, RatingStats
from facilitator.domain.rating import HIGHEST_SCORE
from facilitator.render.language import Language
from facilitator.render.markdown import one_line
from facilitator.render.sparkline import CHARTED, sparkline

Row = tuple[str, str, str]


def month_chart(months: Sequence[MonthlyValue]) -> str:
    """Figures month by month; empty for a single month."""
    return sparkline([each.value for each in months], CHARTED) if len(months) > 1 else ""


def wasted_rows(causes: Iterable[LostTimeStats], language: Language) -> Iterator[Row]:
    """A row a cause: the time, its share of all meeting time, and what it cost."""
    _ = language.gettext
    for each in causes:
        facts = [language.minutes(each.time)]
        if each.share is not None:
            share = language.value(100 * each.share, Unit.PERCENT)
            facts.append(_("{share} of the time").format(share=share))
        facts += [language.money(amount, currency) for currency, amount in each.costs]
        label = _("Lost: {cause}").format(cause=_(LOSS_CAUSE_NAMES[each.cause]))
        yield label, " · ".join(facts), sparkline(each.by_meeting, CHARTED)


def rating_rows(trend: RatingStats, language: Language) -> Iterator[Row]:
    """The average over the meetings, then the lowest of late with their reasons."""
    _ = language.gettext
    if trend.average is None:
        return
    figure = _("{score} of {highest} ({meetings} rated)").format(
        score=language.value(trend.average, Unit.COUNT), highest=HIGHEST_SCORE, meetings=trend.rated
    )
    yield _("Rating"), figure, sparkline(trend.by_meeting, CHARTED)
    for each in trend.lowest:
        label = _("Low rating, {day}").format(day=language.day(each.date))
        yield label, f"{each.score} · {one_line(each.name)} · {one_line(each.reason)}", ""
