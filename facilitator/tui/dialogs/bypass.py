"""Ask what becomes of a ruling or a task that bypassed the supervisor."""

from collections.abc import Callable

from facilitator.domain.approval import Bypass
from facilitator.render.decision import bypass_line
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.form import SaveDraft
from facilitator.tui.dialogs.text_entry import TextEntry


def bypass_dialog(
    name: str,
    passed: Bypass,
    *,
    submit: Callable[[str], object],
    keep: SaveDraft,
    draft: dict[str, str],
) -> TextEntry:
    """Asks for the reason to let it stand; no reason makes a direction to the supervisor of it.

    `name` is the id of the decision or of the action item.
    """
    return TextEntry(
        f"{name} · {bypass_line(passed, current_language())}",
        question=_(
            "Enter alone hands it to {name} as a direction to break down."
            " To let it stand as it is, write why."
        ).format(name=passed.supervisor.name),
        is_required=False,
        submit=submit,
        keep=keep,
        draft=draft,
    )
