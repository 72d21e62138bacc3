"""What a meeting was worth as text: decisions an hour, cost, time lost."""

from collections.abc import Iterator

from facilitator.domain.durations import NO_TIME
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES, LossCause, LostTime
from facilitator.domain.meeting_value import MeetingValue
from facilitator.domain.text import one_line
from facilitator.render.language import Language


def decision_rate_text(worth: MeetingValue, language: Language) -> str:
    """`Decisions: 3 in 48 min, 3.8 an hour`."""
    _, rate, time = language.gettext, worth.settled_per_hour, language.minutes(worth.time)
    if not rate:
        return _("Decisions: {count} in {time}").format(count=worth.settled, time=time)
    return _("Decisions: {count} in {time}, {rate} an hour").format(
        count=worth.settled, time=time, rate=language.value(rate, Unit.COUNT)
    )


def lost_time_text(
    worth: MeetingValue, currency: Currency, language: Language, *, brief: bool = False
) -> str:
    """`Lost, worth ¥ 66: off topic 6 min (bottle reviews), papers not read 4 min`, or nothing.

    A brief one leaves out what the minutes were about.
    """
    if not worth.lost_times:
        return ""
    _ = language.gettext
    times = _(", ").join(_loss_causes(worth.lost_times, language, brief=brief))
    if not worth.lost_cost:
        return _("Lost: {times}").format(times=times)
    money = language.money(worth.lost_cost, currency)
    return _("Lost, worth {money}: {times}").format(money=money, times=times)


def meeting_value_text(worth: MeetingValue, currency: Currency, language: Language) -> str:
    """Decisions and cost on one line, and on another what was lost, if anything was."""
    money = language.money(worth.cost, currency) if worth.cost else ""
    made = " · ".join(filter(None, (decision_rate_text(worth, language), money)))
    return "\n".join(filter(None, (made, lost_time_text(worth, currency, language, brief=True))))


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
