"""The keys of the lobby: declared once, for footer, help and palette."""

from textual.binding import Binding, BindingType

from facilitator.domain.errors import N_

LOBBY_KEYS: list[BindingType] = [
    Binding("b", "begin", N_("Begin"), id="lobby.begin"),
    Binding("e", "rehearse", N_("Rehearse"), id="lobby.rehearse"),
    Binding("u", "resume", N_("Resume"), id="lobby.resume"),
    Binding(
        "c",
        "close_forgotten",
        N_("Close late"),
        id="lobby.close",
        tooltip=N_("Close a forgotten meeting at its last step"),
    ),
    Binding("r", "reload", N_("Read again"), id="lobby.reload"),
    Binding("a", "app.focus('agendas')", N_("Agendas"), id="lobby.lists"),
]
