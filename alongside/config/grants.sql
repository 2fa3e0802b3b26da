-- What the web role may do to the framework's own tables. Ours say so beside their models.
GRANT SELECT ON django_content_type, django_migrations TO alongside_app, alongside_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, mfa_authenticator, account_emailaddress, account_emailconfirmation TO alongside_app;
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq, account_emailaddress_id_seq, account_emailconfirmation_id_seq TO alongside_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON short_memory TO alongside_app;
