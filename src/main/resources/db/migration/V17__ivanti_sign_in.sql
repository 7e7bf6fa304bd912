-- The MD4 hashes of passwords of users who may sign in by NTLM, sealed with the master key, which is not in this
-- database. A row goes when its user gets another password or is disabled.
create table ntlm_hash (
    name_key   varchar(100) primary key references app_user (name_key) on delete cascade,
    sealed     varchar(200) not null,
    created_at timestamp(6) with time zone not null
);

-- Who has a session credential in the console of Ivanti Security Controls: that there is one, and nothing of it.
create table session_credential (
    name_key   varchar(100) primary key references app_user (name_key) on delete cascade,
    created_at timestamp(6) with time zone not null
);

-- The key pair that clients seal passwords for on their way here: one row. The certificate is DER in Base64; the private
-- key is sealed with the master key.
create table password_key (
    id          integer primary key check (id = 1),
    certificate varchar(8000) not null,
    sealed      varchar(8000) not null
);
