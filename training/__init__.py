"""What fits the learned parts of kg; nothing here is installed with it."""
