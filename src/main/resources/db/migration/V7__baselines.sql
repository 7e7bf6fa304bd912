-- Runs of requests with the same snapshot see the same approved set.
alter table patch_request add column snapshot uuid;
