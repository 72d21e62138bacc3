"""From state to text: pure functions of values, without files, clocks or screens."""
