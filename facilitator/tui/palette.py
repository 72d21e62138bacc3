"""The command palette: every key binding that is active, found by its label."""

from collections.abc import Awaitable, Callable, Iterator

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider


class KeyCommands(Provider):
    """Offers the actions of the screen's active bindings, each action once."""

    async def discover(self) -> Hits:
        """Yield every command, before anything is typed."""
        for label, active in self._commands():
            yield DiscoveryHit(label, self._callback(active), help=active.tooltip)

    async def search(self, query: str) -> Hits:
        """Yield the commands whose labels match `query`."""
        matcher = self.matcher(query)
        for label, active in self._commands():
            if (score := matcher.match(label)) > 0:
                yield Hit(
                    score, matcher.highlight(label), self._callback(active), help=active.tooltip
                )

    def _commands(self) -> Iterator[tuple[str, ActiveBinding]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            is_ours = binding.id is not None and not binding.system
            if is_ours and active.enabled and binding.description and binding.action not in seen:
                seen.add(binding.action)
                key = self.app.get_key_display(binding)
                yield f"{binding.description}  ({key})", active

    def _callback(self, active: ActiveBinding) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(active.binding.action, active.node)

        return run
