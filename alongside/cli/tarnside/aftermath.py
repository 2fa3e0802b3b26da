"""What became of it: who answered, who did not, what was signed and put right, who looked without a part in it, and who complained."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from alongside.cli.tarnside.own_side import own_token
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions.break_glass import Danger, break_glass
from alongside.confidentiality.actions.complaints import complain
from alongside.confidentiality.queries import who_looked
from alongside.records.actions import Recorded, acknowledge_share, correct_entry, decline_share, read_share, sign_entry
from alongside.records.queries import inbox

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def aftermath(made: Tarnside, recorded: Mapping[str, Recorded], *, at: datetime) -> Iterator[str]:
    """Each step yields what it did, for whoever watches."""
    with made.acting("kofi", at=at - 4 * DAY) as kofi:
        sign_entry(by=kofi, reference=recorded["discharged"].reference, at=at - 4 * DAY)
    yield "Kofi Mensah signed the discharge letter"
    for who, ago in (("grace", 4 * DAY), ("joan", 3 * DAY), ("megan", 3 * DAY), ("sam", 2 * DAY)):
        yield answered(made, who, recorded, at=at - ago)
    with made.acting("daniel", at=at - 3 * DAY) as daniel:
        for share in inbox(daniel):
            if share.entry_id == recorded["night"].entry_id:
                read_share(by=daniel, reference=share.reference, at=at - 3 * DAY)
                acknowledge_share(by=daniel, reference=share.reference, at=at - 3 * DAY, used=True)
    yield "Daniel Osei acknowledged what the police sent"
    with made.acting("farah", at=at - DAY) as farah:
        correct_entry(
            by=farah, reference=recorded["discharged"].reference, key=uuid.uuid4(), reason="I wrote the wrong dose. The ward's chart says 5 mg, as before.", purpose="hospital_discharge", at=at - DAY,
            changed={"account": "Fit to go home with somebody to look in each day for two weeks. Amlodipine stays at 5 mg once a day."},
        )
    yield "Dr Farah Aziz put a wrong dose right; everybody who had read it is told"
    with made.acting("farah", at=at - 20 * HOUR) as farah:
        break_glass(
            by=farah, person_id=made.people["zara"], danger=Danger.LIFE, at=at - 20 * HOUR,
            reason="Zara was brought in unable to breathe after eating at a party. I must know of allergies and medicines before I treat her.",
        )
    yield "Dr Farah Aziz opened Zara's record in an emergency"
    try:
        with made.acting("nadia", at=at - 6 * HOUR) as nadia:
            gate.open_record(nadia, made.people["leah"], at=at - 6 * HOUR)
    except (Refused, NotKnown):
        yield "Nadia Rossi tried to look at Leah's record and was refused"
    with gate.acting(own_token(made, "leah"), at=at - HOUR) as leah:
        access = gate.open_record(leah, made.people["leah"], verb="view_ledger", category="access_ledger", purpose="portal_view", claim="uk_gdpr_art15", at=at - HOUR)
        tried = next(look for look in who_looked(access) if look.refused)
        complain(by=leah, person_id=made.people["leah"], line_id=tried.line_id, text="Why did somebody from housing try to open my record? I have not asked them for anything.", at=at - HOUR)
    yield "Leah complained about it"


def answered(made: Tarnside, who: str, recorded: Mapping[str, Recorded], *, at: datetime) -> str:
    """Read and acknowledge what has come in by then; the surgery sends back what it has no use for, and says why."""
    with made.acting(who, at=at) as reader:
        for share in inbox(reader):
            if share.sent_at > at:
                continue
            read_share(by=reader, reference=share.reference, at=at)
            if who == "sam" and share.entry_id != recorded["discharged"].entry_id:
                decline_share(by=reader, reference=share.reference, reason="Seen by the community team the same day; nothing for the surgery to do.", at=at)
            else:
                acknowledge_share(by=reader, reference=share.reference, at=at, used=True)
    return f"{reader.name} answered what came in"
