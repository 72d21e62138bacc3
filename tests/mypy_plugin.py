"""A mypy plugin: check the keywords of `msgspec.structs.replace` as of `dataclasses.replace`.

msgspec declares them as `Any`; mypy knows the fields of a struct all the same.
"""

from collections.abc import Callable

from mypy.plugin import FunctionSigContext, Plugin
from mypy.plugins.dataclasses import replace_function_sig_callback
from mypy.types import FunctionLike


class StructReplacePlugin(Plugin):
    """Gives `replace` the signature that the class of its argument implies."""

    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return replace_function_sig_callback if fullname == "msgspec.structs.replace" else None


def plugin(_version: str) -> type[Plugin]:
    """Return the plugin, as mypy asks for it."""
    return StructReplacePlugin
