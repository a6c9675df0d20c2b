-- Fingerprints of requests are keyed: without the key nobody can try out whose passport a request named. Those of before wait for the
-- program that has it, like everything in this table.

insert into unsealed (what) values ('fingerprints');
