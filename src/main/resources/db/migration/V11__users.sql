-- Who signs in with a name and a password, and what is kept about the tokens that they get for it.

create table app_user (
    -- The name in lower case.
    name_key varchar(100) primary key,
    name varchar(100) not null,
    role varchar(20) not null,
    -- JSON list, the user's own alias first; empty: all.
    aliases varchar(4000) not null,
    email varchar(254),
    -- Argon2id with its parameters and salt.
    password_hash varchar(300) not null,
    token_stamp varchar(32) not null,
    created_at timestamp(6) with time zone not null,
    password_set_at timestamp(6) with time zone not null,
    disabled_at timestamp(6) with time zone
);

-- Where users signed in from: they may do so again while others guess their passwords elsewhere.
create table user_network (
    name_key varchar(100) not null references app_user (name_key) on delete cascade,
    network varchar(64) not null,
    last_seen_at timestamp(6) with time zone not null,
    primary key (name_key, network)
);

-- The key that bearer tokens are signed with: one row. Sealed with the master key, which is not in this database.
create table token_key (
    id integer primary key check (id = 1),
    sealed varchar(200) not null
);

-- Tokens that were revoked one by one, until they would have ended by themselves.
create table revoked_token (
    id varchar(100) primary key,
    expires_at timestamp(6) with time zone not null
);
