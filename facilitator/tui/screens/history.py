"""The history screen: past meetings, a search through them, and what each one left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, OptionList
from textual.worker import get_current_worker

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.past.chain import find_chains
from facilitator.domain.past.meetings import Past, focus_history
from facilitator.domain.past.search import Hit, meeting_hits, search_past
from facilitator.domain.past.statistics import meeting_stats
from facilitator.render.chain import chain_markdown
from facilitator.render.focus import focus_markdown
from facilitator.render.incidents import incident_markdown
from facilitator.render.language import _, current_language
from facilitator.render.markdown import paragraphs
from facilitator.render.past_tables import search_line
from facilitator.render.statistics import statistics_markdown
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.lazy_option import LazyOption
from facilitator.tui.screens.lifecycle import ask_to_reopen
from facilitator.tui.screens.lobby_state import meeting_left_text
from facilitator.tui.screens.minutes import MinutesText
from facilitator.tui.widgets.long_option_list import LongOptionList
from facilitator.tui.widgets.title_bar import TitleBar


class HistoryScreen(LocalizedScreen[bool]):
    """Shows meetings or search hits on the left, and the text of the chosen one beside them.

    Dismisses with whether a meeting was reopened.
    """

    CSS_PATH = "history.tcss"
    HIDDEN_WHEN_NARROW = frozenset({"history.reopen"})

    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="history.back", priority=True),
        Binding("slash", "words", N_("Search"), id="history.search", key_display="/"),
        Binding("m", "show('minutes')", N_("Minutes"), id="history.minutes"),
        Binding(
            "c",
            "show('chain')",
            N_("Chain"),
            id="history.chain",
            tooltip=N_("How a KPI, its causes, decisions and actions are connected"),
        ),
        Binding("t", "show('stats')", N_("Statistics"), id="history.stats"),
        Binding(
            "f",
            "show('focus')",
            N_("Focus"),
            id="history.focus",
            tooltip=N_("The focus of each week"),
        ),
        Binding(
            "o",
            "reopen",
            N_("Reopen"),
            id="history.reopen",
            tooltip=N_("Change closed minutes into a new version"),
        ),
    ]

    words = getters.query_one("#words", Input)
    found = getters.query_one("#found", LongOptionList)
    text = getters.query_one(MinutesText)

    @dataclass
    class PastLoaded(Message):
        """The library was read; nothing is in `past` where it could not be."""

        past: Past

    @dataclass
    class Searched(Message):
        """A search has ended."""

        hits: tuple[Hit, ...]
        options: tuple[LazyOption, ...]

    def __init__(self, build_services: Callable[[], Services]) -> None:
        """Show the past of the library of these services, which a worker builds."""
        super().__init__()
        self._build_services = build_services
        self._past = Past()
        self._hits: tuple[Hit, ...] = ()
        self._chosen: Hit | None = None
        self._shown = "minutes"
        self._was_reopened = False

    def compose(self) -> ComposeResult:
        """Yield the search field, the hits, and the text of the chosen one."""
        yield TitleBar()
        yield Input(id="words", placeholder=_("Search: words, D3, a name, an ASIN"))
        with Horizontal(id="main"):
            yield LongOptionList(id="found", markup=False)
            yield MinutesText(self._render_chosen)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Load the library in a worker."""
        self.found.focus()
        self._load_past()

    @work(thread=True, exclusive=True, group="past")
    def _load_past(self) -> None:
        services = self._build_services()
        past = Past()
        with ErrorHandler(self):
            services.archive.meetings()
            past = replace(services.library.past(), incidents=services.incidents.incidents())
        if not get_current_worker().is_cancelled:
            self.post_message(self.PastLoaded(past))

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str) -> None:
        hits = search_past(self._past, words, _) if words.strip() else meeting_hits(self._past)
        if not get_current_worker().is_cancelled:
            options = tuple(LazyOption(partial(_hit_line, hit)) for hit in hits)
            self.post_message(self.Searched(hits, options))

    @on(PastLoaded)
    def show_past(self, loaded: PastLoaded) -> None:
        """Search the past for what was typed meanwhile; without words, show all meetings."""
        self._past = loaded.past
        self._search(self.words.value)

    @on(Input.Changed, "#words")
    def search(self, changed: Input.Changed) -> None:
        """Search for what was typed."""
        self._search(changed.value)

    @on(Input.Submitted, "#words")
    def focus_results(self) -> None:
        """Focus the hits."""
        self.found.focus()

    @on(Searched)
    def show_hits(self, searched: Searched) -> None:
        """Show the hits and choose the first one."""
        self._hits = searched.hits
        self.found.clear_options()
        self.found.add_options(searched.options)
        self.found.border_title = _("{count} found").format(count=len(self._hits))
        self.found.highlighted = 0 if self._hits else None
        self._choose(self._hits[0] if self._hits else None)

    @on(OptionList.OptionHighlighted, "#found")
    def choose(self) -> None:
        """Show the text of the hit under the cursor."""
        place = self.found.highlighted  # the message may be older than the list
        self._choose(self._hits[place] if place is not None else None)

    def action_back(self) -> None:
        """Close the screen."""
        self.dismiss(result=self._was_reopened)

    def action_words(self) -> None:
        """Focus the search field."""
        self.words.focus()

    def action_show(self, what: str) -> None:
        """Show minutes, chain, statistics or focus beside the hits."""
        self._shown = what
        self.text.refresh_now()

    def action_reopen(self) -> None:
        """Reopen the closed minutes of the chosen meeting."""
        meeting = self._chosen.meeting if self._chosen else None
        if meeting is not None:
            ask_to_reopen(self, self._build_services(), MeetingId(meeting.id), self._meeting_left)

    def _meeting_left(self, session: MeetingSession) -> None:
        self._was_reopened = True
        self.notify(meeting_left_text(session), markup=False)
        self._load_past()

    def _choose(self, hit: Hit | None) -> None:
        if hit != self._chosen or hit is None:
            self._chosen = hit
            self.text.refresh_now()

    def _render_chosen(self) -> str:
        """Return the text beside the hits, as Markdown. For a worker."""
        services, hit = self._build_services(), self._chosen
        if self._shown == "stats":
            return statistics_markdown(
                meeting_stats(self._past, services.clock.now().astimezone().date()),
                current_language(),
            )
        if self._shown == "focus":
            return focus_markdown(focus_history(self._past.meetings), current_language())
        if hit is None:
            return _("Nothing was found.")
        if self._shown == "chain":
            return self._chain(hit)
        if hit.incident is not None:
            return incident_markdown(hit.incident, services.clock.now(), current_language())
        try:
            return services.archive.minutes_of(MeetingId(hit.meeting_id))
        except FacilitatorError as error:
            return paragraphs(error.message.translate(_))

    def _chain(self, hit: Hit) -> str:
        found = (each for each in find_chains(self._past, hit.id) if each.series == hit.series)
        chain = next(found, None)
        if chain is None:
            return _("Nothing is connected with this. Search for a decision or a KPI.")
        return chain_markdown(chain, current_language())


def _hit_line(hit: Hit) -> Content:
    return Content(search_line(hit, current_language()))
