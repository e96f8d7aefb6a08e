-- Two full postings as an order makes them from its beginning to its end: the hold, and the settlement, whose other side is one
-- program account for everybody. The functions are those of `tenants.ledger.services.hold` and `settle`.
\set owner random(1, :accounts)
\set key random(1, 9000000000000000000)
SELECT ledger_close_hold(ledger_hold('member', ('00000000-0000-4000-8000-' || lpad(:owner::text, 12, '0'))::uuid, 100, 'bench:' || :key::text, now(), 'order', :key::text, NULL, '{first,second}'), 'settle', 'voucher', 'settle:' || :key::text, now(), NULL, '30 days', '{first,second}');
