"""The screens: each holds one value, hands slices of it down, and takes messages up."""
