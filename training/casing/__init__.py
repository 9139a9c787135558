"""Fitting the perceptron that restores the case of texts in capitals."""
