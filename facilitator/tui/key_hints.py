"""Which keys footer and help show: those that work now, ours before the framework's."""

from dataclasses import replace

from textual.binding import ActiveBinding
from textual.keys import key_to_character

Bindings = dict[str, ActiveBinding]


SIGNS = {"plus": "+", "minus": "-"}
"""Names of keys that the framework gives, but does not know as characters."""


def character_of(key: str) -> str | None:
    """Return the character that a key types; None where it types none."""
    return SIGNS.get(key, key_to_character(key))


def is_letter(key: str) -> bool:
    """Return whether a key is a character, which an input method takes for itself."""
    character = character_of(key)
    return character is not None and character.isprintable()


def arrange_bindings(bindings: Bindings, *, prefers_function_keys: bool) -> Bindings:
    """Return the bindings with ours before the framework's.

    `prefers_function_keys` puts the function key of an action before its letter, for those who type
    with an input method. Where text is typed, the framework leaves out the letters by itself.
    """
    named = {key: _with_own_name(active) for key, active in bindings.items()}
    ordered = _function_keys_first(named) if prefers_function_keys else named
    return dict(sorted(ordered.items(), key=lambda each: each[1].binding.id is None))


def _with_own_name(active: ActiveBinding) -> ActiveBinding:
    """Return a binding without the name of the character that shares its action."""
    binding = active.binding
    if binding.key_display and len(binding.key_display) == 1 and not is_letter(binding.key):
        return active._replace(binding=replace(binding, key_display=None))
    return active


def _function_keys_first(bindings: Bindings) -> Bindings:
    """Return the bindings, with the keys of an action that are no characters before the others."""
    places: dict[tuple[object, str], int] = {}
    for place, active in enumerate(bindings.values()):
        places.setdefault((active.node, active.binding.action), place)

    def order(each: tuple[str, ActiveBinding]) -> tuple[int, bool]:
        key, active = each
        return places[active.node, active.binding.action], is_letter(key)

    return dict(sorted(bindings.items(), key=order))
