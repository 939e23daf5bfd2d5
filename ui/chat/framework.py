"""Gradio as the chat needs it: told what it reads from the environment, and imported without what its developers need."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

_UPLOADS, _OURS = "GRADIO_TEMP_DIR", "consta-chat-"  # where it puts what is uploaded; how a folder of ours is named
_STUBS, _WRITES = "gradio.component_meta", "create_or_modify_pyi"
_COMMANDS = "gradio.cli", "httpx._main"  # of Gradio and of a library of its: with them comes what colours terminals


def prepare() -> None:
    """Import Gradio. Nothing of the page is sent anywhere, and uploads go to a folder of this user alone."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("GRADIO_MCP_SERVER", "False")
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"  # it sums up all of them after each event, for a page not served
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    if _UPLOADS not in os.environ:
        os.environ[_UPLOADS] = tempfile.mkdtemp(prefix=_OURS)
        atexit.register(forget_uploads)
    finder = _Lean()
    sys.meta_path.insert(0, finder)
    try:
        import gradio  # noqa: F401, PLC0415 - heavy, and it reads the environment when it is imported
    finally:
        sys.meta_path.remove(finder)
        for name in _COMMANDS:  # who asks for them later gets them
            if isinstance(getattr(sys.modules.get(name), "__loader__", None), _Named):
                del sys.modules[name]


@contextmanager
def built_once() -> Iterator[None]:
    """While a page is built. Gradio makes an application of it at each of three steps, and none of them is served: the
    page is mounted as a fourth. Each takes as long as building the page.
    """
    blocks: Any = import_module("gradio.blocks")
    made, blocks.App = blocks.App, SimpleNamespace(create_app=_nothing)
    try:
        yield
    finally:
        blocks.App = made


def files_of_page() -> Path:
    """Where Gradio keeps the scripts and style sheets of its page, named by what is in them."""
    import gradio  # noqa: PLC0415 - imported by now

    return Path(gradio.__file__).parent / "templates" / "frontend" / "assets"


def forget_uploads() -> None:
    """Remove the folder of uploads, unless whoever started the process named it."""
    folder = Path(os.environ.get(_UPLOADS, ""))
    if folder.name.startswith(_OURS):
        shutil.rmtree(folder, ignore_errors=True)


class _Lean(MetaPathFinder):
    """Finds some modules in a way of its own, with which importing Gradio takes a third of the time.

    One writes type stubs of all components beside its code: nothing reads them but editors, and where packages cannot be
    written to there are none. The others are commands for terminals, of which the names alone are looked for.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in _COMMANDS:
            return ModuleSpec(fullname, _Named())
        found = PathFinder.find_spec(fullname, path, target) if fullname == _STUBS else None
        if found is None or found.origin is None:
            return None
        return spec_from_file_location(fullname, found.origin, loader=_Quiet(fullname, found.origin))


class _Quiet(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        setattr(module, _WRITES, _nothing)


class _Named(Loader):
    """Loads a module in which every name is that of something that does nothing."""

    def create_module(self, _spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__getattr__"] = lambda _: _nothing


def _nothing(*_: object, **__: object) -> None:
    pass
