"""The pages of the accounts hold to their size, are nobody's but the partners', refuse what the doors refuse, and lose nothing that was typed."""

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import tell
from alongside.common.clock import now
from alongside.open_book.models import Contribution, CostCentre, CountedBenefit, LineDocument, LineQuery, ObjectiveCode, Period, SpendImport, SpendLine, Supplier
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FILE = b"Supplier,Date,Amount,Cost centre\r\nAcme Ltd,%s,\"1,000.00\",Hub\r\nAcme Ltd,%s,\"1,000.00\",Hub\r\nBeta plc,yesterday,5,Hub\r\n"


def with_books() -> tuple[Tarnside, dict[str, int]]:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    found = found_the_others(made, at=at)
    keep_the_books(made, found, at=at)
    return made, found


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], tuple[Tarnside, dict[str, int]]]], tuple[Tarnside, dict[str, int]]]) -> tuple[Tarnside, dict[str, int]]:
    return begins_with(with_books)


@pytest.fixture
def ids(as_told: tuple[Tarnside, dict[str, int]], db: None) -> tuple[Tarnside, dict[str, int]]:
    return copy.deepcopy(as_told)


def pages(partnership: int) -> list[str]:
    def first(model: type) -> int:
        return model.objects.filter(partnership_id=partnership).order_by("-pk").first().pk

    line = SpendLine.objects.filter(partnership_id=partnership).order_by("-pk").first()
    return [
        f"/partnership/{partnership}/accounts/{page}"
        for page in (
            "", "history/", "lines/", f"lines/?agency={line.agency_id}&question=open", "lines/add/", f"lines/{line.pk}/", f"lines/{line.pk}/attach/", f"lines/{line.pk}/allocate/", f"lines/{line.pk}/correct/",
            "contributions/", "contributions/add/", f"contributions/{first(Contribution)}/", "budget/", "objectives/add/", "funds/", "funds/add/", "cost-centres/", "import/", "periods/", "periods/add/",
            f"periods/{first(Period)}/", "treasurer/", "outcome/", "outcome/add/", f"outcome/{first(CountedBenefit)}/", f"questions/{first(LineQuery)}/",
        )
    ] + [f"/about/partnership/{partnership}/accounts/"]


