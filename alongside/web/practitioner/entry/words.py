"""An entry's fields and parts, in words."""

PARTS = {"victim_statement": "A victim’s statement", "third_party_info": "What concerns somebody else", "referrer_identity": "Who told us"}
FIELDS = {
    "headline": "In one line", "account": "What happened", "words_of_person": "In the person’s own words", "effect": "What it means", "action_taken": "What was done",
    "no_action_reason": "Why nothing was done", "happened_at": "When it happened", "kind": "What kind of entry it is",
}
