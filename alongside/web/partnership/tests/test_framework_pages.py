"""The framework's pages hold to their size and say first what matters; page, report and files show the same figures; what the doors refuse no page lets through."""

import copy
import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.framework import begun, decide_on_together, evenings_examined, gates_answered, one_view_tested, publish, scored
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.framework import queries
from alongside.framework.models import Recommendation, Score
from alongside.interop.documents import as_pdf
from alongside.partnerships.models import Partnership
from alongside.web.partnership.framework.reporting import report_of
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Examined:
    def __init__(self) -> None:
        self.at = now()
        self.made: Tarnside = set_up(at=self.at)
        sign_ins(self.made, self.at)
        self.ids = found_the_others(self.made, at=self.at)
        publish(self.made, "2026", "The first version.", self.at - 60 * DAY, review_on=(self.at + 300 * DAY).date())
        self.evenings = evenings_examined(self.made, self.ids["evenings"], at=self.at - 20 * DAY)
        self.one_view = one_view_tested(self.made, self.ids["one_view"], at=self.at - 8 * DAY)


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Examined]], Examined]) -> Examined:
    return begins_with(Examined)


@pytest.fixture
def examined(as_told: Examined, db: None) -> Examined:
    return copy.deepcopy(as_told)


def pages(examined: Examined) -> list[str]:
    run, place = examined.evenings.pk, examined.ids["evenings"]
    return [
        f"/partnership/{place}/framework/", f"/partnership/{place}/framework/start/", f"/partnership/{place}/behaviour/", "/guidance/", "/guidance/1/",
        *(f"/framework/{run}/{page}" for page in ("", "gates/", "compare/", "recommend/", "report/", "break-off/")),
        *(f"/framework/{examined.one_view.pk}/{page}" for page in ("", "decide/", "add-condition/", "compare/", "report/")),
    ]


OWNERS_PAGES = ("/guidance/1/review/", "/guidance/publish/", "/guidance/hand-over/")


def test_no_page_is_large_or_asks_often(examined: Examined) -> None:
    moira, sunita = signed_in("moira"), signed_in("sunita")
    moira.get("/partnership/")
    sunita.get("/partnership/")
    questions = {}
    for page in (*pages(examined), *OWNERS_PAGES):
        with CaptureQueriesContext(connection) as asked:
            answer = (sunita if page in OWNERS_PAGES else moira).get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, (page, len(answer.content))
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_whoever_does_not_own_the_guidance_is_given_none_of_its_forms_and_its_owner_hands_it_over(examined: Examined) -> None:
    moira, sunita = signed_in("moira"), signed_in("sunita")
    assert [moira.get(page).status_code for page in OWNERS_PAGES] == [moira.post(page, {}).status_code for page in OWNERS_PAGES] == [403, 403, 403]
    assert "Publish a version" not in moira.get("/guidance/").content.decode()
    to = examined.made.practitioners["moira"].pk
    assert sunita.post("/guidance/hand-over/", {"owner": to, "why": ""}).status_code == 422
    assert sunita.post("/guidance/hand-over/", {"owner": to, "why": "It is their turn."}).status_code == 303
    page = moira.get("/guidance/").content.decode()
    assert "It is their turn." in page
    assert "Publish a version" in page
    assert sunita.get("/guidance/publish/").status_code == 403


def test_who_is_no_member_finds_nothing_there(examined: Examined) -> None:
    for who in ("megan", "leah"):
        client = signed_in(who)
        for page in pages(examined):
            if who == "leah" or not page.startswith("/guidance/"):
                assert client.get(page).status_code == 404, (who, page)


def test_a_member_who_does_not_speak_for_a_partner_reads_and_fills_in_nothing(examined: Examined) -> None:
    lewis, run = signed_in("lewis"), examined.one_view.pk
    assert lewis.get(f"/framework/{run}/").status_code == 200
    for page in ("gates/", "my-scores/", "recommend/", "decide/", "add-condition/", "break-off/"):
        assert lewis.get(f"/framework/{run}/{page}").status_code == 403, page
        assert lewis.post(f"/framework/{run}/{page}", {}).status_code == 403, page


