-- Who has claimed a message, so that a node that starts again need not wait for the leases of its earlier life.

alter table outbox_entry add column leased_by varchar(200);
