"""Looking back: every meeting that was held, a search through all of them, and what each left."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, OptionList
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from facilitator.domain.chain import chains
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.past import Past
from facilitator.domain.search import Hit, find, meeting_hits
from facilitator.domain.stats import stats
from facilitator.render.chain import chain_text
from facilitator.render.language import _, spoken
from facilitator.render.looking_back import hit_line
from facilitator.render.markdown import paragraphs
from facilitator.render.stats import stats_text
from facilitator.session.desk import Desk
from facilitator.session.stored import MeetingId
from facilitator.tui.screens.minutes_preview import MinutesText
from facilitator.tui.spoken import SpokenScreen, tell
from facilitator.tui.widgets.title_bar import TitleBar


class HistoryScreen(SpokenScreen[None]):
    """Shows meetings or what a search found on the left, and what the chosen one left beside it."""

    CSS_PATH = "history.tcss"

    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="history.back", priority=True),
        Binding("slash", "words", N_("Search"), id="history.search", key_display="/"),
        Binding("m", "show('minutes')", N_("Minutes"), id="history.minutes"),
        Binding(
            "c",
            "show('chain')",
            N_("Chain"),
            id="history.chain",
            tooltip=N_("From the KPI over cause and decision to what was done"),
        ),
        Binding("t", "show('stats')", N_("Statistics"), id="history.stats"),
    ]

    words = getters.query_one("#words", Input)
    found = getters.query_one("#found", OptionList)
    text = getters.query_one(MinutesText)

    @dataclass
    class Remembered(Message):
        """The library was read, or could not be."""

        past: Past
        trouble: FacilitatorError | None = None

    @dataclass
    class Searched(Message):
        """A search ended."""

        hits: tuple[Hit, ...]

    def __init__(self, lay_desk: Callable[[], Desk]) -> None:
        """Look back on what the library of this desk remembers; it is laid in a worker."""
        super().__init__()
        self._lay_desk = lay_desk
        self._past = Past()
        self._hits: tuple[Hit, ...] = ()
        self._chosen: Hit | None = None
        self._shown = "minutes"

    def compose(self) -> ComposeResult:
        """The line to search with, what was found, and the text of the chosen one."""
        yield TitleBar()
        yield Input(id="words", placeholder=_("Search: words, D3, a name, an ASIN"))
        with Horizontal(id="main"):
            yield OptionList(id="found", markup=False)
            yield MinutesText(self._made)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the library beside the screen."""
        self.found.focus()
        self._remember()

    @work(thread=True, exclusive=True, group="past")
    def _remember(self) -> None:
        desk = self._lay_desk()
        try:
            desk.archive.meetings()
            remembered = self.Remembered(desk.library.past())
        except FacilitatorError as error:
            remembered = self.Remembered(Past(), error)
        if not get_current_worker().is_cancelled:
            self.post_message(remembered)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str) -> None:
        hits = find(self._past, words) if words.strip() else meeting_hits(self._past)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Searched(hits))

    @on(Remembered)
    def take_past(self, remembered: Remembered) -> None:
        """Show the meetings, or what they say of the words typed meanwhile."""
        self._past = remembered.past
        if remembered.trouble is not None:
            tell(self, remembered.trouble)
        self._search(self.words.value)

    @on(Input.Changed, "#words")
    def search(self, changed: Input.Changed) -> None:
        """Find what was typed."""
        self._search(changed.value)

    @on(Input.Submitted, "#words")
    def look_through(self) -> None:
        """Go on to what was found."""
        self.found.focus()

    @on(Searched)
    def take_hits(self, searched: Searched) -> None:
        """Show what was found, with the first one chosen."""
        self._hits = searched.hits
        self.found.clear_options()
        self.found.add_options(Option(Content(hit_line(hit, spoken()))) for hit in self._hits)
        self.found.border_title = _("{count} found").format(count=len(self._hits))
        self.found.highlighted = 0 if self._hits else None
        self._choose(self._hits[0] if self._hits else None)

    @on(OptionList.OptionHighlighted, "#found")
    def choose(self) -> None:
        """Show what the one under the cursor left."""
        place = self.found.highlighted  # the message may be of a list that is gone
        self._choose(self._hits[place] if place is not None else None)

    def action_back(self) -> None:
        """Return to where the way began."""
        self.dismiss(None)

    def action_words(self) -> None:
        """Go to the search line."""
        self.words.focus()

    def action_show(self, what: str) -> None:
        """Show something else of the one chosen."""
        self._shown = what
        self.text.refresh_now()

    def _choose(self, hit: Hit | None) -> None:
        if hit != self._chosen or hit is None:
            self._chosen = hit
            self.text.refresh_now()

    def _made(self) -> str:
        """The text on the right; made in a thread."""
        desk, hit = self._lay_desk(), self._chosen
        if self._shown == "stats":
            return stats_text(stats(self._past, desk.clock.now().astimezone().date()), spoken())
        if hit is None:
            return _("Nothing was found.")
        if self._shown == "chain":
            return self._chain(hit)
        try:
            return desk.archive.minutes_of(MeetingId(hit.meeting.id))
        except FacilitatorError as error:
            return paragraphs(error.message.said(_))

    def _chain(self, hit: Hit) -> str:
        found = (each for each in chains(self._past, hit.id) if each.series == hit.meeting.series)
        chain = next(found, None)
        if chain is None:
            return _("Only a decision, an action item or a KPI has a chain: search for one.")
        return chain_text(chain, spoken())
