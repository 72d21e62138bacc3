"""What a meeting settled, cost and lost, as text."""

from collections.abc import Iterator

from facilitator.domain.durations import NO_TIME
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES, LossCause, LostTime
from facilitator.domain.meeting_value import MeetingValue
from facilitator.domain.text import one_line
from facilitator.render.language import Language


def decision_rate_text(value: MeetingValue, language: Language) -> str:
    """Return the number of decisions: `Decisions: 3 in 48 min, 3.8 an hour`."""
    _, rate, time = language.gettext, value.settled_per_hour, language.minutes(value.time)
    if not rate:
        return _("Decisions: {count} in {time}").format(count=value.settled, time=time)
    return _("Decisions: {count} in {time}, {rate} an hour").format(
        count=value.settled, time=time, rate=language.value(rate, Unit.COUNT)
    )


def lost_time_text(
    value: MeetingValue, currency: Currency, language: Language, *, brief: bool = False
) -> str:
    """Return the lost time by cause, with its cost; empty if none was lost.

    For example `Lost, worth ¥66: off topic 6 min (bottle reviews), papers not read 4 min`. With
    `brief`, the topics are left out.
    """
    if not value.lost_times:
        return ""
    _ = language.gettext
    times = _(", ").join(_loss_causes(value.lost_times, language, brief=brief))
    if not value.lost_cost:
        return _("Lost time: {times}").format(times=times)
    money = language.money(value.lost_cost, currency)
    return _("Lost time, worth {money}: {times}").format(money=money, times=times)


def meeting_value_text(value: MeetingValue, currency: Currency, language: Language) -> str:
    """Return a line with decisions and cost, and another one if time was lost."""
    money = language.money(value.cost, currency) if value.cost else ""
    first_line = " · ".join(filter(None, (decision_rate_text(value, language), money)))
    return "\n".join(
        filter(None, (first_line, lost_time_text(value, currency, language, brief=True)))
    )


def _loss_causes(
    lost_times: tuple[LostTime, ...], language: Language, *, brief: bool
) -> Iterator[str]:
    _ = language.gettext
    for cause in LossCause:
        losses = [each for each in lost_times if each.cause is cause]
        if not losses:
            continue
        time = language.minutes(sum((each.time for each in losses), NO_TIME))
        text = f"{_(LOSS_CAUSE_NAMES[cause])} {time}"
        about = _(", ").join(one_line(each.about) for each in losses if each.about)
        yield text if brief or not about else _("{text} ({about})").format(text=text, about=about)
