"""A partner's own system at the end of a line that can be cut, slowed, or lose replies. It does each key once and remembers in which order."""

import json
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class PartnerSystem:
    """`mode`: up, down (the line is refused), slow (a byte now and then), lost (it receives, and the reply never arrives), flapping (every second call), redirect, busy."""

    mode: str = "up"
    received: list[str] = field(default_factory=list)
    calls: int = 0
    elsewhere: str = ""

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/shares"
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def in_order(self) -> list[str]:
        """What it has, each once, in the order of arrival."""
        return list(dict.fromkeys(self.received))

    def close(self) -> None:
        self.listener.close()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            self.calls += 1
            mode = ("down" if self.calls % 2 else "up") if self.mode == "flapping" else self.mode
            if mode == "down":
                return
            try:
                share = self._read(line)
                if mode in ("up", "lost", "slow"):
                    self.received.append(share)
                if mode == "lost":
                    return
                if mode == "slow":
                    for byte in b"HTTP/1.1 204 No Content\r\n\r\n":
                        line.sendall(bytes([byte]))
                        time.sleep(1)
                    return
                line.sendall({"up": b"HTTP/1.1 204 No Content\r\n\r\n", "busy": b"HTTP/1.1 503 Busy\r\n\r\n", "redirect": f"HTTP/1.1 302 Found\r\nLocation: {self.elsewhere}\r\n\r\n".encode()}[mode])
            except OSError:
                return

    def _read(self, line: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            data += line.recv(4096)
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length"))
        while len(body) < length:
            body += line.recv(4096)
        return str(json.loads(body)["share"])
