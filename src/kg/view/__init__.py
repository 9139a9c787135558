"""The graph as pages: who is named, what happened when, and who says so."""

from kg.view.page import Page, render
from kg.view.timeline import render_timeline

__all__ = ["Page", "render", "render_timeline"]
