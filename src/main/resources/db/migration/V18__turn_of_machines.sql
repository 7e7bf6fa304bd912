-- Whoever accepts what is to be done to machines locks this row, so that no two calls find the same server free.
insert into duty (name, node, held_until) values ('machines', '', timestamp with time zone '1970-01-01 00:00:00+00');
