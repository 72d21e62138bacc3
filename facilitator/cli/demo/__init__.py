"""The sample meeting that `facilitator demo` opens."""