def test_a_red_gate_stands_first_and_what_it_stops_is_not_offered(examined: Examined) -> None:
    nadia, run = signed_in("nadia"), examined.one_view.pk
    page = nadia.get(f"/framework/{run}/").content.decode()
    assert page.index("Red: Basis for sharing, An owner") < page.index("What is recommended")
    form = nadia.get(f"/framework/{run}/recommend/").content.decode()
    assert 'value="do_not"' in form and 'value="go_ahead"' not in form
    forged = nadia.post(f"/framework/{run}/recommend/", {"option": "go_ahead", "reasons": "Now", "c_do_not": "x"})
    assert forged.status_code == 422
    with examined.made.acting("nadia", at=examined.at):
        assert [one.option for one in Recommendation.objects.filter(run_id=run)] == ["do_not"]


def test_a_second_partner_decides_on_the_page_and_the_proposal_is_refused(examined: Examined) -> None:
    nadia, run = signed_in("nadia"), examined.one_view.pk
    with examined.made.acting("nadia", at=examined.at):
        stands = queries.standing(queries.recommendations(queries.run(run))).pk
    assert "Decide: do not" in nadia.get(f"/partnership/{examined.ids['one_view']}/").content.decode()
    assert nadia.post(f"/framework/{run}/decide/", {"recommendation": "999999", "answer": "yes"}).status_code == 422
    assert nadia.post(f"/framework/{run}/decide/", {"recommendation": stands, "answer": "no"}).status_code == 422
    assert nadia.post(f"/framework/{run}/decide/", {"recommendation": stands, "answer": "yes"}).status_code == 303
    assert Partnership.objects.get(pk=examined.ids["one_view"]).stage == "refused"
    page = nadia.get(f"/framework/{run}/").content.decode()
    assert "What was decided" in page and "Refused" in page
    assert "Decide: do not" not in nadia.get(f"/partnership/{examined.ids['one_view']}/").content.decode()


def test_scores_kept_half_way_come_back_and_are_sent_in_whole(examined: Examined) -> None:
    made = examined.made
    run = begun(made, "megan", examined.ids["home"], (0, 0, 0, 1, 0, 0), at=examined.at)
    megan, address = signed_in("megan"), f"/framework/{run.pk}/my-scores/"
    assert megan.post(address, {"step": "keep", "s_need_us": "4", "n_need_us": "We tried alone."}).status_code == 303
    page = megan.get(address).content.decode()
    assert "We tried alone." in page and re.search(r'name="s_need_us"[^>]*value="4"[^>]*checked', page)
    unfinished = megan.post(address, {"step": "send", "s_need_us": "4"})
    assert unfinished.status_code == 422 and "say that you cannot say" in unfinished.content.decode()
    whole = {f"s_{one.id}": "0" for one in queries.text_of(run.guidance.content).statements if one.from_depth == "light"}
    assert megan.post(address, whole | {"step": "send"}).status_code == 303
    with made.acting("kofi", at=examined.at):
        assert not Score.objects.exists()
    assert "We tried alone." not in signed_in("kofi").get(f"/framework/{run.pk}/").content.decode()


