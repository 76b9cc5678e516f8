-- ISO 4217 has currencies without decimals, and some with three.
alter table {schema}.account alter column charged type numeric(20, 4), alter column refunded type numeric(20, 4);
alter table {schema}.ledger_entry alter column amount type numeric(20, 4);
alter table {schema}.gateway_charge alter column amount type numeric(20, 4);
