"""What a record is opened for: care and support, unless its reader says otherwise. The gate tests what they say, and the ledger keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.confidentiality.facts import Purpose
from alongside.partnerships.queries import purposes_that_reach
from alongside.web.design.fields import RadiosField
from alongside.web.design.forms import Form
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.partnership.wording import categories_in_words
from alongside.web.practitioner.entry.grounds import PURPOSES
from alongside.web.practitioner.opening import USUAL, about, identity, open_for, opened, purpose_of


class PurposeForm(Form):
    purpose = RadiosField(label="What do you need this record for?", label_size="l", page_heading=True, choices=[], missing="Choose what you need it for")

    def __init__(self, *args: Any, ways: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purpose"]
        field.choices, field.hints = [(code, PURPOSES[code]) for code in ways], ways


@practitioner_page("GET", "POST")
def record_purpose(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="purpose")
    form = PurposeForm(request.POST or None, initial={"purpose": request.GET.get("for", access.purpose)}, ways=ways_in(request, access, child=about(who, request).kind == "child"))
    if request.method == "POST" and form.is_valid():
        open_for(request, person_id, form.cleaned_data["purpose"])
        messages.success(request, f"From now on you open this record for: {PURPOSES[purpose_of(request, person_id)].lower()}. The person can read that.")
        return go_to("person", person_id)
    words = {"form": form, "who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "at": request.at}
    return form_page(request, "practitioner/record/purpose.jinja", words)


def ways_in(request: HttpRequest, access: Access, *, child: bool) -> dict[str, str]:
    """Each purpose for which the gate would open this record to this reader, and what partners wrote that it would let through."""
    ways = {}
    never = {USUAL, Purpose.EMERGENCY_LIFE.value} | ({Purpose.SAFEGUARDING_ADULT.value} if child else set())
    for purpose in [USUAL, *sorted(purposes_that_reach(request.actor.agency_id, request.at) & PURPOSES.keys() - never)]:
        _, opening = gate.judge(request.actor, access.person_id, at=request.at, verb="read", category="whole_record", purpose=purpose)
        if opening.decision.permits:
            ways[purpose] = f"Opens what partners wrote about {categories_in_words(sorted(opening.shared))}." if opening.shared else "Opens what your own agency wrote, and nothing that partners wrote."
    return ways
