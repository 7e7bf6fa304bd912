-- Commands are patch requests that an API wants to be told of in its own words; what may take the place of a baseline
-- for one of them.
alter table patch_request add column memo text;
alter table patch_request add column override text;

-- Every scan in figures; it has the number of its scan, whose document retention removes earlier.
create table scan_summary (
    scan_id          bigint primary key,
    run_id           uuid references server_run (id),
    server_id        varchar(128) not null,
    started_at       timestamp(6) with time zone not null,
    taken_at         timestamp(6) with time zone not null,
    operation        varchar(32) not null,
    reboot_option    varchar(32) not null,
    snapshot         uuid,
    baseline         varchar(200) not null,
    baseline_id      varchar(20),
    baseline_version integer,
    patch_group      varchar(256),
    install_list     varchar(4000),
    other_baseline   boolean not null,
    counts           text not null,
    host             text not null
);

create index scan_summary_by_server on scan_summary (server_id, scan_id);
create index scan_summary_by_run on scan_summary (run_id);

-- What is remembered of a server from one run to the next, and which of its scans is in force.
create table server_standing (
    server_id     varchar(128) primary key,
    scan_id       bigint,
    unrebooted_at timestamp(6) with time zone,
    standing      text not null
);

-- What others report of servers through the compliance API.
create table compliance_item (
    server_id       varchar(128) not null,
    compliance_type varchar(100) not null,
    item_id         varchar(200) not null,
    title           varchar(500) not null,
    severity        varchar(32) not null,
    compliant       boolean not null,
    details         text not null,
    executed_at     timestamp(6) with time zone not null,
    execution_id    varchar(100),
    execution_type  varchar(50),
    primary key (server_id, compliance_type, item_id)
);
