"""Try the gate before signing: the very function the product runs, on situations that nobody is in."""

from datetime import UTC, datetime, time
from pathlib import Path

from click import unstyle
from django.http import HttpRequest, HttpResponse

from alongside.cli.gate_try import Score, in_words, try_file
from alongside.cli.scenarios import Unreadable
from alongside.common.london import london_day
from alongside.web.design.pages import form_page
from alongside.web.entrance import guardian_page
from alongside.web.guardian.try_the_gate.forms import ScenariosForm

EXAMPLE = Path(__file__).with_name("example.yaml")
MOST_SHOWN = 40


@guardian_page("GET", "POST", purpose="partnership_governance")
def try_the_gate(request: HttpRequest) -> HttpResponse:
    """It reads nobody's record: what is decided on is only what was written here."""
    form = ScenariosForm(request.POST, request.FILES) if request.method == "POST" else ScenariosForm(initial={"written": EXAMPLE.read_text()})
    score, problem = None, ""
    if request.method == "POST" and form.is_valid():
        file, on = form.cleaned_data["file"], form.cleaned_data["on"] or london_day(request.at)
        text, name = (file.read(), file.name) if file else (form.cleaned_data["written"].encode(), "what you wrote")
        try:
            score = try_file(text, name, at=datetime.combine(on, time(12), tzinfo=UTC))
        except Unreadable as unreadable:
            problem = str(unreadable)
            form.add_error("file" if file else "written", problem)
    if score and request.POST.get("step") == "text":
        return as_text(score)
    return form_page(request, "guardian/try_the_gate/try_the_gate.jinja", {"form": form, "score": score, "most": MOST_SHOWN})


@guardian_page(purpose="partnership_governance")
def example(request: HttpRequest) -> HttpResponse:
    """The example, to begin a file of one's own with."""
    return HttpResponse(EXAMPLE.read_bytes(), content_type="application/yaml", headers={"Content-Disposition": 'attachment; filename="example.yaml"'})


def as_text(score: Score) -> HttpResponse:
    """The same words as `alongside gate try` prints, to be kept with the agreement."""
    lines = [unstyle(line) for one in score.tried for line in in_words(one)] + list(score.lines())
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="decisions.txt"'})
