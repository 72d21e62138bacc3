"""The form in which each person rates the meeting from 1 to 10."""

from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Label

from facilitator.domain.people import Person, PersonId
from facilitator.domain.rating import GOOD_SCORE, HIGHEST_SCORE, LOWEST_SCORE, Rating
from facilitator.render.language import _
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.text_field import TextField


class RatingsForm(Form):
    """A row a person: digits and Enter down the list; why, only where it is low."""

    def __init__(
        self,
        people: tuple[Person, ...],
        ratings: tuple[Rating, ...],
        *,
        submit: Callable[[tuple[Rating, ...]], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Ask `people`; begin with `ratings` given before."""
        super().__init__(keep=keep, draft=draft)
        self._people = people
        self._ratings = {each.person: each for each in ratings}
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The rows."""
        asked = _("How useful was it, from {low} to {high}? Whoever gives none is left out.")
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.border_title = Content(_("Ratings")).markup
            yield Label(asked.format(low=LOWEST_SCORE, high=HIGHEST_SCORE))
            for person in self._people:
                given = self._ratings.get(person.id)
                with Horizontal(classes="rating"):
                    yield Label(Content(person.name), classes="who")
                    yield TextField(
                        str(given.score) if given else "",
                        id=_field_id("score", person.id),
                        classes="score",
                        max_length=len(str(HIGHEST_SCORE)),
                    )
                    yield TextField(
                        given.reason if given else "",
                        id=_field_id("reason", person.id),
                        classes="reason",
                        placeholder=_("Why below {good}?").format(good=GOOD_SCORE),
                    )
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the first score."""
        super().on_mount()
        self.show_reasons()

    @on(Input.Changed, ".score")
    def show_reasons(self) -> None:
        """Ask why, where a score is low."""
        values = dict(self.fields())
        for person in self._people:
            reason = self.query_one(f"#{_field_id('reason', person.id)}", Input)
            score = _parse_score(values[_field_id("score", person.id)])
            reason.display = score is not None and LOWEST_SCORE <= score < GOOD_SCORE

    def enter(self, line: Input) -> None:
        """Pass by no reason that is asked for only now."""
        self.show_reasons()
        super().enter(line)

    def send(self) -> str:
        """Hand the ratings over."""
        ratings = tuple(self._read_ratings())
        self._submit(ratings)
        return str(len(ratings))

    def _read_ratings(self) -> Iterator[Rating]:
        values = dict(self.fields())
        for person in self._people:
            score = _parse_score(values[_field_id("score", person.id)])
            if score is not None:
                reason = values[_field_id("reason", person.id)] if score < GOOD_SCORE else ""
                yield Rating(person=person.id, score=score, reason=reason)


def _field_id(name: str, person: PersonId) -> str:
    """The id of a field; people's own ids may hold what no widget's may."""
    return f"{name}-{person.encode().hex()}"


def _parse_score(text: str) -> int | None:
    """The number; None for nothing, and 0, which is no rating, for what is no number."""
    if not text.strip():
        return None
    return int(text) if text.strip().isdecimal() else 0
