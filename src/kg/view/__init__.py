"""The graph as one page: who is named, what happened, and who says so."""

from kg.view.disagreements import render_disagreements
from kg.view.page import Page, render

__all__ = ["Page", "render", "render_disagreements"]
