"""The graph as one page: who is named, what happened, and who says so."""

from kg.view.page import Page, render

__all__ = ["Page", "render"]
