"""What everybody meets: the welcome, help, a kind no, and whatever else may come in."""
