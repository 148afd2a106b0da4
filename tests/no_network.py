"""Shuts the network off for a Python process: gapbench must never call out, and nor may its tests.

An audit hook sees every connection, also those made in C or by a library that kept its own
reference to ``socket.connect``; and it cannot be taken off again by the code under test.
"""

import sys

_UNIX = 1  # AF_UNIX: files on this machine; asyncio and xdist talk to themselves that way
_WATCHED = frozenset({"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


class NetworkUsedError(RuntimeError):
    """Something tried to leave the laptop."""


def shut() -> None:
    """Refuses every address and every name from now on, in this process."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _WATCHED and not _stays_here(event, arguments):
        raise NetworkUsedError(f"{event} {arguments[1:]}: nothing may leave the laptop, nor may a test")


def _stays_here(event: str, arguments: tuple[object, ...]) -> bool:
    """Is it a Unix socket, or the pair of sockets that Windows builds from the loopback?"""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return False
    if int(getattr(arguments[0], "family", 0)) == _UNIX:
        return True
    return sys._getframe(2).f_code.co_name.endswith("socketpair")
