"""Offers a sentence that was typed where letters are commands as a note, and undoes its letters."""

from collections.abc import Callable

from textual.events import Key

from facilitator.domain.events.meeting import Step
from facilitator.render.language import _, current_language
from facilitator.render.steps import step_text
from facilitator.tui.controller import MeetingController
from facilitator.tui.stray_typing import LONGEST_OFFER, OfferedNote, StrayTyping

OFFER_KEYS = ("t", "f5", "u", "ctrl+z", "enter", "escape")
"""The keys that take up a stray sentence, and those that only end it."""


class StrayNotes:
    """Watches the keys of a meeting's screen for a sentence that no field takes."""

    def __init__(self, controller: MeetingController, announce: Callable[[str], object]) -> None:
        """Watch the screen of `controller`; `announce` shows a line there at once."""
        self._controller = controller
        self._session = controller.session
        self._announce = announce
        self._typing = StrayTyping()
        self._step_before: Step | None = None
        self._steps_before = self._fewest_steps = 0
        self._offered: OfferedNote | None = None

    def takes_key(self, event: Key) -> bool:
        """Return whether a key belongs to a sentence typed where letters are commands.

        Such a sentence is offered as a note. What its first letters opened is closed.
        """
        typing, screen, app = self._typing, self._controller.screen, self._controller.screen.app
        letter, focused = event.character, app.focused
        self._let_offer_lapse(event)
        if letter is None or not event.is_printable:
            was_sentence = typing.is_sentence and event.key == "enter"
            was_sentence = was_sentence and not typing.begins(event.time)
            typing.reset()
            return was_sentence
        is_text = focused is not None and focused.check_consume_key(event.key, letter)
        if typing.begins(event.time):
            typing.reset()
            if app.screen is not screen or is_text:
                return False
            self._step_before = self._session.last_step
            self._steps_before = self._fewest_steps = self._session.step_count
        self._fewest_steps = min(self._fewest_steps, self._session.step_count)
        if not typing.add(letter, event.time, is_text=is_text):
            return False
        while app.screen is not screen:
            app.pop_screen()
        self._offer(event.time)
        return True

    def take_back(self) -> str:
        """Undo what the letters of an offered sentence did, and name it; return the sentence."""
        offered, self._offered = self._offered, None
        if offered is None or self._session.last_step is not offered.last_step:
            return ""
        undone: list[str] = []
        with self._controller.errors():
            while (step := self._session.last_step) and self._session.step_count > offered.kept:
                undone.append(step_text(step, self._session.meeting, current_language()))
                self._session.undo()
            self._restore_undone(offered)
        what = _(", ").join(undone) or _("nothing")
        self._announce(_("Undid: {what} · U repeats it").format(what=what))
        return offered.text

    def _offer(self, at: float) -> None:
        self._offered = OfferedNote(
            text=self._typing.sentence(),
            step_before=self._step_before,
            undone=self._steps_before - self._fewest_steps,
            kept=self._fewest_steps,
            last_step=self._session.last_step,
            at=at,
        )
        offer = _(
            "Was that a note? “{text}” · t writes it down · u takes back what its letters did"
        )
        self._announce(offer.format(text=self._offered.text))

    def _let_offer_lapse(self, event: Key) -> None:
        """Offer a stray sentence no longer once another key is pressed, or some time has passed."""
        offered = self._offered
        if offered is None or (not self._typing.begins(event.time) and event.is_printable):
            return
        if event.key not in OFFER_KEYS or event.time - offered.at > LONGEST_OFFER:
            self._offered = None
            self._announce("")

    def _restore_undone(self, offered: OfferedNote) -> None:
        """Repeat the steps that the letters took back, unless other steps took their place."""
        redone = 0
        while redone < offered.undone and self._session.next_step:
            self._session.redo()
            redone += 1
        if self._session.last_step is not offered.step_before:
            for _step in range(redone):
                self._session.undo()
