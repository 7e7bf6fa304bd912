-- Commands are patch requests that an API wants to be told of in its own words; what may take the place of a baseline
-- for one of them.
alter table patch_request add column memo text;
alter table patch_request add column override text;
