"""The core: values, events and rules of a meeting, in the standard library alone."""
