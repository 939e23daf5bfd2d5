"""Importing what is heavy."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Around imports of which thousands of objects come, and stay: nobody looks for garbage among them.

    Looking for it takes a quarter of the time that importing takes, and would go on taking time with every look later.
    """
    if not gc.isenabled():  # within another one
        yield
        return
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
