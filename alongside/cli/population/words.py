"""What entries of a synthetic population say: short, ordinary and about nobody."""

from alongside.cli.population.district import SORTS
from alongside.common.categories import CATEGORY_NUMBERS
from alongside.records.rules.kinds import entry_kinds

SEEN = (
    "Seen at home as arranged. The house was warm and there was food in the kitchen.", "We went through the plan together and agreed what comes next.",
    "Rang as agreed. No change since last week.", "Seen with family. They talked about what helps and what gets in the way.",
    "Came to the appointment on time. We talked about sleep, money and getting about.", "Not in when I called; rang back the same afternoon and we found another day.",
    "Seen in the centre. In good spirits and keen to tell me about the weekend.", "Worried about the letter that came; we read it together and answered it.",
    "The new arrangement works on most days. Mondays are still hard.", "We looked at last month’s goals: two of three are met.",
)
MORE = (
    "Nothing new gives cause for worry.", "They would like to see the same face next time.", "There is somebody next door who helps with shopping.", "Transport is what stops them going.",
    "They asked what we write down, and I showed them.", "The school is part of this and knows.", "We will look at it again in two weeks.", "They want fewer visits and more phone calls.",
)
EFFECTS = ("They feel listened to.", "Little has changed for them.", "They get out more than they did.", "They sleep better.", "")
ACTIONS = ("Next contact arranged.", "Rang the partner who can help.", "Agreed to wait and see.", "Wrote to them with what we said.")
OWN_WORDS = ("I want to do it my way.", "It is better than it was.", "Ask me before you tell anybody.", "I like it when you ring first.", "I am all right.")
STREETS = (
    "Abbey Road", "Beech Avenue", "Church Lane", "Dale Street", "Elm Grove", "Field View", "Garden Terrace", "High Street", "Ivy Close", "Jubilee Way", "King Street", "Lime Walk",
    "Mill Lane", "North Parade", "Orchard Drive", "Park Road", "Queen Street", "River View", "Station Road", "The Green", "Union Street", "Vicarage Lane", "West Street", "York Place",
)


def passages() -> list[tuple[int, str, str, str, str]]:
    pairs = [f"{seen} {more}" for seen in SEEN for more in MORE]
    return [(n, text, EFFECTS[n % len(EFFECTS)], ACTIONS[n % len(ACTIONS)], OWN_WORDS[n % len(OWN_WORDS)]) for n, text in enumerate(pairs)]


def kinds() -> list[tuple[str, str, int, str]]:
    """The kinds of entry that these agencies write, as the product knows them."""
    known = entry_kinds()
    return [(code, known[code].category, CATEGORY_NUMBERS[known[code].category], known[code].name) for code in sorted({code for sort in SORTS for code in sort.kinds})]
