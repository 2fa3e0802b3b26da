"""Writes about people: keyword-only; whoever writes holds the right to write about that person in this transaction."""

from alongside.people.actions.family import add_family, add_unsafe_with, end_family, end_unsafe_with
from alongside.people.actions.markers import NotYoursToSet, end_marker, set_marker
from alongside.people.actions.names import OldName, add_name, change_person, end_name
from alongside.people.actions.profile import set_profile
from alongside.people.actions.register import begin_import, finish_import, load_batch, stop_import
from alongside.people.actions.registration import register_person
from alongside.people.actions.representation import end_representation
from alongside.people.actions.whereabouts import add_address, add_contact, choose_contact, end_address, end_contact, mark_safe

__all__ = [
    "NotYoursToSet", "OldName", "add_address", "add_contact", "add_family", "add_name", "add_unsafe_with", "begin_import", "change_person", "choose_contact", "end_address",
    "end_contact", "end_family", "end_marker", "end_name", "end_representation", "end_unsafe_with", "finish_import", "load_batch", "mark_safe", "register_person", "set_marker", "set_profile", "stop_import",
]
