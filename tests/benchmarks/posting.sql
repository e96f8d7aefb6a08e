-- One full posting as a checkout makes it: posting, transfer of a lot, balances of two accounts and of the lot, and the
-- outbox event with two deliveries. `ledger_hold` is the function that `tenants.ledger.services.hold` calls.
\set owner random(1, :accounts)
\set key random(1, 9000000000000000000)
SELECT ledger_hold('member', ('00000000-0000-4000-8000-' || lpad(:owner::text, 12, '0'))::uuid, 100, 'bench:' || :key::text, now(), 'order', :key::text, NULL, '{first,second}');
