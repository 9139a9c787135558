"""From the network's figures to attributions."""

from __future__ import annotations

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
LINKS = ("content-cue", "cue-source", "source-cue")
