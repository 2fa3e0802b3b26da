"""Who there is in Tarnside. Everything here is invented; NHS numbers are from the range that is never issued."""

from dataclasses import dataclass, field
from datetime import date

PARTNERSHIP = "Tarnside Together"
VISION = (
    "Every child, family and older person in Tarnside tells their story once, is helped by people who know what they need to know, "
    "and can see who looked and why."
)

HOW_TO_COMPLAIN = (
    "Tell any worker, ring 01632 960 100 or write to Tarnside Together, Town Hall, Tarnside. Somebody who was not involved answers within 30 days. "
    "You can also complain to the Information Commissioner."
)


@dataclass(frozen=True)
class AgencyCast:
    key: str
    kind: str
    name: str
    identifiers: dict[str, str] = field(default_factory=dict)
    duty_phone: str = ""


@dataclass(frozen=True)
class TeamCast:
    key: str
    agency: str
    name: str
    role: str
    duty_desk: bool = False


@dataclass(frozen=True)
class PractitionerCast:
    key: str
    name: str
    title: str
    role: str
    team: str
    profession: str = ""
    supervisor: str = ""
    manages: bool = False
    says: str = ""
    expertise: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PersonCast:
    key: str
    given_name: str
    family_name: str
    born: date
    nhs_number: str
    known_as: str = ""
    pronouns: str = ""


AGENCIES = (
    AgencyCast("children", "council_children", "Tarnside Council Children's Services", {"la": "E06999901"}, "01632 960 101"),
    AgencyCast("adults", "council_adults", "Tarnside Council Adult Social Care", {"la": "E06999902"}, "01632 960 102"),
    AgencyCast("community", "nhs_community", "Tarnside Community Health NHS Trust", {"ods": "RZX01"}, "01632 960 103"),
    AgencyCast("hospital", "nhs_hospital", "Tarnside General Hospital NHS Trust", {"ods": "RZX02"}, "01632 960 104"),
    AgencyCast("surgery", "gp_practice", "Riverside Surgery", {"ods": "Z99901"}, "01632 960 105"),
    AgencyCast("school", "school", "Millbrook Primary School", {"urn": "999001"}, "01632 960 106"),
    AgencyCast("police", "police", "Tarnside Police", {"force": "99"}, "01632 960 107"),
    AgencyCast("homelink", "voluntary", "Homelink Tarnside", {"charity": "9990001"}, "01632 960 108"),
    AgencyCast("housing", "council_housing", "Tarnside Council Housing", {"la": "E06999903"}, "01632 960 109"),
)

TEAMS = (
    TeamCast("front_door", "children", "Front Door", "team_manager", duty_desk=True),
    TeamCast("assessment", "children", "Assessment Team", "social_worker"),
    TeamCast("hospital_social", "adults", "Hospital and Home Team", "social_worker", duty_desk=True),
    TeamCast("family_nurses", "community", "Family Nurse Team", "family_nurse", duty_desk=True),
    TeamCast("ward_seven", "hospital", "Ward 7", "nurse", duty_desk=True),
    TeamCast("doctors", "surgery", "Doctors", "doctor", duty_desk=True),
    TeamCast("safeguarding", "school", "Safeguarding Leads", "safeguarding_lead", duty_desk=True),
    TeamCast("class_four", "school", "Class Four", "teacher"),
    TeamCast("protecting", "police", "Protecting Vulnerable People", "police_officer", duty_desk=True),
    TeamCast("home_support", "homelink", "Home Support", "support_worker", duty_desk=True),
    TeamCast("housing_officers", "housing", "Housing Officers", "housing_officer", duty_desk=True),
)

