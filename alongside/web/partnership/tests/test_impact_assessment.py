"""An agreement's impact assessment says what the agreement says, the same on the page, in Word and as PDF, and leaves to people what only people can answer."""

import io
import zipfile

import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.web.partnership.tests.test_pages import signed_in, what_was_told  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def test_page_word_and_pdf_say_the_same(tarnside: Tarnside) -> None:
    sunita, there = signed_in("sunita"), f"/agreements/{tarnside.agreement_id}/impact-assessment/"
    page = sunita.get(there).content.decode()
    for words in ("Children Act 2004 section 11", "Homelink Tarnside", "Somebody dangerous learns where a person lives", "What people must still answer"):
        assert words in page
    word = zipfile.ZipFile(io.BytesIO(sunita.get(there + "docx/").content)).read("word/document.xml").decode()
    assert "Children Act 2004 section 11" in word and "Somebody dangerous learns where a person lives" in word
    assert sunita.get(there + "pdf/").content.startswith(b"%PDF")
    assert sunita.get(there + "exe/").status_code == 404


def test_it_offers_nothing_about_crime_where_no_line_is_about_crime(tarnside: Tarnside) -> None:
    page = signed_in("sunita").get(f"/agreements/{tarnside.agreement_id}/impact-assessment/").content.decode()
    assert "An allegation is read as a fact" not in page
