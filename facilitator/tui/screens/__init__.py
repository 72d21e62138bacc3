"""The screens: each holds one value, passes parts of it to its widgets and handles messages."""
