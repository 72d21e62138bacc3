"""Incidents as text: the notice to send, countdowns, who was told, and the whole record."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from facilitator.domain.durations import MINUTE
from facilitator.domain.errors import N_
from facilitator.domain.incident import (
    INCIDENT_KIND_NAMES,
    INFORM_WITHIN,
    LATE_RECIPIENT,
    RECIPIENT_NAMES,
    Incident,
)
from facilitator.domain.incident_losses import sum_losses
from facilitator.domain.text import one_line
from facilitator.render.language import Language
from facilitator.render.markdown import inline

MAX_NOTICE_BYTES = 2048
"""The limit of a WeCom text message in bytes of UTF-8; for its Markdown it is 4096."""
ELLIPSIS = "…"
DAY = timedelta(days=1)


def incident_notice(incident: Incident, language: Language, zone: tzinfo | None) -> str:
    """Return the notice as plain text of at most `MAX_NOTICE_BYTES` bytes of UTF-8.

    Long answers are truncated, so that each gets a fair share of the bytes that are left.
    """
    _ = language.gettext
    fields = (
        (N_("Found: {text}"), day_and_time(incident.detected_at, language, zone)),
        (N_("What we see: {text}"), incident.phenomenon),
        (N_("What is affected: {text}"), incident.scope),
        (N_("What we did first: {text}"), incident.measures),
    )
    head = _("[Incident {id}] {kind}").format(
        id=incident.id, kind=_(INCIDENT_KIND_NAMES[incident.kind])
    )
    foot = _("A full review follows at the next meeting.")
    around = [head, *(_(text).format(text="") for text, _said in fields), foot]
    texts = fit_texts(
        [one_line(answer) for _text, answer in fields], room=MAX_NOTICE_BYTES - _byte_size(*around)
    )
    lines = (
        _(text).format(text=answer) for (text, _said), answer in zip(fields, texts, strict=True)
    )
    return "\n".join((head, *lines, foot))


def fit_texts(texts: list[str], room: int) -> list[str]:
    """Return the texts in at most `room` bytes of UTF-8 in total; only long ones are truncated."""
    sizes = sorted(len(text.encode()) for text in texts)
    share = room
    for place, size in enumerate(sizes):
        share = room // (len(sizes) - place)
        if size > share:
            break
        room -= size
        share = size
    return [_truncate(text, share) for text in texts]


def day_and_time(at: datetime, language: Language, zone: tzinfo | None) -> str:
    """Return a moment in a time zone: `Mon 23 Nov 10:05`."""
    local = at.astimezone(zone)
    return f"{language.day(local.date())} {language.clock_time(local)}"


def incident_list_line(incident: Incident, now: datetime, language: Language) -> str:
    """Return an incident as one line of a list, with its countdown."""
    _ = language.gettext
    clock = incident_clock_text(incident, now, language) or _("{id} everyone told").format(
        id=incident.id
    )
    return f"{clock} · {_(INCIDENT_KIND_NAMES[incident.kind])} · {one_line(incident.phenomenon)}"


def incident_countdown(incident: Incident, now: datetime, language: Language) -> str:
    """Return the time left to tell everybody: `! I3 42:10`; after the deadline `! I3 +0:10`.

    From a day on it is told in days and hours: `! I3 +6 d 22 h`.
    """
    left = incident.deadline - now
    clock = language.countdown(left) if left > -DAY else f"+{language.duration(-left)}"
    return f"! {incident.id} {clock}"


def incident_clock_text(incident: Incident, now: datetime, language: Language) -> str:
    """Return the countdown, who must be told, and who was told late; empty if none of that is.

    For example `! I3 42:10 · tell: supervisor, boss`, or `I3 told late: boss, by 4 h`.
    """
    _ = language.gettext
    late = late_recipients_text(incident, language)
    if not incident.not_informed:
        return _("{id} told late: {names}").format(id=incident.id, names=late) if late else ""
    text = _("{clock} · tell: {names}").format(
        clock=incident_countdown(incident, now, language),
        names=_(", ").join(_(RECIPIENT_NAMES[each]) for each in incident.not_informed),
    )
    return text + (" · " + _("told late: {names}").format(names=late) if late else "")


def late_recipients_text(incident: Incident, language: Language) -> str:
    """Return who was told late and by how much: `boss by 4 h`; empty if nobody was."""
    _ = language.gettext
    return _(", ").join(
        _(LATE_RECIPIENT).format(
            name=_(RECIPIENT_NAMES[who]), time=language.duration(max(by, MINUTE))
        )
        for who, by in incident.late_recipients
    )


def notification_lines(
    incident: Incident, now: datetime, language: Language, zone: tzinfo | None
) -> tuple[str, ...]:
    """Return who was told and when, how long it took, and whether it was too late."""
    _ = language.gettext
    lines = []
    for recipient, name in RECIPIENT_NAMES.items():
        at = incident.told_at(recipient)
        gap = language.duration(incident.time_to_inform(recipient, now))
        if at is None:
            text = _("{name}: not told yet, {gap} after it was found")
        else:
            text = _("{name}: told {time}, {gap} after it was found")
        time = day_and_time(at, language, zone) if at else ""
        line = text.format(name=_(name), time=time, gap=gap)
        if incident.is_late(recipient, now):
            late = _("late (the limit is {limit})").format(limit=language.duration(INFORM_WITHIN))
            line = f"{line} · {late}"
        lines.append(line)
    return tuple(lines)


def _byte_size(*lines: str) -> int:
    return len("\n".join(lines).encode())


def _truncate(text: str, room: int) -> str:
    """Return the text in at most `room` bytes, without splitting a character."""
    written = text.encode()
    if len(written) <= room:
        return text
    kept = written[: max(room - len(ELLIPSIS.encode()), 0)].decode(errors="ignore")
    return f"{one_line(kept)}{ELLIPSIS}" if room >= len(ELLIPSIS.encode()) else ""


def incident_markdown(incident: Incident, now: datetime, language: Language) -> str:
    """Return the whole record of an incident as a Markdown list, in local time."""
    first, *others = incident_texts(incident, now, language, None)
    return "\n".join((f"- {first}", *(f"  - {each}" for each in others)))


def incident_texts(
    incident: Incident, now: datetime, language: Language, zone: tzinfo | None
) -> Iterator[str]:
    """Yield the whole record of an incident in Markdown: what happened, then all about it."""
    _ = language.gettext
    kind = _(INCIDENT_KIND_NAMES[incident.kind])
    yield f"**{incident.id}** {kind} · {inline(incident.phenomenon)}"
    scope = _("Scope: {text}").format(text=inline(incident.scope))
    measures = _("First measures: {text}").format(text=inline(incident.measures))
    yield f"{scope} · {measures}"
    found = _("Found {time}").format(time=day_and_time(incident.detected_at, language, zone))
    times = [found, *notification_lines(incident, now, language, zone)]
    if incident.recovered_at:
        over = (
            _("Recovered by itself {time}") if incident.recovered_by_itself else _("Ended {time}")
        )
        times.append(over.format(time=day_and_time(incident.recovered_at, language, zone)))
    yield " · ".join(times)
    if incident.review:
        cause = _("Cause: {text}").format(text=inline(incident.review.cause))
        loss = _("Loss: {text}").format(text=inline(incident.review.loss))
        lesson = _("Lesson: {text}").format(text=inline(incident.review.lesson))
        yield f"{cause} · {loss} · {lesson}"


def losses_text(losses: Sequence[tuple[str, str]], language: Language) -> str:
    """Return losses added up: `$1,250, ¥300 · not counted: I4`; empty for fewer than two."""
    _, total = language.gettext, sum_losses(losses)
    if len(losses) < 2 or not total.amounts:
        return ""
    parts = [_(", ").join(language.money(each, currency) for currency, each in total.amounts)]
    if total.unclear:
        parts.append(_("not counted: {ids}").format(ids=_(", ").join(total.unclear)))
    return " · ".join(parts)
