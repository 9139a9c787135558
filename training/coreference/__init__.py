"""Training of the weights that pronouns are resolved with."""
