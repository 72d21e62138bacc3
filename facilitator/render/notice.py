"""The notice of an incident: the text that goes to supervisor and boss, in a chat's limits."""

from datetime import datetime, tzinfo

from facilitator.domain.errors import N_
from facilitator.domain.incident import (
    INCIDENT_KIND_NAMES,
    INFORM_WITHIN,
    RECIPIENT_NAMES,
    Incident,
)
from facilitator.render.language import Language
from facilitator.render.markdown import one_line

LONGEST = 2048
"""Bytes of UTF-8 that a text message of WeCom may have; its markdown may have twice as many."""
CUT = "…"


def notice(incident: Incident, language: Language, zone: tzinfo | None) -> str:
    """The notice as plain text of at most `LONGEST` bytes; long answers are cut to a fair share."""
    _ = language.gettext
    frames = (
        (N_("Found: {text}"), moment(incident.detected_at, language, zone)),
        (N_("What we see: {text}"), incident.phenomenon),
        (N_("How far it reaches: {text}"), incident.scope),
        (N_("What we do first: {text}"), incident.measures),
    )
    head = _("[Incident {id}] {kind}").format(
        id=incident.id, kind=_(INCIDENT_KIND_NAMES[incident.kind])
    )
    foot = _("Full review at the next meeting.")
    around = [head, *(_(text).format(text="") for text, _said in frames), foot]
    texts = fitted([one_line(said) for _text, said in frames], room=LONGEST - _size(*around))
    lines = (_(text).format(text=said) for (text, _said), said in zip(frames, texts, strict=True))
    return "\n".join((head, *lines, foot))


def fitted(texts: list[str], room: int) -> list[str]:
    """The texts, in `room` bytes of UTF-8 together: the short ones whole, the long ones cut."""
    sizes = sorted(len(text.encode()) for text in texts)
    share = room
    for place, size in enumerate(sizes):
        share = room // (len(sizes) - place)
        if size > share:
            break
        room -= size
        share = size
    return [_cut(text, share) for text in texts]


def moment(at: datetime, language: Language, zone: tzinfo | None) -> str:
    """`Mon 23 Nov 10:05`."""
    here = at.astimezone(zone)
    return f"{language.day(here.date())} {language.clock_time(here)}"


def incident_line(incident: Incident, now: datetime, language: Language) -> str:
    """One incident in a list, with its clock."""
    _ = language.gettext
    clock = clock_text(incident, now, language) or _("{id} all told").format(id=incident.id)
    return f"{clock} · {_(INCIDENT_KIND_NAMES[incident.kind])} · {one_line(incident.phenomenon)}"


def short_clock(incident: Incident, now: datetime, language: Language) -> str:
    """`! I3 42:10`; past the hour it counts up, with a sign: colour is never the only cue."""
    return f"! {incident.id} {language.countdown(incident.deadline - now)}"


def clock_text(incident: Incident, now: datetime, language: Language) -> str:
    """What a running clock shows: `! I3 42:10 · tell: supervisor, boss`; empty once all know."""
    if not incident.not_informed:
        return ""
    _ = language.gettext
    return _("{clock} · tell: {names}").format(
        clock=short_clock(incident, now, language),
        names=_(", ").join(_(RECIPIENT_NAMES[each]) for each in incident.not_informed),
    )


def told_lines(
    incident: Incident, now: datetime, language: Language, zone: tzinfo | None
) -> tuple[str, ...]:
    """Who was told and when, how long that took, and whether it was within the hour."""
    _ = language.gettext
    lines = []
    for recipient, name in RECIPIENT_NAMES.items():
        at = incident.told_at(recipient)
        gap = language.minutes(incident.time_to_inform(recipient, now))
        if at is None:
            text = _("{name}: not told, {gap} after it was found")
        else:
            text = _("{name}: told {time}, {gap} after it was found")
        time = moment(at, language, zone) if at else ""
        line = text.format(name=_(name), time=time, gap=gap)
        if incident.is_late(recipient, now):
            late = _("late: the limit is {limit}").format(limit=language.minutes(INFORM_WITHIN))
            line = f"{line} · {late}"
        lines.append(line)
    return tuple(lines)


def _size(*lines: str) -> int:
    return len("\n".join(lines).encode())


def _cut(text: str, room: int) -> str:
    """The text in `room` bytes, no letter torn."""
    written = text.encode()
    if len(written) <= room:
        return text
    kept = written[: max(room - len(CUT.encode()), 0)].decode(errors="ignore")
    return f"{kept.rstrip()}{CUT}" if room >= len(CUT.encode()) else ""
