"""Practitioners who write over HTTP while the product is being killed around them: each sends again, under the same key, until it is told that it was recorded."""

import http.client
import random
import re
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape

TIMEOUT = 8.0
PATIENCE = 120.0
TAGS = re.compile(r"<[^>]+>|\s+")
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|/form))", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
CANNOT_SAY = frozenset({0, 503})
"""Nobody answered, or somebody who could not reach the records: whether it was saved is not known."""


@dataclass
class Writer(threading.Thread):
    """One session, at whichever of the web servers answers.

    `acknowledged` are the keys it was told are recorded, with where; `refused` those the gate said no to, in words; `sent` all it ever sent; `retries` how often it
    had to ask again, by what it had been told; `lost` answers to a form that did not hold what was typed; `surprises` answers that nobody should get.
    """

    ports: Sequence[int]
    account: str
    person_id: int
    kinds: Sequence[str]
    until: threading.Event
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    retries: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.cookies: dict[str, str] = {}
        self.began = time.monotonic()
        self.port = self.ports[0]
        self.chance = random.Random(self.account)

    def patience_left(self) -> bool:
        return time.monotonic() - self.began < PATIENCE

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.until.is_set():
            self.write(str(uuid.uuid4()), self.chance.choice(self.kinds))

    def write(self, key: str, kind: str = "") -> None:
        """One entry, until it is known to be recorded or refused; after the end as well, because an unknown outcome must become known."""
        self.began, kind = time.monotonic(), kind or self.kinds[0]
        self.sent.add(key)
        form: dict[str, str] = {}
        while self.patience_left():
            form = form or self.filled(key, kind)
            status, where, page = self.post(f"/people/{self.person_id}/entries/add/", form) if form else (0, "", "")
            if status == 303 and "/entries/" in where:
                self.acknowledged[key] = where
                return
            if status and form["account"] not in page:
                self.lost.append(f"{status} {where} {TAGS.sub(' ', page)[:300]}")
            if status == 403 and "There is a problem" in page:
                self.refused[key] = kind
                return
            if status in (401, 403) or status == 303:  # signed out; or a form key of another session
                form = {}
                self.sign_in()
            elif status not in CANNOT_SAY:
                self.surprises.append(f"{status} for {kind}: {TAGS.sub(' ', page)[:1500]}")
                return
            self.retries[f"{status} {where}".strip() if form or status else "no form"] += 1
            time.sleep(0.1)

    def filled(self, key: str, kind: str) -> dict[str, str]:
        """The form as its page gives it, with everything that this kind asks for; empty while there is no page to be had."""
        status, _, page = self.get(f"/people/{self.person_id}/entries/add/?kind={kind}")
        if status in (302, 303, 401):
            self.sign_in()
        if status != 200:
            return {}
        today = date.today()
        form = fields_of(page, 'name="headline"')
        for name in [*form]:
            whole, _, part = name.rpartition("_")
            if part in ("day", "month", "year") and whole:
                form[name] = str(getattr(today, part))
        return form | {"key": key, "kind": kind, "headline": f"Written under fire {key}", "account": f"What was seen {key}.", "action_taken": "Told the team.", "harm": "none_known", "happened_at": "00:01", "step": "save"}

    def sign_in(self) -> None:
        self.cookies = {}
        _, _, page = self.get("/demo/sign-in/")
        self.post("/demo/sign-in/", {"csrfmiddlewaretoken": fields_of(page, "csrfmiddlewaretoken").get("csrfmiddlewaretoken", ""), "account": self.account})

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        return self._ask("POST", path, urllib.parse.urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        """Status, where to, and page; status 0 and the next server from now on where this one gave no answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Origin": f"http://127.0.0.1:{self.port}"}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, content = value.split(";", 1)[0].partition("=")
                    self.cookies[cookie] = content
            return answer.status, answer.getheader("Location") or "", page
        except (OSError, http.client.HTTPException):
            self.port = self.ports[(self.ports.index(self.port) + 1) % len(self.ports)]
            return 0, "", ""
        finally:
            line.close()


def fields_of(page: str, mark: str) -> dict[str, str]:
    """The fields of the form that contains a mark, as a browser would send them untouched."""
    form = next((form for form in re.findall(r"<form\b.*?</form>", page, re.S) if mark in form), "")
    found: dict[str, str] = {}
    for kind, attributes, inside in FIELD.findall(form):
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        name = said.get("name")
        if not name or said.get("type") in ("submit", "file", "button"):
            continue
        if said.get("type") in ("radio", "checkbox"):
            if "checked" in said:
                found[name] = said.get("value", "on")
        elif kind == "textarea":
            found.setdefault(name, unescape(inside.split("</textarea>")[0]).strip())
        elif kind == "input":
            found.setdefault(name, said.get("value", ""))
    return found
