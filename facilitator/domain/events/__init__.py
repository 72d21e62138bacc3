"""The events that a journal holds, one module per subject."""
