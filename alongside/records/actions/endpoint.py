"""The line to an agency's own system: one POST to the address on the agency's row, and to nowhere else."""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from django.conf import settings

PATIENCE = 10.0
"""Seconds for the whole call, however slowly the other side drips."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said. Received: any 2xx, or 409 for a key that it has already. `line_is_down`: nothing behind this line can be reached now."""

    received: bool
    problem: str = ""
    line_is_down: bool = False


class NotAllowedThere(ValueError):
    """The address on the agency's row is not one that we may call."""


def post(url: str, *, key: UUID, payload: dict[str, Any]) -> Answer:
    """
    1. Take the address apart, and look up where it leads; only public hosts over TLS (a test or demo may call this machine).
    2. Send once, under the message's key: the other side does nothing twice for one key. Redirects are not followed.
    3. Say whether it was received. A broken line or a busy server is tried again; so is a refusal, after a longer rest and with its reason on file.
    """
    deadline = time.monotonic() + PATIENCE
    try:
        with _connect(urlsplit(url), deadline) as connected:
            return _ask(connected, urlsplit(url), json.dumps(payload).encode(), key, deadline)
    except NotAllowedThere as problem:
        return Answer(False, str(problem))
    except (OSError, http.client.HTTPException) as problem:
        return Answer(False, f"{type(problem).__name__}: {problem}", line_is_down=True)


def _ask(connected: socket.socket, at: SplitResult, body: bytes, key: UUID, deadline: float) -> Answer:
    path = (at.path or "/") + (f"?{at.query}" if at.query else "")
    head = f"POST {path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nIdempotency-Key: {key}\r\nConnection: close\r\n\r\n"
    connected.sendall(head.encode("latin-1") + body)
    status = _status(connected, deadline)
    if 200 <= status < 300 or status == http.client.CONFLICT:
        return Answer(True)
    return Answer(False, f"Answered {status}", line_is_down=status >= 500 or status == http.client.TOO_MANY_REQUESTS)


def _status(connected: socket.socket, deadline: float) -> int:
    """The three digits of the status line, and no more: what else the other side has to say cannot hold us up."""
    line = b""
    while b"\r\n" not in line:
        connected.settimeout(max(0.001, deadline - time.monotonic()))
        more = connected.recv(4096)
        if not more or len(line) > 4096:
            raise http.client.BadStatusLine("no answer")
        line += more
        if time.monotonic() > deadline:
            raise TimeoutError("too slow")
    words = line.split(b"\r\n", 1)[0].split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
        raise http.client.BadStatusLine("not an answer in HTTP")
    return int(words[1])


def _connect(at: SplitResult, deadline: float) -> socket.socket:
    """A connection to the very address that was looked up and allowed, so that a name cannot lead elsewhere a moment later."""
    host, port = at.hostname, at.port or {"https": 443, "http": 80}.get(at.scheme)
    if not host or port is None or at.username or at.scheme not in ("https", "http"):
        raise NotAllowedThere("Not an address that can be called")
    where = _allowed(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0], at.scheme)
    plain = socket.create_connection((where, port), timeout=max(0.001, deadline - time.monotonic()))
    if at.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _allowed(address: str, scheme: str) -> str:
    where = ipaddress.ip_address(address)
    if settings.PRODUCTION and (scheme != "https" or not where.is_global):
        raise NotAllowedThere("Only public hosts, over TLS")
    if not settings.PRODUCTION and not where.is_loopback:
        raise NotAllowedThere("A test or demo calls this machine only")
    return address
