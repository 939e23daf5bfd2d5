"""What tells one analysis of words from another: what was kept under an earlier one is made again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files

WORDS = ("acronyms.py", "sentences.py", "text.py")
"""The files that decide which texts, sentences and stems a passage has."""

PROSE = (*WORDS, "data/frame.toml", "data/headings.toml", "frame.py", "headings.py", "shelves.py")
"""Those that decide its sections and what its report defines as well."""


@lru_cache(maxsize=8)
def analysis_version(names: tuple[str, ...]) -> str:
    """The hash of some files of the analysis and of the version of the stemmer's library."""
    digest = hashlib.sha256(version("PyStemmer").encode())
    for name in names:
        digest.update((files("index") / name).read_bytes())
    return digest.hexdigest()[:12]
