-- The database of Prefect's server beside ours, made once when PostgreSQL starts on an empty volume.
CREATE DATABASE lkjip_prefect ENCODING 'UTF8' TEMPLATE template0;
