"""Errors of the index, by who must act.

    ConstaIndexError
    ├── ReadError          the file must be changed: empty, truncated, encrypted, wrong kind, too big
    ├── OcrError           a picture could not be read; the page is told, the rest of the file goes on
    ├── NotLoadedError     the document named is not in the store
    ├── StoreError         the store folder cannot be used: not writable, in use by another writer, damaged
    └── ModelError         the model of sentence vectors cannot be used: not there, not reachable, not of that kind

Each message is one Spanish sentence for the user: what happened, where, what to do.
"""

from __future__ import annotations


class ConstaIndexError(Exception):
    """Root of the errors of `index`. `str(error)` is fit to be shown."""


class ReadError(ConstaIndexError):
    """A file cannot be read; the store is untouched."""


class OcrError(ConstaIndexError):
    """Tesseract failed on a picture."""


class NotLoadedError(ConstaIndexError):
    """No loaded document has that name or id."""


class StoreError(ConstaIndexError):
    """The store cannot be opened or written."""


class ModelError(ConstaIndexError):
    """The model of sentence vectors that was asked for cannot be used."""
