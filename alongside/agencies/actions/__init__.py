"""Writes of the directory: agencies, teams, practitioners, their sessions, leave and cover, and the end of an account."""

from alongside.agencies.actions.absence import arrange_cover, end_leave
from alongside.agencies.actions.agency import add_agency, add_team, change_agency, change_team, end_team
from alongside.agencies.actions.leaving import StillHolding, end_practitioner
from alongside.agencies.actions.practitioners import (
    Details,
    add_practitioner,
    change_practitioner,
    invite_practitioner,
    join_team,
    leave_team,
    name_system_owner,
    note_expertise,
    note_training,
    open_account,
)
from alongside.agencies.actions.second_step import ask_for_reset, close_reset, confirm_reset
from alongside.agencies.actions.sessions import begin_session, choose_display, end_my_session, end_session

__all__ = [
    "Details", "StillHolding", "add_agency", "add_practitioner", "add_team", "arrange_cover", "ask_for_reset", "begin_session", "change_agency", "change_practitioner", "change_team",
    "choose_display", "close_reset", "confirm_reset", "end_leave", "end_my_session", "end_practitioner", "end_session", "end_team", "invite_practitioner", "join_team", "leave_team",
    "name_system_owner", "note_expertise", "note_training", "open_account",
]
