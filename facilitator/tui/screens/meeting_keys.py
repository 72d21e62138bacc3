"""The keys of the meeting: declared once, for footer, help and palette."""

from textual.binding import Binding, BindingType

from facilitator.domain.errors import N_
from facilitator.tui.panes.board import PANES

MEETING_KEYS: list[BindingType] = [
    Binding("n,f2", "move_on", N_("Next"), id="meeting.next-item", tooltip=N_("This item stops")),
    Binding("b", "go_back", N_("Back"), id="meeting.previous-item", show=False),
    Binding("p,f3", "pause", N_("Pause"), id="meeting.pause"),
    Binding("plus,equals_sign,f4", "adjust(1)", N_("1 min"), id="meeting.longer", key_display="+"),
    Binding("minus", "adjust(-1)", N_("−1 min"), id="meeting.shorter", show=False, key_display="-"),
    Binding("d", "propose", N_("Decision"), id="meeting.decision"),
    Binding("a", "promise", N_("Action"), id="meeting.action"),
    # On a KPI, d and a are about that KPI; these never are.
    Binding("f7", "propose", N_("Decision"), id="meeting.any-decision", show=False),
    Binding("f6", "promise", N_("Action"), id="meeting.any-action", show=False),
    Binding("t,f5", "note", N_("Note"), id="meeting.note"),
    Binding("k,f8", "park", N_("Park"), id="meeting.park"),
    Binding(
        "l",
        "lose_time",
        N_("Lost minutes"),
        id="meeting.lost",
        show=False,
        tooltip=N_("Take down what minutes were lost to"),
    ),
    Binding("i", "incident", N_("Incident"), id="meeting.incident"),
    Binding(
        "g",
        "answer",
        N_("Answer"),
        id="meeting.focus",
        show=False,
        tooltip=N_("Keep the answer to the opening question"),
    ),
    Binding(
        "exclamation_mark",
        "risks",
        N_("Problems and risks"),
        id="meeting.risks",
        show=False,
        key_display="!",
        tooltip=N_("Who named a problem or signed that none is known; the risk register"),
    ),
    Binding(
        "z",
        "suspend",
        N_("Suspend"),
        id="meeting.suspend",
        show=False,
        tooltip=N_("Break off, and go on later at the same place"),
    ),
    Binding(
        "H",
        "hand_over",
        N_("Hand the pen over"),
        id="meeting.hand-over",
        show=False,
        tooltip=N_("Somebody else records, here or in a terminal of their own"),
    ),
    Binding("r", "roll", N_("Roll call"), id="meeting.roll", show=False),
    Binding("u,ctrl+z", "undo", N_("Undo"), id="meeting.undo"),
    Binding("U,ctrl+y", "redo", N_("Redo"), id="meeting.redo", show=False),
    Binding("m", "minutes", N_("Minutes"), id="meeting.minutes", show=False),
    Binding(
        "q,f10",
        "review",
        N_("Close"),
        id="meeting.review",
        tooltip=N_("Look at what is still open, and close the meeting"),
    ),
    *(
        Binding(str(place), f"pane('{name}')", label, id=f"meeting.pane-{name}", show=False)
        for place, (name, label) in enumerate(PANES)
    ),
    Binding("escape", "focus_agenda", N_("Leave the line"), id="meeting.escape", show=False),
]
