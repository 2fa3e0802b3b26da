"""The guided tour through Tarnside: a family nurse worried about a baby, and what becomes of what she writes."""

from alongside.web.demo.views import Stop

STOPS = (
    Stop(
        "Record once", "amina", "/my-people/",
        ("Open Noah Turner. The first screen is what a colleague would need at night.", "Press Add entry, choose “Injury seen”, write a line and what you did.", "Look at who will be told while you type, then press Save and share."),
        "You chose no recipient. Each partner has said what it must know; the agreement, the law and the family’s choices decided, and everybody who is not told stands there with the reason.",
    ),
    Stop(
        "Answer what came in", "priya", "/my-work/",
        ("Open the referral about Noah: it is due within one working day.", "Say what was decided, or decline it with a reason."),
        "Amina is told in the same moment. Without an answer it climbs: first to Priya’s supervisor, then to the partnership.",
    ),
    Stop(
        "Only what is needed", "grace", "/my-people/",
        ("Open Ella Turner.", "Read what the police sent about the night: Grace acknowledged it before school began."),
        "The school must meet Ella with care before the day starts. It gets the few fields it needs for that; the mother’s own statement stays with the police and the social worker.",
    ),
    Stop(
        "One chronology", "daniel", "/my-people/",
        ("Open Ella Turner and read what happened, whoever wrote it.", "Show only what is new since you last looked, or one agency’s part.", "Open an entry and see who knows of it."),
        "The bruise, the night and the school’s worry stand in one line of time. Each reading leaves a line in the ledger.",
    ),
    Stop(
        "Nobody is forgotten", "ruth", "/my-team/",
        ("See what your team still waits for and what they have not answered.", "Give one of them to somebody else."),
        "What is late finds its way here by itself. Nothing is ever without an owner, not even when somebody leaves.",
    ),
    Stop(
        "When there is no time", "farah", "/find/",
        ("Look for Arthur Pell, born 30 January 1940. You have no part in his care.", "Open his record in an emergency: say why, in your own words."),
        "It opens for four hours, with what an emergency needs. Arthur is told, and somebody independent judges it within a day.",
    ),
    Stop(
        "May we?", "eleanor", "/guardian/queue/",
        ("Judge the emergency: proper or not, and why.", "Try the gate on the example before you sign an agreement.", "Look at the ledger: sealed, and vouched for by partners."),
        "The page that tries a rule runs the very rule that decides for everybody.",
    ),
    Stop(
        "What holds it together", "sunita", "/partnership/",
        ("See which agreement is about to lapse and what would stop with it.", "Read what each partner has said it must know.", "See how shares are answered, and where information is lost."),
        "When an agreement lapses or a partner withdraws, the tap closes with the next request.",
    ),
    Stop(
        "It is her record", "leah", "/my-record/",
        ("Read what is written about you, in plain words.", "See who looked and why, and check that nothing on the page was changed.", "Change a choice, or complain about an access."),
        "Leah proves it without trusting anybody: the page gives her a file that a small program of anybody’s can check.",
    ),
)
