"""A knowledge graph builder for what people say happened."""

__version__ = "0.1.0"
