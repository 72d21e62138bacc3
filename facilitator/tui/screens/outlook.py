"""What is known of a meeting before it begins, and how the lobby puts it into words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.message import Message

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.errors import Message as Sentence
from facilitator.domain.kpis.kpi import Unit
from facilitator.render.language import Language, _, current_language
from facilitator.render.markdown import one_line
from facilitator.session import readiness
from facilitator.session.readiness import Readiness, ReadinessCheck
from facilitator.session.stored_meetings import PreparedAgenda
from facilitator.tui.reception import Reception
from facilitator.tui.screens.house import House, title
from facilitator.tui.screens.refusal import amiss
from facilitator.tui.widgets.agenda_card import Card
from facilitator.tui.widgets.readiness_list import ReadinessLine

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from threading import Event

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.domain.kpis.facts import LoadProgress
    from facilitator.domain.kpis.scorecard import Scorecard
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.tui.dialogs.text_entry import TextEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """One agenda, and what is known of its meeting so far."""

    prepared: PreparedAgenda
    carried: CarryOver | None = None
    """None until the library was read."""
    scorecard: Scorecard | None = None
    """None until the reports are read."""
    progress: LoadProgress | None = None
    trouble: Sentence | None = None
    """Why library or reports cannot be read."""

    @property
    def is_loading(self) -> bool:
        """Whether more is to come."""
        return self.prepared.agenda is not None and self.scorecard is None and self.trouble is None

    def checks(self, now: datetime) -> tuple[ReadinessCheck, ...]:
        """Everything worth knowing on the day that it is now."""
        agenda = self.prepared.agenda
        lines = readiness.readiness_checks(
            agenda,
            self.prepared.problems,
            self.scorecard,
            self.carried,
            agenda.day_of(now) if agenda else now.date(),
        )
        if self.trouble is None:
            return lines
        known = tuple(line for line in lines if line.readiness is not Readiness.WAITING)
        return (*known, amiss(N_("Reports"), self.trouble))


@dataclass
class Surveyed(Message):
    """The folder was looked through."""

    house: House
    services: Services | None
    """None while it is being laid."""


@dataclass
class Learned(Message):
    """A load came further."""

    outlook: Outlook


STEP = 5
"""Per cent between two lines that tell how far the reports are read."""
PATIENCE = 1.0
"""Seconds that the desk waits for the first paint at the most."""


class Abandoned(Exception):  # noqa: N818  (no error: another agenda was chosen, or somebody left)
    """Nobody waits for this load any more."""


def survey(
    reception: Reception, painted: Event, *, is_shown: bool
) -> Iterator[tuple[House, Services | None]]:
    """Look through the folder, and lay the desk once an agenda is `painted`. For a worker."""
    if is_shown:
        painted.wait(PATIENCE)
    agendas: tuple[PreparedAgenda, ...] = ()
    try:
        agendas = tuple(reception.agendas())
        if not painted.is_set():
            yield House(agendas=agendas), None
            painted.wait(PATIENCE)
        services = reception.lay_desk()
        yield House(agendas=agendas, meetings=services.resumable()), services
    except FacilitatorError as error:
        yield House(agendas=agendas, trouble=error.message), None


def look_into(
    services: Services, prepared: PreparedAgenda, agenda: Agenda, tell: Callable[[Outlook], None]
) -> None:
    """Read library and reports, and tell each step; `tell` may end it. Call it in a worker."""
    outlook = Outlook(prepared=prepared)
    try:
        outlook = replace(outlook, carried=services.carried(agenda))
        tell(outlook)
        told = ""

        def tell_progress(progress: LoadProgress) -> None:
            nonlocal told
            line = reading_line(progress)
            if line != told:
                told = line
                tell(replace(outlook, progress=progress))

        scorecard = services.load(agenda, tell_progress)
        tell(replace(outlook, scorecard=scorecard))
    except FacilitatorError as error:
        tell(replace(outlook, trouble=error.message))


def shown(check: ReadinessCheck) -> ReadinessLine:
    """A line of the list, in the language spoken; names of files stay harmless."""
    return ReadinessLine(
        light=check.readiness.value,
        title=one_line(check.title.translate(_)),
        detail=one_line(check.translate(_)),
    )


def ask_reason(
    missing: tuple[ReadinessCheck, ...],
    language: Language,
    begin: Callable[[tuple[Override, ...]], object],
) -> TextEntry:
    """Ask why the meeting begins although something is missing; `language` is the minutes'."""
    from facilitator.tui.dialogs.text_entry import TextEntry  # noqa: PLC0415  (likewise)

    lines = [shown(check) for check in missing]
    why = _("Why does the meeting begin all the same? The minutes keep the reason.")
    question = "\n".join([*(f"✗ {line.title}: {line.detail}" for line in lines), why])

    def submit(reason: str) -> None:
        begin(tuple(_override(check, reason, language) for check in missing))

    return TextEntry(_("Something is missing"), question=question, submit=submit)


