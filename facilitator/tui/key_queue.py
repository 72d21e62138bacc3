"""Deliver keys one after the other: the next once the one before has been handled to its end.

The framework hands a key, as it arrives, to the widget that has the focus at that moment. What is
typed fast would overtake what an earlier key opens, closes or moves to.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, MouseDown, MouseUp, Paste

Result = TypeVar("Result")

TEXT_ROUNDS = 2
KEY_ROUNDS = 3
"""How often each widget is asked whether it is done with a letter, or with another key.

The first question stands in a widget's queue behind the key, but in front of what the key's handler
posts, such as `Submitted`. The second stands behind that, and the third behind what comes of that.
"""


class KeyQueue:
    """The keys, pastes and clicks of an app, in the order in which they came."""

    def __init__(self, app: App[Any], deliver: Callable[[Event], Awaitable[None]]) -> None:
        """Hold back the keys of `app`; `deliver` hands one to the widget that has the focus."""
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Event] = deque()
        self._is_busy = False

    @property
    def is_empty(self) -> bool:
        """Whether every key that came has been handled to its end."""
        return not self._is_busy and not self._waiting

    @staticmethod
    def takes(event: Event) -> bool:
        """Return whether an event comes from the terminal, and waits for those before it."""
        return isinstance(event, Key | Paste | MouseDown | MouseUp) and not event.is_forwarded

    async def add(self, event: Event) -> None:
        """Deliver an event once those before it have been handled."""
        self._waiting.append(event)
        if not self._is_busy:
            await self._deliver_next()

    async def _deliver_next(self) -> None:
        self._is_busy = bool(self._waiting)
        if self._waiting:
            event = self._waiting.popleft()
            rounds = TEXT_ROUNDS if self._is_text(event) else KEY_ROUNDS
            await self._deliver(event)
            self._settle(rounds)

    def _is_text(self, event: Event) -> bool:
        if isinstance(event, Key):
            focused = self._app.focused
            return focused is not None and focused.check_consume_key(event.key, event.character)
        return isinstance(event, Paste)

    def _settle(self, rounds: int) -> object:
        """Deliver the next key when all is handled and neither screen nor focus changes."""
        return self._ask_all(rounds, (self._app.screen, self._app.focused))

    def _ask_all(self, rounds: int, before: tuple[object, object]) -> object:
        """Ask each widget from the focused one up `rounds` times whether it is done."""
        screen, focused = self._app.screen, self._app.focused
        if rounds:
            nodes = (focused or screen).ancestors_with_self
            return self._ask(iter(nodes), partial(self._ask_all, rounds - 1, before))
        if (screen, focused) == before:
            return self._deliver_next()
        return self._settle(
            KEY_ROUNDS
        )  # a new screen mounts, and gives one of its fields the focus

    def _ask(self, nodes: Iterator[DOMNode], then: Callable[[], object]) -> object:
        """Call `then` when each node has handled what stands in its queue now.

        A node that is being removed refuses the question and is skipped. What it has taken before
        it still answers.
        """
        for node in nodes:
            if node.call_later(self._ask, nodes, then):
                return None
        return then()


class OrderedKeysApp(App[Result]):
    """An app whose keys arrive in the order in which they were typed."""

    def __init__(self) -> None:
        """Begin with no key."""
        super().__init__()
        self.key_queue = KeyQueue(self, self.deliver)

    async def deliver(self, event: Event) -> None:
        """Hand an event to the widget that has the focus; those before it have been handled."""
        await super().on_event(event)

    async def on_event(self, event: Event) -> None:
        """Let keys wait for those before them."""
        if self.key_queue.takes(event):
            await self.key_queue.add(event)
        else:
            await super().on_event(event)
