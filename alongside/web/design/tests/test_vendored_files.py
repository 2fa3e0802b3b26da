"""What we took from the NHS design system is what was reviewed, without the NHS's brand."""

import re
from importlib.metadata import version

from alongside.web.design.vendoring import CHECKSUMS, RELEASE, VENDOR, checksum, vendored_files


def test_files_are_the_reviewed_ones() -> None:
    assert CHECKSUMS.read_text() == "".join(f"{checksum(file)}  {file.relative_to(VENDOR)}\n" for file in vendored_files())


def test_release_is_the_one_the_macros_are_paired_with() -> None:
    assert (RELEASE, version("nhsuk-frontend-jinja")) == ("10.6.1", "0.10.2"), "the README of nhsuk-frontend-jinja says which goes with which"


def test_no_brand_and_no_other_host() -> None:
    for file in vendored_files():
        text = file.read_text()
        assert not re.search(r"frutiger|assets\.nhs\.uk|@font-face|sourceMappingURL|#005eb8\b", text, re.IGNORECASE), file
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", text), file


def test_every_picture_the_sheet_asks_for_is_here() -> None:
    sheet = VENDOR / f"nhsuk-frontend-{RELEASE}.css"
    assert all((VENDOR / picture).is_file() for picture in re.findall(r"url\((icons/[^)]+)\)", sheet.read_text()))


def test_the_licence_goes_with_them() -> None:
    assert "MIT License" in (VENDOR / "LICENCE-nhsuk-frontend.txt").read_text()
