"""Strange inputs by the thousand: whether reading, extraction or the JSON contract fails on one.

    python bench/fuzz.py [--inputs N] [--seed N] [--part readers|texts] [--guided]

Real pages of ``../shared/raw/html`` (and words of our own where they are absent) are cut, spliced,
repeated, damaged and strewn with what has broken programs before. Nine inputs in ten are files
that are read; the tenth are short texts whose findings are extracted and checked against
``findings.schema.json``. A file that is refused must be so in one printable line. ``--guided``
looks for inputs that reach new code instead; it needs ``pip install atheris``.

Prints how many inputs there were, how many files were refused, and the slowest. Ends with 1 and
leaves the input in ``fuzz-failed.bin`` on the first that crashes, breaks a promise or takes
longer than a minute.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import jsonschema

from kg.documents import Source, read
from kg.errors import DocumentError
from kg.extraction import extract, to_json
from kg.model import Document
from kg.resources import read_resource

PAGES = Path(__file__).parents[2] / "shared" / "raw" / "html" / "pages"
FAILED = Path("fuzz-failed.bin")
HANGS = 60  #: seconds
TELLING = 500  #: inputs between two lines of progress
LONGEST = 4_000  #: bytes of a file
LONGEST_TEXT = 600  #: bytes of a text whose findings are extracted
SHARE_OF_TEXTS = 10
#: A file's first byte says what it is called; "+gz" is packed, the other archives are damaged.
ENDINGS = (".html", ".html", ".txt", ".xhtml", ".md", ".html+gz", ".txt+gz", ".html.gz")
OWN = (
    '<html lang="en"><head><title>Dam bursts</title><meta property="article:published_time" '
    'content="2019-05-03"><script type="application/ld+json">{"datePublished": "2019-05-03"}'
    "</script></head><body><article><h1>Dam bursts</h1><p>“Water came,” said Anna Berg, the mayor."
    "<table><tr><td>1<td>2</table><ul><li>one<li>two</ul></article>",
    "OSLO, 3 May 2019 - Soldiers killed at least 12 people on Monday, Anna Berg said. "
    '"We saw it," she told the court. The army denied that it had fired.\r\n\r\nQ. Who was there?'
    "\r\nA. Karl Holm, minister of defence from 2001 to 2004, and about 300 others.\r\n",
)
TROUBLE = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc3(", b"\x1b$B",
    b"\x1b[2J", b"\x1f\x8b\x08\0", b"%PDF-", b"PK\x03\x04", b"{\\rtf",
    *(words.encode() for words in (
        "\u202e\u2066\u200f\u200b\u2028\u2029\u0085\ufeff\ufffd", "e\u0301\u0308", "İßŉ",
        "👮🏽\u200d♀️", "“‘«„",
        "”’»", '"', "'", "(", "[[", "– —…", "- ", "-", "\r", "\r\n\r\n", "\t", " ",
        "<", "<div>", "<table><tr><td>", "<!--", "]]>", "<![CDATA[", "<svg>", "<p", "</body>",
        "<?xml version='1.0' encoding='utf-16'?>", "&#0;", "&#xD800;", "&nbsp;",
        "<script type='application/ld+json'>[[[", "<meta name=date content='99999-99-99'>",
        "1" * 40, "0000-00-00", "30 February 1899", "May 2023 to March", "12,5 ½ ٣٤", "NaN",
        "1e999", "one hundred and and million", "said said that said", "the the", "A.B.C.", "Q:",
        "MR. BERG:",
    )),
)  # fmt: skip

type Target = Callable[[bytes], str]


class BrokenError(Exception):
    """A promise that an input breaks."""


def read_file(folder: Path, data: bytes) -> str:
    """Read some bytes as a file; whether they were read or refused.

    Raises:
        BrokenError: If the text or the message is not what is promised.
    """
    ending, content = ENDINGS[data[0] % len(ENDINGS)] if data else ".txt", data[1:]
    if ending.endswith("+gz"):
        ending, content = ending.replace("+", "."), gzip.compress(content, compresslevel=1)
    path = folder / f"a{ending}"
    path.write_bytes(content)
    try:
        document = read(Source(path=path, name=path.name))
    except DocumentError as problem:
        message = str(problem)
        if not message.isprintable() or path.name not in message:
            raise BrokenError(message) from problem
        return "refused"
    document.text.encode()
    if not document.text.strip() or "\0" in document.text:
        raise BrokenError(document.text)
    return "read"


_VALIDATOR = jsonschema.Draft202012Validator(
    json.loads(read_resource("extraction/findings.schema.json")),
    format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
)


def extract_text(data: bytes) -> str:
    """Extract what some bytes say as a text, and check the JSON of it.

    Raises:
        jsonschema.ValidationError: If the JSON is not what the contract says.
    """
    text = data.decode("utf-8", "replace").replace("\0", "\ufffd")
    if not text.strip():
        return "empty"
    digest = sha256(text.encode()).hexdigest()
    findings = extract(
        Document(
            text=text,
            sha256=digest,
            file_sha256=digest,
            file="a.txt",
            location="a.txt",
            media_type="text/plain",
        )
    )
    result = json.loads(json.dumps(to_json(findings, with_text=True)))
    _VALIDATOR.validate(result)
    return "extracted"


def seeds() -> list[bytes]:
    """What inputs are made of: pages, and words of our own."""
    pages = (gzip.decompress(path.read_bytes()) for path in sorted(PAGES.glob("*.html.gz")))
    return [*map(str.encode, OWN), *(page[:200_000] for page in pages)]


def texts(pages: list[bytes], folder: Path) -> list[bytes]:
    """The texts that are read of pages."""
    found = [OWN[1].encode()]
    for page in pages:
        path = folder / "seed.html"
        path.write_bytes(page)
        try:
            found.append(read(Source(path=path, name=path.name)).text.encode())
        except DocumentError:
            continue
    return found


def strange(chance: random.Random, pool: list[bytes], longest: int) -> bytes:
    """One input: pieces of what there is, damaged in up to eight ways."""
    seed = chance.choice(pool)
    size = chance.randrange(20, longest)
    start = chance.choice((0, chance.randrange(max(1, len(seed) - size))))
    data = bytearray(seed[start : start + size])
    for _ in range(chance.randrange(9)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randrange(1, 80))
        match chance.randrange(6):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = chance.choice(TROUBLE)
            case 2:
                data[at:at] = chance.choice(TROUBLE) * chance.randrange(1, 200)
            case 3:
                data[at:at] = data[at:end] * chance.randrange(1, 30)
            case 4:
                data[at:end] = chance.randbytes(end - at)
            case _:
                other = chance.choice(pool)
                begin = chance.randrange(max(1, len(other) - 200))
                data[at:end] = other[begin : begin + 200]
    return bytes(data[:longest])


def run(target: Target, inputs: Iterator[bytes]) -> dict[str, float]:
    """How many inputs came to what end, and the seconds of the slowest."""
    ends: dict[str, float] = {"slowest": 0.0}
    for number, data in enumerate(inputs):
        if number % TELLING == 0:
            print(f"  {number} inputs, the slowest {ends['slowest']:.2f} s", file=sys.stderr)
        FAILED.write_bytes(data)
        faulthandler.dump_traceback_later(HANGS, exit=True)
        began = time.perf_counter()
        end = target(data)
        faulthandler.cancel_dump_traceback_later()
        ends[end] = ends.get(end, 0) + 1
        ends["slowest"] = max(ends["slowest"], time.perf_counter() - began)
    FAILED.unlink(missing_ok=True)
    return ends


def guided(target: Target, pool: list[bytes], inputs: int, longest: int, seed: int) -> None:
    """The same by coverage: atheris ends the process, with 0 where nothing failed."""
    import atheris  # noqa: PLC0415 - seldom wanted

    with tempfile.TemporaryDirectory() as corpus:
        chance = random.Random(seed)  # noqa: S311
        for number in range(400):
            (Path(corpus) / str(number)).write_bytes(strange(chance, pool, longest))
        options = (f"-runs={inputs}", f"-max_len={longest}", f"-timeout={HANGS}", f"-seed={seed}")
        target(pool[0])  # loads what is loaded late: only code that is there is instrumented
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *options, corpus], lambda data: (target(data), None)[1])
        atheris.Fuzz()


def main() -> None:
    """Run the parts and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=["readers", "texts"])
    parser.add_argument("--guided", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, pages = Path(name), seeds()
        parts: list[tuple[str, Target, list[bytes], int, int]] = [
            ("readers", lambda data: read_file(folder, data), pages, LONGEST, 9),
            ("texts", extract_text, texts(pages, folder), LONGEST_TEXT, 1),
        ]
        for part, target, pool, longest, share in parts:
            if options.part not in {None, part}:
                continue
            number = options.inputs if options.part else options.inputs * share // SHARE_OF_TEXTS
            if options.guided:
                guided(target, pool, number, longest, options.seed)
            chance = random.Random(options.seed)  # noqa: S311
            ends = run(target, (strange(chance, pool, longest) for _ in range(number)))
            print(part, ", ".join(f"{end} {count:g}" for end, count in sorted(ends.items())))


if __name__ == "__main__":
    main()
