-- One role for each service, owner of its own database and let into no other.
\getenv companion_password COMPANION_DB_PASSWORD
\getenv keycloak_password KEYCLOAK_DB_PASSWORD
\getenv synapse_password SYNAPSE_DB_PASSWORD

create role companion login password :'companion_password';
create role keycloak login password :'keycloak_password';
create role synapse login password :'synapse_password';

create database companion owner companion;
create database keycloak owner keycloak;
-- Synapse refuses any other collation.
create database synapse owner synapse template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C';

revoke connect on database companion, keycloak, synapse from public;