def test_no_page_of_the_accounts_is_large_or_asks_often(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    sunita = signed_in("sunita")
    partnership = found["together"]
    with made.acting("sunita", at=now()):
        every = [
            *pages(partnership), f"/partnership/{partnership}/accounts/import/{SpendImport.objects.filter(partnership_id=partnership).first().pk}/",
            f"/partnership/{partnership}/accounts/cost-centres/{CostCentre.objects.filter(partnership_id=partnership).first().pk}/",
            f"/partnership/{partnership}/accounts/suppliers/{Supplier.objects.filter(partnership_id=partnership).first().pk}/",
        ]
    sunita.get("/partnership/")
    questions: dict[str, int] = {}
    for page in every:
        with CaptureQueriesContext(connection) as asked:
            answer = sunita.get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, (page, len(answer.content))
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_the_accounts_are_there_for_partners_only(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    with made.acting("moira", at=now()):
        every = pages(found["evenings"])
    for who in ("sunita", "amina", "owen"):  # children's services and family nurses have no part in Safer Evenings
        reader = signed_in(who)
        for page in every[:-1]:
            assert reader.get(page).status_code == 404, page
        assert reader.get(every[-1]).status_code == 200


def test_who_keeps_no_books_reads_all_and_writes_nothing(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    tom, book = signed_in("tom"), f"/partnership/{found['together']}/accounts/"
    with made.acting("sunita", at=now()):
        line = SpendLine.objects.filter(partnership_id=found["together"]).first()
        counted = SpendLine.objects.count()
    assert b"Every line" in tom.get(book).content
    for page in ("lines/add/", f"lines/{line.pk}/correct/", f"lines/{line.pk}/allocate/", f"lines/{line.pk}/attach/", "contributions/add/", "budget/", "import/", "periods/add/", "funds/add/", "treasurer/"):
        assert tom.get(book + page).status_code == 403, page
        assert tom.post(book + page, {"reason": "x", "amount": "5"}).status_code == 403, page
    assert tom.post(f"{book}periods/{line.period_id}/", {"step": "propose"}).status_code == 403
    with made.acting("sunita", at=now()):
        assert SpendLine.objects.count() == counted


def test_anybody_at_the_table_asks_and_the_payer_answers(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    book = f"/partnership/{found['together']}/accounts/"
    with made.acting("sunita", at=now()):
        line = SpendLine.objects.filter(partnership_id=found["together"], period__status="open").first()
    tom, priya = signed_in("tom"), signed_in("priya")
    assert tom.post(f"{book}lines/{line.pk}/", {"question": " ", "key": "x"}).status_code == 422
    assert tom.post(f"{book}lines/{line.pk}/", {"question": "What is it?", "key": "x"}).status_code == 303
    with made.acting("sunita", at=now()):
        query = LineQuery.objects.get(question="What is it?")
    assert "Answer: a question" in priya.get(book).content.decode()
    assert tom.post(f"{book}questions/{query.pk}/", {"answer": "I know"}).status_code == 403
    assert priya.post(f"{book}questions/{query.pk}/", {"answer": "Tablets."}).status_code == 303
    assert "Tablets." in tom.get(f"{book}lines/{line.pk}/").content.decode()


def test_a_file_is_shown_with_its_sums_before_it_is_in_the_books(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    sunita, book = signed_in("sunita"), f"/partnership/{found['together']}/accounts/"
    day = (now() - timedelta(days=2)).strftime("%d/%m/%Y").encode()
    sent = {"agency": made.agencies["children"].pk, "file": SimpleUploadedFile("june.csv", FILE % (day, day)), "mapping": ""}
    where = sunita.post(f"{book}import/", sent).headers["Location"]
    page = sunita.get(where).content.decode()
    assert "Nothing is in the books yet" in page and "Put 1 line into the books" in page and "“yesterday” is not a date." in page and "£2,005.00" in page
    assert signed_in("tom").post(f"{where}finish/").status_code == 403
    assert sunita.post(f"{where}finish/").status_code == 303
    assert "Every penny is accounted for" in sunita.get(where).content.decode()
    assert "in the books already" in sunita.get(sunita.post(f"{book}import/", sent | {"file": SimpleUploadedFile("june.csv", FILE % (day, day))}).headers["Location"]).content.decode()
    wrong = sunita.post(f"{book}import/", sent | {"file": SimpleUploadedFile("june.csv", b"Colour\nred\n")})
    assert wrong.status_code == 422 and "no table" in wrong.content.decode()


def test_a_paper_is_attached_and_opened_by_any_partner(ids: tuple[Tarnside, dict[str, int]]) -> None:
    made, found = ids
    sunita, book = signed_in("sunita"), f"/partnership/{found['together']}/accounts/"
    with made.acting("sunita", at=now()):
        line = SpendLine.objects.filter(partnership_id=found["together"]).first()
    refused = sunita.post(f"{book}lines/{line.pk}/attach/", {"paper": SimpleUploadedFile("x.exe", b"MZ" + bytes(99))})
    assert refused.status_code == 422
    assert sunita.post(f"{book}lines/{line.pk}/attach/", {"paper": SimpleUploadedFile("invoice.txt", b"Invoice 7")}).status_code == 303
    with made.acting("sunita", at=now()):
        paper = LineDocument.objects.get(line=line)
    assert signed_in("tom").get(f"{book}papers/{paper.reference}/").content == b"Invoice 7"


def test_what_is_late_and_unanswered_climbs_to_the_partnership_s_home(ids: tuple[Tarnside, dict[str, int]]) -> None:
    _, found = ids
    page = signed_in("moira").get(f"/partnership/{found['evenings']}/").content.decode()
    assert "A question on the accounts that Tarnside Police has not answered" in page
    assert "2 contributions not there on the day" in page
    assert "A question on the accounts" not in signed_in("sunita").get(f"/partnership/{found['together']}/").content.decode()


def test_everybody_reads_what_was_published_and_no_person_s_name(ids: tuple[Tarnside, dict[str, int]]) -> None:
    _, found = ids
    page = Client().get(f"/about/partnership/{found['together']}/accounts/").content.decode()
    assert "Harbour Training Ltd" in page and "A person, not named" in page and "Holroyd" not in page
    assert "Nothing is published yet" in Client().get(f"/about/partnership/{found['home']}/accounts/").content.decode()


def test_money_is_for_the_partnership_s_own_objectives(db: None) -> None:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    for _ in tell(made, at=at):
        pass
    ids = found_the_others(made, at=at)
    list(govern(made, ids, at=at))
    keep_the_books(made, ids, at=at)
    sunita, book = signed_in("sunita"), f"/partnership/{ids['together']}/accounts/"
    with made.acting("sunita", at=now()):
        linked = {one.code: one.objective_id for one in ObjectiveCode.objects.filter(partnership_id=ids["together"])}
    assert all(linked.values()), "each of the demo's codes is one of the partnership's objectives"
    assert f'href="/objectives/{linked["O1"]}/"' in sunita.get(book).content.decode()
    form = sunita.get(f"{book}objectives/add/").content.decode()
    assert "No child is met unprepared" in form and "Worries are answered in time" not in form
    assert sunita.post(f"{book}objectives/add/", {"code": "O9", "objective": "", "name": ""}).status_code == 422
    assert sunita.post(f"{book}objectives/add/", {"code": "O9", "objective": "", "name": "Running costs"}).status_code == 303
