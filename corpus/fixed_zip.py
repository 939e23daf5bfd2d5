"""Office files are zip archives stamped with the hour; here they are stamped with a fixed one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

_STAMP = (2025, 1, 2, 0, 0, 0)
_DATE = "2025-01-02T00:00:00Z"
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def save_fixed(content: BytesIO, path: Path) -> None:
    """Write an Office file so that the same content always gives the same bytes."""
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _DATED.sub(rb"\g<1>" + _DATE.encode() + rb"\g<2>", data)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
