"""Practitioners who write over HTTP while the product is being killed around them: each sends again, under the same key, until it is told that it was recorded."""

import http.client
import re
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from datetime import date
from html import unescape

TIMEOUT = 8.0
PATIENCE = 120.0
TAGS = re.compile(r"<[^>]+>|\s+")
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|/form))", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass
class Writer(threading.Thread):
    """One session. `acknowledged` are the keys it was told are recorded; `sent` all it ever sent; `retries` how often it had to ask again."""

    port: int
    account: str
    person_id: int
    kind: str
    until: threading.Event
    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    retries: int = 0
    refusals: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.cookies: dict[str, str] = {}
        self.began = time.monotonic()

    def patience_left(self) -> bool:
        return time.monotonic() - self.began < PATIENCE

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.until.is_set():
            self.write(str(uuid.uuid4()))

    def write(self, key: str) -> None:
        """One entry, until it is known to be recorded; after the end as well, because an unknown outcome must become known."""
        self.sent.add(key)
        self.began = time.monotonic()
        while self.patience_left():
            try:
                status, where, page = self.post(f"/people/{self.person_id}/entries/add/", self.filled(key))
            except (OSError, http.client.HTTPException):
                status, where, page = 0, "", ""
            if status in (302, 303) and "/entries/" in where:
                self.acknowledged[key] = where
                return
            if status in (302, 303, 401) or "csrf" in page.lower() or "Not accepted" in page:  # signed out, or signed in halfway, by a kill
                self.sign_in()
            elif status in (400, 408):  # half a request reached a server that was being killed
                self.cookies.clear()
            elif status and status < 500:
                self.refusals.append(f"{status} {TAGS.sub(' ', page)[:1500]}")
                return
            self.retries += 1
            time.sleep(0.1)

    def filled(self, key: str) -> dict[str, str]:
        status, where, page = self.get(f"/people/{self.person_id}/entries/add/")
        if status in (302, 303):
            self.sign_in()
            status, where, page = self.get(f"/people/{self.person_id}/entries/add/")
        today = date.today()
        form = fields_of(page, 'name="headline"')
        return form | {
            "key": key, "kind": self.kind, "headline": f"Written under fire {key}", "account": "What was seen.", "action_taken": "Told the team.", "harm": "none_known", "step": "save",
            "happened_on_day": str(today.day), "happened_on_month": str(today.month), "happened_on_year": str(today.year),
        }  # fmt: skip

    def sign_in(self) -> None:
        try:
            self.cookies = {}
            _, _, page = self.get("/demo/sign-in/")
            self.post("/demo/sign-in/", {"csrfmiddlewaretoken": fields_of(page, "csrfmiddlewaretoken").get("csrfmiddlewaretoken", ""), "account": self.account})
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        return self._ask("POST", path, urllib.parse.urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
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
