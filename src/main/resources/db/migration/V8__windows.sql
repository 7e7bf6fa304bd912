-- Maintenance windows that were made through the API, each with its targets and tasks.
create table maintenance_window (
    id         varchar(20) primary key,
    enabled    boolean not null,
    created_at timestamp(6) with time zone not null,
    content    text not null
);

create index maintenance_window_by_age on maintenance_window (created_at, id);

-- What is and was done at openings. While an execution is going on, open_window names its window: there is one at most.
create table window_execution (
    id               uuid primary key,
    window_id        varchar(20) not null,
    open_window      varchar(20) unique,
    started_at       timestamp(6) with time zone not null,
    ended_at         timestamp(6) with time zone,
    due_at           timestamp(6) with time zone,
    fence            bigint not null,
    cancel_requested boolean not null,
    content          text not null
);

create index window_execution_by_window on window_execution (window_id, started_at, id);
create index window_execution_by_due_time on window_execution (due_at, id);
create index window_execution_by_end on window_execution (ended_at, id);
