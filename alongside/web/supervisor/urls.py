"""The journeys of supervisors and team managers, one folder each."""

from alongside.web.supervisor.my_team.urls import urlpatterns as my_team

urlpatterns = [*my_team]
