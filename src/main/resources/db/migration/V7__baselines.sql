-- Runs of requests with the same snapshot see the same approved set.
alter table patch_request add column snapshot uuid;

-- Which version of which baseline a scan was held against; null for a script package, and before there were ids.
alter table scan add column baseline_id varchar(20);
alter table scan add column baseline_version integer;

-- The present version of each baseline. One that was deleted, or whose file is gone, stays for the history.
create table baseline (
    id               varchar(20) primary key,
    name             varchar(128) not null,
    operating_system varchar(32) not null,
    owner            varchar(16) not null,
    file             varchar(1000),
    version          integer not null,
    content          text not null,
    created_at       timestamp(6) with time zone not null,
    modified_at      timestamp(6) with time zone not null,
    modified_by      varchar(1000) not null,
    gone_at          timestamp(6) with time zone
);

create index baseline_by_name on baseline (name, id);

-- The versions before the present one.
create table baseline_past (
    baseline_id varchar(20) not null references baseline (id),
    version     integer not null,
    content     text not null,
    stored_at   timestamp(6) with time zone not null,
    stored_by   varchar(1000) not null,
    primary key (baseline_id, version)
);

-- An operating system without a row has its predefined default.
create table baseline_default (
    operating_system varchar(32) primary key,
    baseline_id      varchar(20) not null references baseline (id),
    by_file          boolean not null
);

create index baseline_default_by_baseline on baseline_default (baseline_id);

create table baseline_group (
    patch_group      varchar(256) not null,
    operating_system varchar(32) not null,
    baseline_id      varchar(20) not null references baseline (id),
    primary key (patch_group, operating_system)
);

create index baseline_group_by_baseline on baseline_group (baseline_id, patch_group);

-- Who locks its one row brings files in; of several nodes that start, one at a time.
create table baseline_intake (
    id integer primary key
);

insert into baseline_intake (id) values (1);

-- What the first run of a snapshot found; the others take it from here.
create table baseline_snapshot (
    id               uuid primary key,
    snapshot         uuid not null,
    operating_system varchar(32) not null,
    scope            varchar(300) not null,
    document         text not null,
    secret           varchar(64) not null,
    taken_at         timestamp(6) with time zone not null,
    unique (snapshot, operating_system, scope)
);

create index baseline_snapshot_by_age on baseline_snapshot (taken_at, id);

create table resource_tag (
    resource_type varchar(32) not null,
    resource_id   varchar(128) not null,
    tag_key       varchar(128) not null,
    tag_value     varchar(256) not null,
    primary key (resource_type, resource_id, tag_key)
);
