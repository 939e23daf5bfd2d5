"""What tells one analysis of words from another: what was kept under an earlier one is made again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files

# The files that decide which stems, sections, sentences and definitions a passage has.
_FILES = (
    "acronyms.py",
    "data/frame.toml",
    "data/headings.toml",
    "frame.py",
    "headings.py",
    "kept.py",
    "sentences.py",
    "shelves.py",
    "text.py",
)


@lru_cache(maxsize=1)
def analysis_version() -> str:
    """The hash of the files of the analysis and of the version of the stemmer's library."""
    digest = hashlib.sha256(version("PyStemmer").encode())
    for name in _FILES:
        digest.update((files("index") / name).read_bytes())
    return digest.hexdigest()[:12]
