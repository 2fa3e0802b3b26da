-- Doors of relationships: those who answer for others see and change who works with whom.
GRANT EXECUTE ON FUNCTION answers_for(integer), caseload_counts(integer[]), caseload(integer, jsonb), unallocated(jsonb), holding_of(integer), holding_of_team(integer) TO alongside_app;
