"""Fits the tagger of who said what."""
