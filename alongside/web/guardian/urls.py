"""The Caldicott guardian's journeys, one folder each, and the rulebook they answer by."""

from alongside.web.guardian.agreements.urls import urlpatterns as agreements
from alongside.web.guardian.complaint.urls import urlpatterns as complaint
from alongside.web.guardian.emergency.urls import urlpatterns as emergency
from alongside.web.guardian.ledger.urls import urlpatterns as ledger
from alongside.web.guardian.queue.urls import urlpatterns as queue
from alongside.web.guardian.readers.urls import urlpatterns as readers
from alongside.web.guardian.try_the_gate.urls import urlpatterns as try_the_gate
from alongside.web.rulebook.urls import urlpatterns as rulebook

urlpatterns = [*queue, *emergency, *complaint, *readers, *agreements, *try_the_gate, *ledger, *rulebook]
