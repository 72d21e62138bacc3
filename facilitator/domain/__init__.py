"""The domain: values, events and rules of a meeting; no I/O, and no package but msgspec."""
