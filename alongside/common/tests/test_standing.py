"""A standing question's SQL is written once: what never changes stands in it, what each asker says stays a place to fill."""

from alongside.common.standing import Word, _written_out


def test_what_never_changes_is_written_into_the_question_and_words_stay_places() -> None:
    me = Word("me", "bigint")
    assert _written_out("a = %s AND b = %s::bigint AND c = %s AND d = %s", ["held", me, True, 200]) == ("a = 'held' AND b = %s::bigint AND c = true AND d = %s", (me, 200))


def test_a_quote_or_a_percent_sign_in_what_is_written_stays_what_it_was() -> None:
    assert _written_out("a LIKE '%%s' AND b = %s", ["O'Neil, 100%s"]) == ("a LIKE '%%s' AND b = 'O''Neil, 100%%s'", ())
