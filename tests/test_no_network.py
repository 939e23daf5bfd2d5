"""Tests cannot reach beyond this machine."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.invalid", 443), ("2001:db8::1", 80, 0, 0)])
def test_other_machines_are_out_of_reach(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(PermissionError, match="only this machine"):
        one.connect(address)


def test_this_machine_is_within_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
