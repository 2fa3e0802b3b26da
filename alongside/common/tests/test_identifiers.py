import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.common.identifiers import (
    NotAnIdentifier,
    format_nhs_number,
    parse_charity_number,
    parse_nhs_number,
    parse_ods_code,
    parse_upn,
    parse_urn,
)


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919", " 943\u00a0476\u20115919 "])
def test_an_nhs_number_is_tidied(typed: str) -> None:
    assert parse_nhs_number(typed) == "9434765919"
    assert format_nhs_number(parse_nhs_number(typed)) == "943 476 5919"


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_identical_digits_are_no_nhs_number(digit: str) -> None:
    with pytest.raises(NotAnIdentifier, match="repeated"):
        parse_nhs_number(digit * 10)


@pytest.mark.parametrize("typed", ["", "943476591", "94347659190", "943476591X", "٩٤٣٤٧٦٥٩١٩", "9434765918", "943476591９"])
def test_other_things_are_no_nhs_number(typed: str) -> None:
    with pytest.raises(NotAnIdentifier):
        parse_nhs_number(typed)


@given(st.text(max_size=30))
def test_any_text_is_accepted_or_refused_and_nothing_else_happens(typed: str) -> None:
    for parse in (parse_nhs_number, parse_upn, parse_ods_code, parse_urn, parse_charity_number):
        try:
            assert parse(typed).isascii()
        except NotAnIdentifier as refusal:
            assert str(refusal)


@given(place=st.integers(0, 8))
def test_two_swapped_digits_are_noticed(place: int) -> None:
    digits = list("9434765919")
    if digits[place] != digits[place + 1]:
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        with pytest.raises(NotAnIdentifier):
            parse_nhs_number("".join(digits))


def test_a_pupil_of_a_council_made_after_any_list_keeps_their_number() -> None:
    from stdnum.gb import upn

    body = "940123421001"  # North Northamptonshire, made in 2021
    assert parse_upn(upn.calc_check_digit(body) + body).endswith(body)


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    from stdnum.gb import upn

    body = "80112342100A"
    assert parse_upn(upn.calc_check_digit(body) + body).endswith("A")


@pytest.mark.parametrize("typed", ["", "1801200005001", "I801200005001", "B80120000500", "B8012000O5001", "B801200005002"])
def test_other_things_are_no_pupil_number(typed: str) -> None:
    with pytest.raises(NotAnIdentifier):
        parse_upn(typed)


@pytest.mark.parametrize(("parse", "typed"), [(parse_ods_code, "R"), (parse_ods_code, "RX 1"), (parse_urn, "012345"), (parse_urn, "1234567")])
def test_shapes_are_kept(parse, typed: str) -> None:
    with pytest.raises(NotAnIdentifier):
        parse(typed)


@pytest.mark.parametrize("typed", ["1234567", "123456", "1234567-12", "SC012345", "nic100123"])
def test_charity_numbers_of_all_three_registers(typed: str) -> None:
    assert parse_charity_number(typed) == typed.upper()
