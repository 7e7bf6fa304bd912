-- The number by which people and the tools of CenturyLink Cloud call a server run. Whatever else hands out the ids of
-- operations draws from the same sequence.
create sequence execution_number start with 100001;

alter table server_run add column number bigint default nextval('execution_number') not null;

create unique index server_run_by_number on server_run (number);
