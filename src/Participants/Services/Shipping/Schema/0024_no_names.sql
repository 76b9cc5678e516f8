-- The name is for the parcel's label alone: a customer who is forgotten is in no table.
alter table {schema}.shipment drop column name;
