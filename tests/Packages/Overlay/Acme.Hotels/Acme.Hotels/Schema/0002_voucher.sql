create table {schema}.voucher (saga_id uuid not null);