def _override(check: ReadinessCheck, reason: str, language: Language) -> Override:
    from facilitator.domain.carry_over import Override  # noqa: PLC0415  (likewise)

    said = f"{language.translate(check.title)}: {check.translate(language.gettext)}"
    return Override(subject=one_line(said), reason=reason)


def farewell(session: MeetingSession) -> str:
    """What the lobby says when a meeting was left."""
    if session.meeting_id is None:
        return _("That was a rehearsal; nothing was written.")
    meeting = session.meeting
    if meeting.is_recorder_changing and meeting.recorder:
        told = _("{name} records now: open the program there within ten minutes, and resume.")
        return told.format(name=meeting.recorder.name)
    if meeting.suspended_at is not None:
        return _("The meeting is suspended; u goes on where it stopped.")
    if meeting.is_reopened:
        return _("The minutes are still open; u goes on changing them.")
    if not meeting.is_closed:
        return _("The meeting is still open; resume it when you like.")
    return _("The meeting is closed. Its minutes: {path}").format(path=session.minutes_path)


def card(
    house: House | None,
    outlook: Outlook | None,
    *,
    checks: tuple[ReadinessCheck, ...],
    may_begin: bool,
    notice: str,
    resume: str,
) -> Card:
    """What the lobby shows of the agenda chosen, or why there is none."""
    lines = tuple(shown(check) for check in checks)
    if outlook is None:
        return Card(facts=_nothing(house), notice=notice, lines=lines, resume=resume)
    agenda = outlook.prepared.agenda
    return Card(
        title=title(outlook.prepared),
        file=one_line(str(outlook.prepared.file)),
        facts=_facts(agenda) if agenda else _("This agenda has faults. Mend them, then press r."),
        notice=one_line(notice),
        lines=lines,
        progress=reading_line(outlook.progress) if outlook.is_loading else "",
        may_begin=may_begin,
        resume=resume,
    )


def _nothing(house: House | None) -> str:
    if house is None:
        return _("Reading the agendas…")
    if house.trouble is not None:
        return one_line(house.trouble.translate(_))
    return _(
        "There is no agenda here yet. Leave with ctrl+q, then run `facilitator new weekly` to "
        "make one and fill it in, or `facilitator demo` to see a complete meeting."
    )


def _facts(agenda: Agenda) -> str:
    language = current_language()
    cost = agenda.hourly_cost * (agenda.length / timedelta(hours=1))
    told = [
        f"{language.day(agenda.starts.date())} {agenda.starts:%H:%M}",
        language.minutes(agenda.length),
        _("{count} people").format(count=len(agenda.people)),
    ]
    if cost:
        told.append(_("about {cost}").format(cost=language.money(cost, agenda.currency)))
    return " · ".join(told)


def reading_line(progress: LoadProgress | None) -> str:
    """How far the reports are read."""
    if progress is None:
        return _("Reading the reports…")
    share = 100 * progress.done // max(progress.total, 1) // STEP * STEP
    told = current_language().value(min(share, 100), Unit.PERCENT, 0)
    return _("Reading {file} · {share}").format(file=one_line(progress.file), share=told)
