-- The audit log. What is recorded waits in audit_pending, unordered, so that commits never wait for each other; a
-- sealer moves it to audit_entry, which is only ever appended to, and gives it its place in the chain.
create table audit_pending (
    id          uuid primary key,
    recorded_at timestamp(6) with time zone not null,
    node        varchar(200) not null,
    actor       varchar(1000) not null,
    action      varchar(100) not null,
    subject     varchar(1000) not null,
    detail      text not null
);

create table audit_entry (
    sequence      bigint primary key,
    id            uuid not null,
    recorded_at   timestamp(6) with time zone not null,
    node          varchar(200) not null,
    actor         varchar(1000) not null,
    action        varchar(100) not null,
    subject       varchar(1000) not null,
    detail        text not null,
    previous_hash varchar(64) not null,
    hash          varchar(64) not null
);

-- One row: the head of the chain, which the sealer locks, and the anchor, the last entry that retention removed.
create table audit_chain (
    id              integer primary key,
    head_sequence   bigint not null,
    head_hash       varchar(64) not null,
    anchor_sequence bigint not null,
    anchor_hash     varchar(64) not null
);

insert into audit_chain (id, head_sequence, head_hash, anchor_sequence, anchor_hash) values (
    1,
    0, '0000000000000000000000000000000000000000000000000000000000000000',
    0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What the files of config and routes and the settings were when a node last started.
create table known_configuration (
    node        varchar(200) not null,
    item        varchar(1000) not null,
    fingerprint varchar(4000) not null,
    primary key (node, item)
);

-- The outbox: what was promised to somebody outside, through whichever channel. Each channel and receiver gets the
-- messages of a request in their order. Only a waiting entry is due; one that was sent or given up stays to be seen.
create table outbox_entry (
    id          uuid primary key,
    request_id  uuid not null references patch_request (id),
    channel     varchar(32) not null,
    receiver    varchar(200) not null,
    kind        varchar(32) not null,
    delivery_id varchar(300) not null unique,
    state       varchar(32) not null,
    created_at  timestamp(6) with time zone not null,
    due_at      timestamp(6) with time zone,
    attempts    integer not null,
    settled     text not null,
    sent_at     timestamp(6) with time zone,
    dead_at     timestamp(6) with time zone,
    remark      varchar(4000),
    unique (request_id, channel, receiver, kind)
);

insert into outbox_entry (id, request_id, channel, receiver, kind, delivery_id, state, created_at, due_at, attempts,
    settled, sent_at, dead_at, remark)
select id, request_id, 'MAIL', 'recipients', kind, message_id,
    case when sent_at is not null then 'SENT' when dead_at is not null then 'DEAD' else 'WAITING' end,
    created_at, due_at, attempts, settled, sent_at, dead_at, remark
from mail_outbox;

drop table mail_outbox;

create index outbox_entry_by_due_time on outbox_entry (channel, receiver, due_at, id);
create index outbox_entry_by_state on outbox_entry (state, id);

-- Retention: details go first, the request and its runs later. The newest scan of a server outlives its run.
alter table patch_request add column details_pruned_at timestamp(6) with time zone;
alter table scan alter column run_id drop not null;

create index patch_request_by_pruning on patch_request (details_pruned_at, ended_at, id);
create index patch_request_by_end on patch_request (ended_at, id);

-- What only one node does at a time, until a moment that it may put off. At first nobody holds it.
create table duty (
    name       varchar(100) primary key,
    node       varchar(200) not null,
    held_until timestamp(6) with time zone not null
);

insert into duty (name, node, held_until) values ('prune', '', timestamp with time zone '1970-01-01 00:00:00+00');
