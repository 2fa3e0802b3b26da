"""Other people in somebody's record: those who told, those who are named, those who work there."""

from alongside.confidentiality.rules.kinds import AT_WORK, SENDS, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import Situation


def referrer_agrees(s: Situation) -> bool:
    """Whether whoever told has agreed to be named."""
    return s.consent in ("given", "not_needed") and not s.harm


@keep_back("THI-010", "referrer_identity", "third_party_info", owes=("redact_third_party", "offer_reason_and_challenge"))
def who_told_stays_unnamed(s: Situation) -> bool:
    """Whoever told in confidence must not be named to the family, unless they agree and nobody is put at risk.

    Source: D v NSPCC [1978]; Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> asks = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", category="referrer_identity", by="referrer")
        >>> who_told_stays_unnamed(Situation.where(**asks, consent="refused"))
        True
        >>> who_told_stays_unnamed(Situation.where(**asks, consent="given"))
        False
    """
    return s.category == "referrer_identity" and not referrer_agrees(s) and (not s.staff or s.to_family or s.letter_home)


@refuse("THI-020", owes=("neutral_denial",), hides=True, act=SENDS)
def who_told_is_not_passed_around(s: Situation) -> bool:
    """The name of whoever told must not be passed to another agency, except to those who act on the report.

    Source: D v NSPCC [1978]; Caldicott principle 3
    Example:
        >>> who_told_is_not_passed_around(Situation.where(category="referrer_identity", verb="share_to", recipient="voluntary", consent="refused", by="referrer"))
        True
    """
    return s.category == "referrer_identity" and s.sending and not s.to_family and not s.letter_home and not referrer_agrees(s)


@keep_back("THI-030", "third_party_info", owes=("redact_third_party",), who=AT_WORK, act=SENDS)
def other_people_do_not_travel(s: Situation) -> bool:
    """What goes to a partner must leave out other people who are in it, unless they are part of the harm to be prevented.

    Source: UK GDPR Art 5(1)(c); Caldicott principle 3
    Example:
        >>> other_people_do_not_travel(Situation.where(verb="share_to", recipient="voluntary", about="mixed"))
        True
        >>> other_people_do_not_travel(Situation.where(verb="share_to", recipient="police", about="mixed", not_acting="significant_harm"))
        False
    """
    return s.sending and s.about == "mixed" and not s.grave and s.staff and not s.demand


@oblige("THI-040", "redact_third_party")
def other_people_are_taken_out(s: Situation) -> bool:
    """Whatever mixes several people's information must have the others' taken out before it is shown outside the team on the case.

    Source: Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> other_people_are_taken_out(Situation.where(verb="share_to", recipient="school", about="mixed"))
        True
    """
    return s.about == "mixed" and (s.sending or not s.staff)
