"""From a folder of marked texts to a model fitted to them, and whether that was worth it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from kg.errors import MarksError, ModelMissingError, PackagesMissingError, TrainingError
from kg.extraction.attribution.fitting.articles import Article, read_articles
from kg.extraction.attribution.fitting.measure import Measure, measure
from kg.extraction.attribution.fitting.options import GENTLE, Options
from kg.extraction.attribution.models import FILES, PACKAGED, digest
from kg.extraction.attribution.tagger import Tagger

__all__ = ["Training", "train"]

#: Called with what has been done of how much, and a word on how it goes.
type Progress = Callable[[int, int, str], None]
type Measures = dict[str, Measure]

_CARD = "model-card.json"
_PACKAGES = ("torch", "onnx")
#: One article of so many is kept back, to measure on.
_KEPT_BACK = 5
#: Fewer attributions than this and a difference may be chance: the standard error of a share
#: of 0.7 of a hundred is 0.046.
_FEW = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What was learnt from, and how well the models before and after do on what was kept back."""

    model: Path
    options: Options
    learnt: tuple[int, int]  #: articles, attributions
    kept_back: tuple[int, int]
    loose: int  #: marks that are joined to nothing, left out
    set_aside: tuple[MarksError, ...]
    before: Measures
    after: Measures

    @property
    def few(self) -> bool:
        """Whether so little was kept back that a difference may be chance."""
        return self.kept_back[1] < _FEW

    def rows(self) -> dict[str, Any]:
        """Everything that it says in JSON's kinds, without the names of files."""
        return {
            "epochs": self.options.epochs,
            "seed": self.options.seed,
            "learnt": dict(zip(("articles", "attributions"), self.learnt, strict=True)),
            "kept_back": dict(zip(("articles", "attributions"), self.kept_back, strict=True)),
            "loose_marks": self.loose,
            "before": {name: row.rounded() for name, row in self.before.items()},
            "after": {name: row.rounded() for name, row in self.after.items()},
        }


def train(
    folder: Path, out: Path, options: Options = GENTLE, *, progress: Progress | None = None
) -> Training:
    """Fit the packaged model to the marked texts of a folder; ``out`` becomes the new model.

    Every fifth article, drawn by the seed, is kept back and both models are measured on it.
    Until everything is done ``out`` stays as it was; where a run was cut short, the next one
    with the same marks, seed and epochs goes on after the last whole epoch. Of texts that are
    copies of each other the first counts.

    Raises:
        PackagesMissingError: If torch or onnx is not installed.
        ModelMissingError: If the package came without a model to start from.
        TrainingError: If there is nothing to learn from, or ``out`` holds other files. Texts
            whose marks cannot be read are in the report and end nothing.
    """
    _require_packages()
    if missing := [name for name in FILES if not (PACKAGED / name).is_file()]:
        raise ModelMissingError(PACKAGED, missing)
    unfinished = _make_room(out.resolve())
    tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    found = list(_once(read_articles(folder, tokenizer)))
    articles = [each for each in found if isinstance(each, Article)]
    set_aside = tuple(each for each in found if isinstance(each, MarksError))
    learnt, kept_back = _split(articles, options.seed, folder, set_aside)
    made = unfinished / "model"
    made.mkdir(parents=True, exist_ok=True)
    memory = unfinished / f"{_key(articles, options)}.pt"
    _learn(learnt, options, made, memory, progress)
    training = Training(
        model=out,
        options=options,
        learnt=(len(learnt), _attributions(learnt)),
        kept_back=(len(kept_back), _attributions(kept_back)),
        loose=sum(article.loose for article in articles),
        set_aside=set_aside,
        before=_measure(Tagger(PACKAGED), kept_back),
        after=_measure(Tagger(made), kept_back),
    )
    _write_card(training, made)
    _put(made, out.resolve(), unfinished)
    return training


def _require_packages() -> None:
    """Nothing, where all that learning needs is installed.

    Raises:
        PackagesMissingError: If something is not.
    """
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise PackagesMissingError("learning from marks", missing, "train")


