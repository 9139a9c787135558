"""Training of the weights that say what a name names."""
