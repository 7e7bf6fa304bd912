-- Servers that are in maintenance mode. A mode with a request was entered by a run of it; one without is a user's own.
create table maintenance_mode (
    server_id  varchar(128) primary key,
    since      timestamp(6) with time zone not null,
    until_at   timestamp(6) with time zone not null,
    set_by     varchar(1000) not null,
    reason     varchar(4000) not null,
    request_id uuid
);

create index maintenance_mode_by_end on maintenance_mode (until_at, server_id);

-- Every change of a maintenance mode; only ever appended to. Its number is drawn as those of executions are, so that it
-- can be asked for as one.
create table maintenance_change (
    number     bigint primary key,
    server_id  varchar(128) not null,
    kind       varchar(32) not null,
    changed_at timestamp(6) with time zone not null,
    changed_by varchar(1000) not null,
    reason     varchar(4000) not null,
    request_id uuid,
    until_at   timestamp(6) with time zone
);

create index maintenance_change_by_server on maintenance_change (server_id, number);
create index maintenance_change_by_request on maintenance_change (request_id, kind);
