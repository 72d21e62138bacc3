"""The form in which each person rates the meeting from 1 to 10."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label

from facilitator.domain.people import Person, PersonId
from facilitator.domain.rating import GOOD_SCORE, HIGHEST_SCORE, LOWEST_SCORE, Rating
from facilitator.render.language import _
from facilitator.tui.dialogs.form import AnyField, Field, Form, FormHandler, Values, folded


class RatingsForm(Form[tuple[Rating, ...]]):
    """A row for each person with the score; reasons of low ones are folded away."""

    def __init__(
        self,
        people: tuple[Person, ...],
        ratings: tuple[Rating, ...],
        *,
        handler: FormHandler[tuple[Rating, ...]],
    ) -> None:
        """Ask `people`; begin with `ratings` given before."""
        given = {each.person: each for each in ratings}
        self._rows = [(each, *_rating_fields(each, given.get(each.id))) for each in people]
        self._scores = {reason.id: score for _person, score, reason in self._rows}
        title = _("More: why below {good}").format(good=GOOD_SCORE)
        self._reasons = folded(title, *(reason for _person, _score, reason in self._rows))
        scores = (score for _person, score, _reason in self._rows)
        super().__init__(_("Ratings"), *scores, self._reasons, handler=handler)

    def compose_body(self) -> ComposeResult:
        """The question over a row for each person, then the reasons."""
        asked = _("How useful was the meeting, from {low} to {high}? Leave empty for no rating.")
        yield Label(asked.format(low=LOWEST_SCORE, high=HIGHEST_SCORE))
        for person, score, _reason in self._rows:
            with Horizontal(classes="rating"):
                yield Label(Content(person.name), classes="who")
                yield from self.compose_field(score)
                yield Label(id=f"{score.id}-fault", classes="fault")
        yield from self.compose_folded(self._reasons)

    def is_shown(self, declared: AnyField) -> bool:
        """Offer a reason only where the score is low."""
        score = self._scores.get(declared.id)
        if score is None:
            return True
        given = _parse_score(self.line_of(score).value)
        return given is not None and LOWEST_SCORE <= given < GOOD_SCORE

    @on(Input.Changed)
    def show_faults(self) -> None:
        """Say beside a score what is wrong with it; show the reasons of low ones."""
        for _person, score, _reason in self._rows:
            fault = _score_fault(self.line_of(score).value)
            self.query_one(f"#{score.id}-fault", Label).update(Content(fault))
        self.show_fields()

    def build(self, values: Values) -> tuple[Rating, ...]:
        """Return the ratings of those who gave one."""
        return tuple(self._ratings(values))

    def _ratings(self, values: Values) -> Iterator[Rating]:
        for person, score_field, reason_field in self._rows:
            score = values[score_field]
            if score is not None:
                reason = values.get(reason_field) or ""
                yield Rating(person=person.id, score=score, reason=reason)


def _rating_fields(person: Person, given: Rating | None) -> tuple[Field[int | None], Field[str]]:
    """Return the fields of one person: the score, and the reason for a low one."""
    score: Field[int | None] = Field(
        id=_field_id("score", person.id),
        value=str(given.score) if given else "",
        parse=_parse_score,
        classes="score",
    )
    reason = Field(
        id=_field_id("reason", person.id),
        label=_("Why below {good}, {name}?").format(good=GOOD_SCORE, name=person.name),
        value=given.reason if given else "",
        parse=str,
    )
    return score, reason


def _score_fault(text: str) -> str:
    """Return what is wrong with a score as it is typed; empty where nothing is."""
    score = _parse_score(text)
    if score is None or LOWEST_SCORE <= score <= HIGHEST_SCORE:
        return ""
    return _("“{text}” is not a whole number from {low} to {high}.").format(
        text=text.strip(), low=LOWEST_SCORE, high=HIGHEST_SCORE
    )


def _field_id(name: str, person: PersonId) -> str:
    """Return the id of a field; a person's own id may hold what no widget's may."""
    return f"{name}-{person.encode().hex()}"


def _parse_score(text: str) -> int | None:
    """Return the number; None for nothing, and 0, which is no rating, for what is no number."""
    if not text.strip():
        return None
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 4 else 0
