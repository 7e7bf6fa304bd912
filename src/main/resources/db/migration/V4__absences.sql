-- Servers that did not return from a reboot in time and are still looked for.
create table absence (
    run_id    uuid primary key references server_run (id),
    server_id varchar(128) not null,
    boot_id   varchar(2000) not null,
    since     timestamp(6) with time zone not null,
    until_at  timestamp(6) with time zone not null,
    due_at    timestamp(6) with time zone not null
);

create index absence_by_due_time on absence (due_at, run_id);
