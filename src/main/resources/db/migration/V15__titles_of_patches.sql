-- What a vendor calls a patch itself; updates of Windows have such titles, packages have none.
alter table patch_change add column title varchar(500);
