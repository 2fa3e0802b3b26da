"""Makes our copy of the NHS design system's style sheet and script, without the NHS's brand.

    npm pack nhsuk-frontend@10.6.1
    python -m alongside.web.design.vendoring nhsuk-frontend-10.6.1.tgz

The release must be the one that the installed nhsuk-frontend-jinja is paired with (its README holds the table: 0.10.2 goes with 10.6.1).
Three things are changed and nothing else: the Frutiger font and its NHS host go, the icons move beside the sheet, the colours become ours.
No Node is needed to run Alongside; this is run once for each new release.
"""

import hashlib
import re
import sys
import tarfile
from pathlib import Path

RELEASE = "10.6.1"
PACKAGE_SHA256 = "1af037bcb75237c4208809d3ac9a06522ccf61b2268221268ead3985bceb060b"
VENDOR = Path(__file__).parent / "static" / "design" / "vendor"
CHECKSUMS = VENDOR / "SHA256SUMS"

FONTS = "-apple-system,Segoe UI,Roboto,Noto Sans,Liberation Sans,Helvetica Neue,Arial,sans-serif"
ICONS = ("arrow-down", "arrow-up", "arrow-up-down", "cross")

COLOURS = {
    # links, secondary buttons and what belongs to them
    "#005eb8": "#0b5a82",
    "#0055a6": "#0a5277",
    "#004b93": "#08486a",
    "#00478a": "#084565",
    "#004281": "#07405e",
    "#003d78": "#073c58",
    "#002f5c": "#052d42",
    "#003087": "#12475a",
    "#337ec6": "#3c7b9b",
    "#669ed4": "#79a6bd",
    "#c7dcef": "#c6dde8",
    "#ccdff1": "#cbe0ea",
    "#d9e7f4": "#dbe9f0",
    "#edf4fa": "#eef5f8",
    # visited links
    "#330072": "#4f2a7f",
    "#240050": "#381d5b",
    # buttons that do the main thing, and success
    "#007f3b": "#0b6e58",
    "#00662f": "#095b49",
    "#004c23": "#07473a",
    "#00401e": "#063c30",
    "#cce5d8": "#cfe6df",
    # paper, lines and secondary text
    "#f0f4f5": "#f6f5f1",
    "#d8dde0": "#d9d6ce",
    "#dbe0e3": "#e2e0d9",
    "#e0e4e6": "#e8e6df",
    "#aeb7bd": "#aeaba2",
    "#768692": "#76797c",
    "#4c6272": "#515c66",
    "#354550": "#39424a",
}


def without_brand(sheet: str) -> str:
    sheet = re.sub(r"@font-face\{[^}]*\}", "", sheet)
    sheet = sheet.replace("Frutiger W01,arial,sans-serif", FONTS)
    sheet = sheet.replace("url(/assets/images/", "url(icons/")
    sheet = re.sub(r"#[0-9a-f]{6}\b", lambda colour: COLOURS.get(colour[0], colour[0]), sheet)
    return without_source_map(sheet)


def without_source_map(text: str) -> str:
    return re.sub(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)


def vendor(archive: Path) -> None:
    """1. Check the package. 2. Write sheet, script and icons without the brand. 3. Write their checksums."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise SystemExit(f"{archive} is not the nhsuk-frontend {RELEASE} that was reviewed")
    with tarfile.open(archive) as package:

        def text(name: str) -> str:
            member = package.extractfile(f"package/dist/nhsuk/{name}")
            if member is None:
                raise SystemExit(f"{archive} has no {name}")
            return member.read().decode()

        (VENDOR / "icons").mkdir(parents=True, exist_ok=True)
        sheet = without_brand(text("nhsuk-frontend-dynamic-type.min.css"))
        (VENDOR / f"nhsuk-frontend-{RELEASE}.css").write_text(sheet)
        (VENDOR / f"nhsuk-frontend-{RELEASE}.js").write_text(without_source_map(text("nhsuk-frontend.min.js")))
        for icon in ICONS:
            (VENDOR / "icons" / f"nhsuk-icon-{icon}.svg").write_text(text(f"assets/images/nhsuk-icon-{icon}.svg"))
    CHECKSUMS.write_text("".join(f"{checksum(file)}  {file.relative_to(VENDOR)}\n" for file in vendored_files()))


def vendored_files() -> list[Path]:
    return sorted(file for file in VENDOR.rglob("*") if file.suffix in {".css", ".js", ".svg"})


def checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    vendor(Path(sys.argv[1]))
