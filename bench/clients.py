"""Clients over real HTTP: as many as asked, each with its own connection kept open, asking again as soon as it is answered. They cost little beside what they measure."""

import os
import random
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a path, and a body when something is sent."""

    path: str
    body: bytes = b""
    cookie: str = ""


@dataclass
class Cell:
    """What came of one page under so many clients."""

    seconds: float
    milliseconds: list[float] = field(default_factory=list)
    largest: int = 0
    wrong: dict[int, int] = field(default_factory=dict)
    cpu_ms: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds


class Connection:
    """A browser's connection, as thin as can be."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, asked: Asked) -> tuple[int, bytes, bytes]:
        method = "POST" if asked.body else "GET"
        head = f"{method} {asked.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {asked.cookie}\r\n"
        if asked.body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(asked.body)}\r\nReferer: http://127.0.0.1:{self.port}/\r\n"
        self.socket.sendall(head.encode() + b"\r\n" + asked.body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._some()
        headers, _, body = answer.partition(b"\r\n\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(b": ") for line in headers.split(b"\r\n")[1:])}
        length = int(fields.get(b"content-length", b"0"))
        while len(body) < length:
            body += self._some()
        return int(headers.split(b" ", 2)[1]), headers, body

    def _some(self) -> bytes:
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError("the server hung up")
        return received


def run(port: int, requests: Sequence[Callable[[random.Random], Asked]], *, clients: int, seconds: float, processes: Callable[[], list[int]], right: tuple[int, ...] = (200,)) -> Cell:
    """Ask for so many seconds; `requests` are one for each client or one for all. CPU is that of web and database together, by the kernel's own count."""
    cell, lock, stop = Cell(seconds), threading.Lock(), threading.Event()

    def client(number: int) -> None:
        draw, connection, mine = random.Random(number), Connection(port), []
        next_request = requests[number % len(requests)]
        largest, wrong = 0, {}
        while not stop.is_set():
            asked = next_request(draw)
            started = time.perf_counter()
            status, _, body = connection.ask(asked)
            mine.append((time.perf_counter() - started) * 1e3)
            largest = max(largest, len(body))
            if status not in right:
                wrong[status] = wrong.get(status, 0) + 1
        with lock:
            cell.milliseconds += mine
            cell.largest = max(cell.largest, largest)
            for status, count in wrong.items():
                cell.wrong[status] = cell.wrong.get(status, 0) + count

    threads = [threading.Thread(target=client, args=(number,), daemon=True) for number in range(clients)]
    before, started = cpu_seconds(processes()), time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(30)
    cell.seconds = time.perf_counter() - started
    cell.cpu_ms = (cpu_seconds(processes()) - before) * 1e3 / max(1, len(cell.milliseconds))
    return cell


def descendants(root: int) -> list[int]:
    """A process and everything it started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    return sum((int(fields[11]) + int(fields[12])) / TICKS for pid in pids if (fields := _stat(pid)))


def _stat(pid: int) -> list[Any] | None:
    """From the third field on: state, parent, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
