"""Broken copies of sound files, the same for the same seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]
_ODD = (
    b"",
    b"0",
    b"-1",
    b"65536",
    b"2147483648",
    b"99999999999999999999",
    b"1e999",
    b"NaN",
    b"%s",
    b"\x00",
    b"\xff\xfe",
)


def mutated(data: bytes, seed: int) -> bytes:
    """A copy with one to four changes; office files and PDFs are also changed inside their compressed parts."""
    pick = random.Random(seed)
    for _ in range(pick.choice((1, 1, 2, 4))):
        inner = {b"PK": _in_package, b"%P": _in_stream}.get(data[:2])
        change = inner if inner is not None and pick.random() < 0.6 else pick.choice(_CHANGES)
        data = change(data, pick)
    return data


def _flip(data: bytes, pick: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(pick.choice((1, 3, 20, 200))):
        if changed:
            changed[pick.randrange(len(changed))] = pick.randrange(256)
    return bytes(changed)


def _cut(data: bytes, pick: random.Random) -> bytes:
    return data[: pick.randrange(len(data) + 1)]


def _drop(data: bytes, pick: random.Random) -> bytes:
    start = pick.randrange(len(data) + 1)
    return data[:start] + data[start + pick.choice((1, 10, 100, 1000)) :]


def _repeat(data: bytes, pick: random.Random) -> bytes:
    start = pick.randrange(len(data) + 1)
    part = data[start : start + pick.choice((1, 10, 100, 2000))]
    return data[:start] + part * pick.choice((2, 3, 50)) + data[start:]


def _swap(data: bytes, pick: random.Random) -> bytes:
    a, b = sorted(pick.randrange(len(data) + 1) for _ in range(2))
    size = pick.choice((4, 64, 512))
    return data[:a] + data[b : b + size] + data[a + size : b] + data[a : a + size] + data[b + size :]


def _number(data: bytes, pick: random.Random) -> bytes:
    """Another number in the place of a printed one: lengths, places, counts."""
    found = list(re.finditer(rb"\d+", data[:400_000]))
    if not found:
        return data
    chosen = pick.choice(found)
    return data[: chosen.start()] + pick.choice(_ODD) + data[chosen.end() :]


def _word(data: bytes, pick: random.Random) -> bytes:
    """A word of the file in the place of another."""
    found = list(re.finditer(rb"[A-Za-z]{2,}", data[:400_000]))
    if len(found) < 2:
        return data
    one, two = pick.choice(found), pick.choice(found)
    return data[: one.start()] + two.group() + data[one.end() :]


_CHANGES: tuple[Change, ...] = (_flip, _cut, _drop, _repeat, _swap, _number, _word)


def _in_package(data: bytes, pick: random.Random) -> bytes:
    """Change one part of an office file and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
        return _flip(data, pick)
    if not parts:
        return data
    name = pick.choice(sorted(parts))
    if pick.random() < 0.1:
        del parts[name]
    else:
        parts[name] = pick.choice(_CHANGES)(parts[name], pick)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for each, content in parts.items():
            package.writestr(each, content)
    return packed.getvalue()


def _in_stream(data: bytes, pick: random.Random) -> bytes:
    """Change one stream of a PDF before it is compressed; the places of what follows move, as in damaged files."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return _number(data, pick)
    chosen = pick.choice(streams)
    body = chosen.group(1)
    try:
        plain = zlib.decompress(body)
    except zlib.error:
        return data[: chosen.start(1)] + pick.choice(_CHANGES)(body, pick) + data[chosen.end(1) :]
    body = zlib.compress(pick.choice(_CHANGES)(plain, pick))
    return data[: chosen.start(1)] + body + data[chosen.end(1) :]
