-- What clients sign their calls with, and the create calls that they may repeat.

create table access_key (
    id varchar(20) primary key,
    account varchar(100) not null,
    role varchar(20) not null,
    -- Sealed with the master key, which is not in this database.
    sealed_secret varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone,
    revoked_at timestamp(6) with time zone,
    last_used_at timestamp(6) with time zone
);

-- Create calls under the token that the client gave them; remembered for a day.
create table client_token (
    account varchar(100) not null,
    operation varchar(100) not null,
    token varchar(64) not null,
    fingerprint varchar(64) not null,
    created_at timestamp(6) with time zone not null,
    -- The id of what was created; empty until it is there.
    result varchar(100),
    primary key (account, operation, token)
);

create index client_token_by_age on client_token (created_at);