PRACTITIONERS = (
    PractitionerCast("ruth", "Ruth Ellis", "Family nurse supervisor", "manager", "family_nurses", "Nurse", manages=True, says="Supervises Amina every week; hears what is late"),
    PractitionerCast("amina", "Amina Khan", "Family nurse", "family_nurse", "family_nurses", "Nurse", "ruth", says="Worried about a baby",
                     expertise=(("Infant development", "qualification"), ("Urdu", "language"))),
    PractitionerCast("priya", "Priya Nair", "Duty manager", "team_manager", "front_door", "Social worker", manages=True, says="Decides what comes in to children's services"),
    PractitionerCast("helen", "Helen Marsh", "Team manager", "team_manager", "assessment", "Social worker", manages=True, says="Supervises Daniel"),
    PractitionerCast("daniel", "Daniel Osei", "Social worker", "social_worker", "assessment", "Social worker", "helen", says="Works with the family",
                     expertise=(("Domestic abuse", "skill"), ("Family group conferences", "qualification"))),
    PractitionerCast("megan", "Megan Price", "Social worker", "social_worker", "hospital_social", "Social worker", manages=True, says="Helps Margaret at home"),
    PractitionerCast("farah", "Dr Farah Aziz", "Hospital doctor", "doctor", "ward_seven", "Doctor", "kofi", says="Opened a record in an emergency"),
    PractitionerCast("kofi", "Kofi Mensah", "Ward manager", "nurse", "ward_seven", "Nurse", manages=True, says="Signs discharge letters a second time"),
    PractitionerCast("sam", "Dr Sam Patel", "GP", "doctor", "doctors", "Doctor", manages=True, says="The family's doctor"),
    PractitionerCast("grace", "Grace Adeyemi", "Designated safeguarding lead", "safeguarding_lead", "safeguarding", "Teacher", manages=True, says="Must know before the school day starts"),
    PractitionerCast("tom", "Tom Bright", "Class teacher", "teacher", "class_four", "Teacher", "grace", says="Ella's teacher"),
    PractitionerCast("lewis", "PC Lewis Carter", "Police officer", "police_officer", "protecting", "Police officer", "moira", says="Was called to the home"),
    PractitionerCast("moira", "Sgt Moira Blake", "Police sergeant", "manager", "protecting", "Police officer", manages=True, says="Supervises Lewis"),
    PractitionerCast("joan", "Joan Whitty", "Support worker", "support_worker", "home_support", "Support worker", "peter", says="Visits Margaret at home"),
    PractitionerCast("peter", "Peter Lund", "Volunteer coordinator", "manager", "home_support", "Coordinator", manages=True, says="Leads the voluntary partner"),
    PractitionerCast("nadia", "Nadia Rossi", "Housing officer", "housing_officer", "housing_officers", "Housing officer", manages=True, says="Knows the tenancy"),
    PractitionerCast("eleanor", "Dr Eleanor Hughes", "Caldicott guardian", "caldicott_guardian", "family_nurses", "Doctor", says="Judges unusual access, answers complaints, tries agreements"),
    PractitionerCast("sunita", "Sunita Rao", "Partnership lead", "manager", "front_door", "Director", says="Hears what climbs past supervisors; keeps the agreements"),
    PractitionerCast("owen", "Owen Reed", "Records manager", "records_manager", "hospital_social", "Records manager", "megan", says="Registers and corrects"),
)  # fmt: skip

PEOPLE = (
    PersonCast("leah", "Leah", "Turner", date(2004, 5, 14), "9990000018", pronouns="she, her"),
    PersonCast("noah", "Noah", "Turner", date(2026, 7, 20), "9990000026"),
    PersonCast("ella", "Ella", "Turner", date(2019, 3, 2), "9990000034", known_as="Ellie", pronouns="she, her"),
    PersonCast("margaret", "Margaret", "Turner", date(1948, 7, 14), "9990000042", known_as="Peggy", pronouns="she, her"),
    PersonCast("jake", "Jake", "Dunn", date(2001, 11, 9), "9990000050", pronouns="he, him"),
    PersonCast("chloe", "Chloe", "Barnes", date(1993, 2, 21), "9990000069", pronouns="she, her"),
    PersonCast("arthur", "Arthur", "Pell", date(1940, 1, 30), "9990000077", pronouns="he, him"),
    PersonCast("zara", "Zara", "Hussain", date(2016, 9, 12), "9990000085", pronouns="she, her"),
)

PEOPLE_WHO_SIGN_IN = {"leah": "Reads her own record and her children's", "margaret": "Reads her own record, in large print", "susan": "Margaret's niece: reads what Margaret chose"}
