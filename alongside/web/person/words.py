"""The same things in the words of somebody who is tired or frightened: short, and about them."""

from collections.abc import Iterable

CATEGORIES = {
    "general_health": "My health",
    "mental_health": "My mental health",
    "sexual_health": "My sexual health",
    "strengths_needs_plan": "My plan, and what I said",
    "education": "School and learning",
    "housing": "Where I live: my housing",
    "home_address": "My address",
    "contact_details": "My phone and email",
    "domestic_abuse": "Violence or abuse at home",
    "criminal_allegation": "Police matters",
    "immigration_status": "My immigration papers",
}
"""What somebody may want to keep from somebody: the gate's category, in words."""

NOT_FOR_A_HELPER = frozenset({"home_address", "contact_details"})
HELPER_PARTS = {code: words for code, words in CATEGORIES.items() if code not in NOT_FOR_A_HELPER} | {"strengths_needs_plan": "My plan, what I said, and who helps me"}
"""What somebody may let a helper read, in the order of the choices above."""

STATES = {
    "given": "Yes. Share what is needed to help.",
    "given_limited": "Yes, but some things stay out.",
    "refused": "No. Do not share.",
    "withdrawn": "No. An earlier yes was taken back.",
    "not_sought": "Nobody has asked yet.",
    "not_sought_unsafe": "It was not safe to ask.",
    "cannot_consent": "They could not decide this then.",
}

ALLOWED = {
    "any": "Any way I gave you",
    "safe_only": "Only the ways I tick below",
    "through_worker": "Only through somebody who works with me",
    "none": "Do not contact me",
}

REACHED = {
    "any": "Any way you gave us",
    "safe_only": "Only the ways you said are safe",
    "through_worker": "Only through somebody who works with you",
    "none": "You asked us not to contact you",
}

SAID_BY = {"person": "They said it", "parent": "A parent said it", "proxy": "Somebody acting for them said it", "victim": "They said it", "referrer": "Told by whoever referred"}

HONEST_LIMITS = (
    "We keep this promise unless we believe a child or an adult could be badly hurt, or a court or the law makes us pass it on.",
    "If that happens, we pass on only what is needed, and we tell you first unless telling you would put somebody in danger.",
)


def parts_words(parts: Iterable[str]) -> list[str]:
    """What a helper may read, in the person's words."""
    return [words for code, words in HELPER_PARTS.items() if code in parts]


def category_words(code: str) -> str:
    return CATEGORIES.get(code, code.replace("_", " ").capitalize()) if code else "Anything"
