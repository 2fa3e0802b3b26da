"""A district where six agencies work together instead of ten: whoever records something there has five partners in scope. Made as `alongside demo --people` makes its districts."""

import django

PEOPLE, NUMBER = 10_000, 100_000
AGENCIES = frozenset({"council_children", "nhs_community", "gp_practice", "school", "police", "voluntary"})


def main() -> None:
    django.setup()
    from alongside.cli.population.district import SORTS
    from alongside.cli.population.load import populate_district
    from alongside.common.clock import now
    from bench.measured import say

    populate_district(NUMBER, PEOPLE, sorts=tuple(sort for sort in SORTS if sort.kind in AGENCIES), at=now(), say=say)


if __name__ == "__main__":
    main()
