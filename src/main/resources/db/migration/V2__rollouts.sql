-- In which order and how fast a request goes through its servers. Requests from before start all servers at once.

alter table patch_request add column rollout text default '{}' not null;
alter table patch_request add column rollout_phase varchar(32) default 'DONE' not null;
alter table patch_request add column rollout_stage integer default 0 not null;
alter table patch_request add column rollout_stages integer default 1 not null;
alter table patch_request add column rollout_since timestamp(6) with time zone;
alter table patch_request add column rollout_due_at timestamp(6) with time zone;
alter table patch_request add column rollout_soak_until timestamp(6) with time zone;
alter table patch_request add column rollout_held_in varchar(32);
alter table patch_request add column rollout_reason varchar(4000);
alter table patch_request add column rollout_forgiven integer default 0 not null;
alter table patch_request add column rollout_attempts integer default 0 not null;
alter table patch_request add column rollout_fence bigint default 0 not null;

create index patch_request_by_rollout on patch_request (rollout_due_at, id);

-- A run that waits for its stage is never due; letting it go makes it so.
alter table server_run add column stage integer default 0 not null;
alter table server_run add column clearance varchar(32) default 'CLEARED' not null;
alter table server_run add column clearance_reason varchar(4000);
