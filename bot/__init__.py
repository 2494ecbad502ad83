"""The machine: how the outside reaches the rules."""
