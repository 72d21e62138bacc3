"""The outside world: one module for each library or file format."""
