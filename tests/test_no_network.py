"""Nothing leaves the laptop: the whole suite runs behind this door, so the door itself is tried."""

import asyncio
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.no_network import NetworkUsedError


def test_a_connection_is_refused() -> None:
    with socket.socket() as line, pytest.raises(NetworkUsedError, match="nothing may leave"):
        line.connect(("127.0.0.1", 9))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(NetworkUsedError):
        urllib.request.urlopen("http://localhost:9/")


def test_a_datagram_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(NetworkUsedError):
        line.sendto(b"x", ("127.0.0.1", 9))


def test_a_child_process_is_refused_too() -> None:
    code = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    command = [sys.executable, "-c", code]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "nothing may leave the laptop" in child.stderr


def test_a_process_may_talk_to_itself() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"
