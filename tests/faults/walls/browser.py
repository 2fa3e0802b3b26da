"""A reader's kept connection to a real server, and what stands in an answer. Faster than a browser, and says every header."""

import gzip
import http.client
import re
from dataclasses import dataclass

from tests.faults.walls.world import MARK, World
from tests.site import Site

FORM_KEY = "k" * 32
NOISE = re.compile(r'nonce(="|-)[^"\' ;]+|value="[A-Za-z0-9]{64}"|[0-9a-f]{8}-[0-9a-f-]{27}')


@dataclass(frozen=True)
class Ask:
    who: str
    method: str
    path: str
    typed: str = ""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: str
    body: str

    def without(self, person: int) -> "Answer":
        """Without the number that was asked for, and without what differs in every answer to anybody."""
        return Answer(self.status, self.headers.replace(str(person), "ID"), NOISE.sub("", self.body).replace(str(person), "ID"))


class Browser:
    """One reader's connection, kept open, with their cookie."""

    def __init__(self, site: Site, session: str) -> None:
        self.site, self.session = site, session
        self.connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *problem: object) -> None:
        if self.connection:
            self.connection.close()

    def send(self, method: str, path: str, typed: str = "") -> Answer:
        headers = {"Cookie": f"alongside={self.session}; alongside-form={FORM_KEY}"}
        body = None
        if method not in ("GET", "HEAD", "OPTIONS"):
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": FORM_KEY, "Origin": self.site.url}
            body = typed or "step=save"
        for kept in (self.connection, None):
            self.connection = kept or http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            try:
                self.connection.request(method, path, body=body, headers=headers)
                got = self.connection.getresponse()
                return answer(got, got.read())
            except (http.client.HTTPException, OSError):  # a server may close a kept connection instead of reading what it refuses
                self.connection.close()
                if kept is None:
                    raise
        raise AssertionError("unreachable")


def answer(got: http.client.HTTPResponse, content: bytes) -> Answer:
    if got.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    kept = sorted((name, value) for name, value in got.headers.items() if name.lower() not in ("date", "set-cookie", "content-length"))
    return Answer(got.status, NOISE.sub("", repr(kept)), content.decode("utf-8", "replace"))


FORM_KEY = "k" * 32


def secrets_in(world: World, answer: Answer) -> set[str]:
    return set(re.findall(rf"{MARK}[0-9A-Z]+", (answer.headers + answer.body).upper())) & world.may_read.keys()
