-- Who has claimed a mail, so that a node that starts again need not wait for the leases of its earlier life.

alter table mail_outbox add column leased_by varchar(200);
