-- The number by which people and the tools of CenturyLink Cloud call a server run. Whatever else hands out the ids of
-- operations draws from the same sequence.
create sequence execution_number start with 100001;

alter table server_run add column number bigint default nextval('execution_number') not null;

create unique index server_run_by_number on server_run (number);

-- What is open on a server is found without its history.
create index server_run_by_end on server_run (ended_at, server_id);

-- When a run that was under way was given back because its node had stopped.
alter table server_run add column resumed_at timestamp(6) with time zone;

-- What the newest scan found a server to run, as patch baselines say it; empty text: nothing that baselines are for.
alter table server_standing add column operating_system varchar(40);
