-- Agencies, teams and practitioners are a directory that partners and the people they help may read; sessions belong to the functions alone.
GRANT SELECT ON agency_kind, agency, agency_identifier, team, team_membership, practitioner, expertise, leave, cover, training TO alongside_app, alongside_worker, alongside_definer;
GRANT INSERT, UPDATE ON agency, agency_identifier, team, team_membership, practitioner, expertise, leave, cover, training TO alongside_app;
GRANT SELECT, INSERT ON directory_change TO alongside_app;
GRANT SELECT, INSERT, UPDATE ON second_step_reset TO alongside_app;
GRANT DELETE ON expertise, leave TO alongside_app;
GRANT SELECT, INSERT, UPDATE ON account TO alongside_app;
GRANT SELECT ON account, identity_session TO alongside_definer;
GRANT INSERT, UPDATE ON identity_session TO alongside_definer;
REVOKE ALL ON identity_session FROM alongside_app, alongside_worker;
GRANT EXECUTE ON FUNCTION my_principals(), my_account(), my_person(), begin_session(bigint, text, numeric, text), end_session(text), identify(text), my_sessions(), end_my_session(text), end_sessions_of(integer) TO alongside_app;
