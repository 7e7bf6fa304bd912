-- How much is not done yet is asked for at each new request.
create index patch_request_by_end on patch_request (ended_at, id);
