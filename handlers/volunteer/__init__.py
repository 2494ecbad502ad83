"""What volunteers can do: come forward, help, propose an hour, give back."""