def _make_room(out: Path) -> Path:
    """The folder beside the model's where it is made until it is whole.

    Raises:
        TrainingError: If something else lies where the model is to be, or nothing can be written.
    """
    try:
        if out.exists():
            known = {*FILES, _CARD}
            other = sorted(path.name for path in out.iterdir() if path.name not in known)
            if other:
                raise TrainingError(
                    f"{str(out)!r} holds other files, such as {other[0]!r}; "
                    "name a new folder for the model"
                )
        out.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(out.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "no permission to write there")
    except OSError as error:
        raise TrainingError(
            f"no model can be put in {str(out)!r}: {error.strerror or error}"
        ) from error
    return out.parent / f".{out.name}.unfinished"


def _once(found: Iterable[Article | MarksError]) -> Iterator[Article | MarksError]:
    """Each text once: a copy could be learnt from and measured on."""
    first: dict[str, Path] = {}
    for each in found:
        if isinstance(each, MarksError) or first.setdefault(each.text, each.path) == each.path:
            yield each
        else:
            yield MarksError(each.path, f"has the same text as {str(first[each.text])!r}")


def _split(
    articles: Sequence[Article], seed: int, folder: Path, set_aside: Sequence[MarksError]
) -> tuple[list[Article], list[Article]]:
    """The articles to learn from and those to measure on.

    Raises:
        TrainingError: If either part would have no attribution.
    """
    if not articles:
        reason = f"; {set_aside[0]}" if set_aside else " (NAME.txt with NAME.ann beside it)"
        raise TrainingError(f"no marked text in {str(folder)!r} can be read{reason}")
    order = list(articles)
    random.Random(seed).shuffle(order)  # noqa: S311 - not for secrets
    count = max(1, len(order) // _KEPT_BACK)
    kept_back, learnt = order[:count], order[count:]
    if not _attributions(learnt) or not _attributions(kept_back):
        raise TrainingError(
            f"{str(folder)!r} has {len(articles)} marked texts with {_attributions(articles)} "
            "attributions, too few to learn from some and measure on others; mark more"
        )
    return learnt, kept_back


def _attributions(articles: Sequence[Article]) -> int:
    """How many attributions are marked."""
    return sum(len(article.marks) for article in articles)


def _key(articles: Sequence[Article], options: Options) -> str:
    """What learning depends on, so that only the same run goes on where one was cut short."""
    parts = [
        version("kg"),
        digest(PACKAGED),
        json.dumps(asdict(options)),
        *(repr((each.name, each.text, each.marks)) for each in articles),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _learn(
    articles: Sequence[Article],
    options: Options,
    made: Path,
    memory: Path,
    progress: Progress | None,
) -> None:
    """Learn from the articles and write the model."""
    # torch is not installed everywhere and takes seconds to load
    from kg.extraction.attribution.fitting.learning.export import export  # noqa: PLC0415
    from kg.extraction.attribution.fitting.learning.fit import fit  # noqa: PLC0415
    from kg.extraction.attribution.fitting.learning.released import read_network  # noqa: PLC0415

    network = read_network(PACKAGED / "model.onnx", dropout=options.dropout)
    states = fit(network, articles, options, watch=progress, memory=memory)
    *_, last = states
    network.load_state_dict(last)
    tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    settings = json.loads((PACKAGED / "settings.json").read_text(encoding="utf-8"))
    export(network, made, tokenizer=tokenizer, settings=settings)


def _measure(tagger: Tagger, articles: Sequence[Article]) -> Measures:
    """How well a tagger finds what is marked."""
    return measure((each.text, tagger.attribute(each.text), each.marks) for each in articles)


def _write_card(training: Training, made: Path) -> None:
    """Write beside the model what it was made from; no names, as files are named after people."""
    card = {
        "made_by": f"kg {version('kg')}",
        "made_from": f"the model of kg, {digest(PACKAGED)}",
        **training.rows(),
        "set_aside": len(training.set_aside),
    }
    (made / _CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _put(made: Path, out: Path, unfinished: Path) -> None:
    """Put the finished model in the place of what was there."""
    if out.exists():
        replaced = unfinished / "replaced"
        shutil.rmtree(replaced, ignore_errors=True)
        out.rename(replaced)
    made.rename(out)
    shutil.rmtree(unfinished)
