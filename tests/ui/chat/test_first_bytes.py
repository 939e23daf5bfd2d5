"""Pages leave the server in Spanish, with the first script first; nothing else is touched."""

from __future__ import annotations

from ui.chat.first_bytes import mend

PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta property="og:image"
 content="https://otra.example/x.jpg" /><meta name="twitter:creator" content="@x" /><script src="a.js"></script></head></html>"""


def test_the_first_script_comes_first_and_no_other_machine_is_named() -> None:
    page = mend(PAGE, b"<script>uno()</script>")
    assert page.startswith(b'<!doctype html><html lang="es"><head><script>uno()</script>')
    assert b"otra.example" not in page
    assert b"twitter" not in page
    assert b'<script src="a.js">' in page
