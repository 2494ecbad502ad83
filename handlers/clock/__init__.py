"""What happens when the clock strikes."""
