"""How the words of a person's details are said on a page."""

from alongside.people.facts import AddressKind, Channel, ContactChoice, ContactKind, Flag, NameKind, Protection, RelationKind
from alongside.people.rules.markers import may_set_marker

ADDRESS_KINDS = {
    AddressKind.HOME: "Home", AddressKind.TEMPORARY: "Staying for now", AddressKind.PLACEMENT: "Placement", AddressKind.REFUGE: "Refuge", AddressKind.CORRESPONDENCE: "For letters only",
    AddressKind.PREVIOUS: "Previous home",
}
CONTACT_KINDS = {
    ContactKind.MOBILE: "Mobile", ContactKind.PHONE: "Phone", ContactKind.EMAIL: "Email", ContactKind.POST: "Letters to", ContactKind.THROUGH_WORKER: "Through a practitioner",
}
NAME_KINDS = {NameKind.PREVIOUS: "Previous name", NameKind.ALIAS: "Also known as", NameKind.BIRTH: "Name at birth"}
PROTECTIONS = {
    Protection.NONE: "Nothing: an ordinary name, which the finder searches", Protection.ADOPTION: "The name before an adoption", Protection.GENDER: "The name before a gender change",
    Protection.HIDDEN_IDENTITY: "The name before an identity was hidden",
}
RELATIONS = {
    RelationKind.MOTHER: "Mother", RelationKind.FATHER: "Father", RelationKind.PARENT: "Parent", RelationKind.SIBLING: "Brother or sister", RelationKind.GRANDPARENT: "Grandparent",
    RelationKind.PARTNER: "Partner", RelationKind.FORMER_PARTNER: "Former partner", RelationKind.CHILD: "Child", RelationKind.CARER: "Carer", RelationKind.FOSTER_CARER: "Foster carer",
    RelationKind.FRIEND: "Friend", RelationKind.NEIGHBOUR: "Neighbour", RelationKind.OTHER_RELATIVE: "Other relative", RelationKind.HOUSEHOLD: "Lives in the household",
}
MARKERS = {
    Flag.ADDRESS_CONCEALED: "Address must not be known", Flag.PORTAL_UNSAFE: "Somebody else may see their screen", Flag.STAFF_MEMBER: "Works for a partner", Flag.PUBLIC_INTEREST: "In the public eye",
    Flag.IDENTITY_PROTECTED: "Identity is protected", Flag.ADOPTED: "Adopted", Flag.GENDER_RECOGNITION: "Has a gender recognition certificate",
    Flag.RESTRICTED_RECORD: "Record is kept for few",
}
CHOICES = {
    ContactChoice.ANY: "By any contact they gave", ContactChoice.SAFE_ONLY: "Only by contacts that they said are safe", ContactChoice.THROUGH_WORKER: "Only through a practitioner they trust",
    ContactChoice.NONE: "Not at all",
}
CHANNELS = {
    Channel.CALL: "Call", Channel.TEXT_MESSAGE: "Text message", Channel.VOICEMAIL: "Voicemail", Channel.EMAIL: "Email", Channel.LETTER: "Letter", Channel.THROUGH_WORKER: "Through a practitioner",
}


def markers_for(role: str) -> list[tuple[str, str]]:
    """The markers that somebody in this role may set."""
    return [(flag.value, words) for flag, words in MARKERS.items() if may_set_marker(flag, role)]


def choices(words: dict[object, str]) -> list[tuple[str, str]]:
    return [(str(code.value), said) for code, said in words.items()]  # type: ignore[attr-defined]
