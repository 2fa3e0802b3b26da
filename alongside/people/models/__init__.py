from alongside.people.models.family import FamilyRelation, Representation, UnsafeWith
from alongside.people.models.person import PERSON_ID_BITS, Marker, Person, PersonName, Profile, random_person_id
from alongside.people.models.register import RefusedRow, RegisterImport
from alongside.people.models.whereabouts import Address, ContactPoint, SafeContact

__all__ = [
    "PERSON_ID_BITS", "Address", "ContactPoint", "FamilyRelation", "Marker", "Person", "PersonName", "Profile", "RefusedRow", "RegisterImport",
    "Representation", "SafeContact", "UnsafeWith", "random_person_id",
]