def test_gates_are_saved_with_evidence_only_and_nothing_typed_is_lost(examined: Examined) -> None:
    moira, address = signed_in("moira"), f"/framework/{examined.evenings.pk}/gates/"
    answer = moira.post(address, {"g_owner": "yes", "e_owner": "", "e_risk": "A list since Monday"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what supports your answer: an owner" in page and "Choose an answer: risk and interests" in page and "A list since Monday" in page
    assert moira.post(address, {"g_risk": "yes", "e_risk": "A list since Monday"}).status_code == 303
    assert "A list since Monday" in moira.get(f"/framework/{examined.evenings.pk}/").content.decode()


def test_the_figures_of_page_report_and_files_are_the_same(examined: Examined) -> None:
    moira, run = signed_in("moira"), examined.evenings.pk
    report = moira.get(f"/framework/{run}/report/").content.decode()
    word = moira.get(f"/framework/{run}/report/docx/")
    pdf = moira.get(f"/framework/{run}/report/pdf/")
    assert pdf.content.startswith(b"%PDF-") and word["Content-Disposition"].endswith('.docx"')
    body = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    with examined.made.acting("moira", at=now()):
        document = report_of(queries.run(run), now())
    cells = [cell for part in document.parts if hasattr(part, "rows") for row in part.rows for cell in row]
    compare = moira.get(f"/framework/{run}/compare/").content.decode()
    assert cells and all(plain(cell) in plain(report) and plain(cell) in plain(body) for cell in cells)
    means = [row[1] for part in document.parts if getattr(part, "caption", "").startswith("Scores") for row in part.rows]
    assert len(means) == 6 and all(plain(mean) in plain(compare) for mean in means)
    assert as_pdf(document, at=examined.at)


def plain(text: str) -> str:
    """Without markup and with one kind of space and quotation mark."""
    bare = re.sub(r"<[^>]+>", " ", text)
    for mark, word in (("&#39;", "'"), ("&amp;", "&"), ("\xa0", " "), ("&nbsp;", " ")):
        bare = bare.replace(mark, word)
    return re.sub(r"\s+", " ", bare)


def test_of_four_partners_the_page_tells_the_mean_and_says_why_no_more(examined: Examined) -> None:
    run = examined.evenings.pk
    page = signed_in("moira").get(f"/framework/{run}/compare/").content.decode()
    assert "Fewer than five partners scored, so how the scores are spread is not shown" in page
    assert "3.8 of 4" in page and "Statement by statement" not in page and "; agreement" not in page.split("How was this worked out?")[0]
    report = signed_in("moira").get(f"/framework/{run}/report/").content.decode()
    assert "told from five partners on" in report


def test_dissent_conditions_and_who_did_not_answer_stand_in_the_report(examined: Examined) -> None:
    made = examined.made
    run = begun(made, "sunita", examined.ids["together"], (3, 3, 3, 3, 3, 3), at=examined.at - 2 * DAY)
    gates_answered(made, "sunita", run, {}, at=examined.at)
    for who in ("priya", "megan", "ruth", "kofi", "sam", "grace", "moira", "peter", "nadia"):
        scored(made, run, who, 3, at=examined.at)
    decide_on_together(made, run, at=examined.at)
    report = signed_in("sunita").get(f"/framework/{run.pk}/report/").content.decode()
    assert "too many meetings" in report and "home visits is shared" in report and "Carry on under conditions" in report


def test_guidance_lists_who_was_last_looked_at_by_a_former_version(examined: Examined) -> None:
    sunita = signed_in("sunita")
    answer = sunita.post("/guidance/publish/", {"key": "x", "edition": "2026", "standard_from": "10", "full_from": "20", "what_changed": "Bands of our own.", **day("review_on", now() + 300 * DAY)})
    assert answer.headers["Location"] == "/guidance/2/"
    page = sunita.get("/guidance/").content.decode()
    superseded, never = page[page.index('id="superseded"'):].split('id="never"')
    assert "Safer Evenings" in superseded and "One View of Families" in superseded and "Home from Hospital" in never
    assert "Standard from 10 instead of 12" in sunita.get("/guidance/2/").content.decode()
    assert "The guidance has been revised since" in signed_in("moira").get(f"/partnership/{examined.ids['evenings']}/framework/").content.decode()
    assert signed_in("lewis").get("/guidance/publish/").status_code == 403


def day(name: str, when: object) -> dict[str, int]:
    return {f"{name}_{part}": getattr(when, part) for part in ("day", "month", "year")}
