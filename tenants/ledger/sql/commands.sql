-- The ledger's commands. One call is one posting; each runs in the caller's transaction and in the caller's schema.
--
-- Refusals: KL402 not enough points, KL404 no such posting, KL409 same key with other input, KL410 hold already closed,
-- KL500 the lots do not cover the balance (never, unless somebody changed rows past the commands).
-- Locks: the row of the owner's `available` account stands for all of the owner's accounts, and is locked before any other
-- of them; several owners in order of id. The bulk lane holds one advisory lock per schema.
-- Each command announces what it changed: `ledger.changed`, with the owners, to the handlers it is given.

CREATE OR REPLACE FUNCTION ledger_open(p_owner_kind text, p_owner uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger_account (owner_kind, owner_id, role, balance, floor)
  SELECT p_owner_kind, p_owner, role, 0, floor
  FROM (VALUES ('available', 0), ('pending', 0), ('held', 0), ('debt', NULL)) AS wanted(role, floor)
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger_account a
    WHERE a.owner_kind = p_owner_kind AND a.owner_id = p_owner AND a.role = wanted.role)
  ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION ledger_program(p_role text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found_id bigint;
BEGIN
  SELECT id INTO found_id FROM ledger_account WHERE owner_kind = 'program' AND owner_id IS NULL AND role = p_role;
  IF found_id IS NULL THEN
    INSERT INTO ledger_account (owner_kind, owner_id, role, balance, floor)
    VALUES ('program', NULL, p_role, NULL, NULL) ON CONFLICT DO NOTHING;
    SELECT id INTO found_id FROM ledger_account WHERE owner_kind = 'program' AND owner_id IS NULL AND role = p_role;
  END IF;
  RETURN found_id;
END
$$;

CREATE OR REPLACE FUNCTION ledger_hash(VARIADIC p_input text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(to_jsonb(p_input)::text, 'UTF8'))
$$;

-- The posting that has this key. No posting has it when the hold was closed under another key.
CREATE OR REPLACE FUNCTION ledger_known(p_key text, p_hash bytea) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE known ledger_posting;
BEGIN
  SELECT * INTO known FROM ledger_posting WHERE idempotency_key = p_key;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the hold is closed' USING ERRCODE = 'KL410';
  ELSIF known.input_hash <> p_hash THEN
    RAISE EXCEPTION 'key % was used with other input', p_key USING ERRCODE = 'KL409';
  END IF;
  RETURN known.id;
END
$$;

-- Move units of one account, lot by lot: lot `p_first` before the others, then the soonest-expiring, then the oldest.
-- The owner's lock is held. What is left of lots is kept for `available` and `pending` only: what is held is in the hold.
CREATE OR REPLACE FUNCTION ledger_take(
  p_posting uuid, p_from bigint, p_to bigint, p_units bigint, p_first bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE lot record; v_left bigint := p_units; v_part bigint;
BEGIN
  FOR lot IN
    SELECT lot_id AS id, remaining FROM ledger_lotbalance WHERE account_id = p_from
    ORDER BY lot_id IS DISTINCT FROM p_first, expires_at, lot_id
  LOOP
    v_part := least(lot.remaining, v_left);
    IF v_part < lot.remaining THEN
      UPDATE ledger_lotbalance SET remaining = remaining - v_part WHERE account_id = p_from AND lot_id = lot.id;
    ELSE
      DELETE FROM ledger_lotbalance WHERE account_id = p_from AND lot_id = lot.id;
    END IF;
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (p_posting, p_from, p_to, v_part, lot.id);
    v_left := v_left - v_part;
    EXIT WHEN v_left = 0;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'the lots of account % do not cover its balance', p_from USING ERRCODE = 'KL500';
  END IF;
END
$$;

-- Spend lane, first half: move points of the soonest-expiring lots from available to held.
CREATE OR REPLACE FUNCTION ledger_hold(
  p_owner_kind text, p_owner uuid, p_units bigint, p_key text, p_occurred timestamptz, p_source_kind text,
  p_source text, p_actor uuid, p_handlers text[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := ledger_hash(p_owner_kind, p_owner::text, p_units::text, p_source_kind, p_source);
  v_posting uuid; v_available bigint; v_held bigint;
BEGIN
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor)
  VALUES ('hold', p_key, v_hash, p_occurred, p_source_kind, p_source, p_actor)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN ledger_known(p_key, v_hash); END IF;
  -- the lock and the check in one
  UPDATE ledger_account SET balance = balance - p_units
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available' AND balance >= p_units
    RETURNING id INTO v_available;
  IF v_available IS NULL THEN
    RAISE EXCEPTION 'not enough points' USING ERRCODE = 'KL402';
  END IF;
  UPDATE ledger_account SET balance = balance + p_units
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'held' RETURNING id INTO v_held;
  PERFORM ledger_take(v_posting, v_available, v_held, p_units, NULL);
  PERFORM outbox_emit('ledger.changed', jsonb_build_object(p_owner_kind || 's', jsonb_build_array(p_owner)), p_handlers);
  RETURN v_posting;
END
$$;

-- Spend lane, second half: a hold is settled into `redeemed:<kind>` or released to the same lots, once.
CREATE OR REPLACE FUNCTION ledger_close_hold(
  p_hold uuid, p_kind text, p_redeemed text, p_key text, p_occurred timestamptz, p_actor uuid, p_grace interval,
  p_handlers text[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := ledger_hash(p_hold::text, p_kind, p_redeemed);
  v_posting uuid; held_posting ledger_posting; owned ledger_account; v_to bigint; v_units bigint;
BEGIN
  SELECT * INTO held_posting FROM ledger_posting WHERE id = p_hold AND kind = 'hold';
  IF NOT FOUND THEN RAISE EXCEPTION 'no hold %', p_hold USING ERRCODE = 'KL404'; END IF;
  -- of two that close it at once, the second waits here, and is refused
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor, closes_id)
  VALUES (p_kind, p_key, v_hash, p_occurred, held_posting.source_kind, held_posting.source_id, p_actor, p_hold)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN ledger_known(p_key, v_hash); END IF;
  SELECT a.* INTO owned FROM ledger_transfer t JOIN ledger_account a ON a.id = t.credit_id
    WHERE t.posting_id = p_hold LIMIT 1;
  SELECT sum(amount) INTO v_units FROM ledger_transfer WHERE posting_id = p_hold;
  IF p_kind = 'settle' THEN
    v_to := ledger_program('redeemed:' || p_redeemed);
  ELSE
    UPDATE ledger_account SET balance = balance + v_units
      WHERE owner_kind = owned.owner_kind AND owner_id = owned.owner_id AND role = 'available' RETURNING id INTO v_to;
  END IF;
  UPDATE ledger_account SET balance = balance - v_units WHERE id = owned.id;
  INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT v_posting, owned.id, v_to, amount, lot_id FROM ledger_transfer WHERE posting_id = p_hold ORDER BY id;
  IF p_kind = 'release' THEN
    -- what expired while it was held can still be spent for a while
    INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at)
    SELECT v_to, t.lot_id, t.amount, CASE WHEN l.expires_at < p_occurred + p_grace THEN p_occurred + p_grace ELSE l.expires_at END
      FROM ledger_transfer t JOIN ledger_lot l ON l.id = t.lot_id WHERE t.posting_id = p_hold
    ON CONFLICT (account_id, lot_id) DO UPDATE SET remaining = ledger_lotbalance.remaining + EXCLUDED.remaining,
      expires_at = greatest(ledger_lotbalance.expires_at, EXCLUDED.expires_at);
  END IF;
  PERFORM outbox_emit(
    'ledger.changed', jsonb_build_object(owned.owner_kind || 's', jsonb_build_array(owned.owner_id)), p_handlers);
  RETURN v_posting;
END
$$;

-- Take points back, up to what is there: first from the lot of the award that gave them, pending or available, then the
-- soonest-expiring. What the owner has already spent becomes explicit debt.
CREATE OR REPLACE FUNCTION ledger_reverse(
  p_owner_kind text, p_owner uuid, p_units bigint, p_award uuid, p_key text, p_occurred timestamptz,
  p_source_kind text, p_source text, p_actor uuid, p_handlers text[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := ledger_hash(p_owner_kind, p_owner::text, p_units::text, p_award::text, p_source_kind, p_source);
  v_posting uuid; v_available bigint; v_balance bigint; v_debt bigint; v_issued bigint; v_lot bigint; v_taken bigint;
  v_pending bigint; v_left bigint := p_units;
BEGIN
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor)
  VALUES ('reverse', p_key, v_hash, p_occurred, p_source_kind, p_source, p_actor)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN ledger_known(p_key, v_hash); END IF;
  SELECT debit_id, lot_id INTO v_issued, v_lot FROM ledger_transfer WHERE posting_id = p_award ORDER BY id LIMIT 1;
  IF v_issued IS NULL THEN RAISE EXCEPTION 'no award %', p_award USING ERRCODE = 'KL404'; END IF;
  SELECT id, balance INTO v_available, v_balance FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available' FOR UPDATE;
  SELECT a.id, least(b.remaining, v_left) INTO v_pending, v_taken
    FROM ledger_account a JOIN ledger_lotbalance b ON b.account_id = a.id AND b.lot_id = v_lot
    WHERE a.owner_kind = p_owner_kind AND a.owner_id = p_owner AND a.role = 'pending';
  IF v_taken > 0 THEN
    UPDATE ledger_account SET balance = balance - v_taken WHERE id = v_pending;
    PERFORM ledger_take(v_posting, v_pending, v_issued, v_taken, v_lot);
    v_left := v_left - v_taken;
  END IF;
  v_taken := least(v_balance, v_left);
  IF v_taken > 0 THEN
    UPDATE ledger_account SET balance = balance - v_taken WHERE id = v_available;
    PERFORM ledger_take(v_posting, v_available, v_issued, v_taken, v_lot);
    v_left := v_left - v_taken;
  END IF;
  IF v_left > 0 THEN
    UPDATE ledger_account SET balance = balance - v_left
      WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'debt' RETURNING id INTO v_debt;
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (v_posting, v_debt, v_issued, v_left, v_lot);
  END IF;
  PERFORM outbox_emit('ledger.changed', jsonb_build_object(p_owner_kind || 's', jsonb_build_array(p_owner)), p_handlers);
  RETURN v_posting;
END
$$;

-- Let available points repay debt, as far as both go. The caller announces it.
CREATE OR REPLACE FUNCTION ledger_repay(
  p_owner_kind text, p_owner uuid, p_key text, p_occurred timestamptz, p_source_kind text, p_source text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v_posting uuid; v_available bigint; v_balance bigint; v_debt bigint; v_owed bigint; v_units bigint;
BEGIN
  SELECT id, balance INTO v_available, v_balance FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available' FOR UPDATE;
  SELECT id, -balance INTO v_debt, v_owed FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'debt';
  v_units := least(v_balance, v_owed);
  IF v_units IS NULL OR v_units <= 0 THEN RETURN 0; END IF;
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)
  VALUES ('repay', p_key, ledger_hash(p_owner_kind, p_owner::text, p_source_kind, p_source), p_occurred, p_source_kind, p_source)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN 0; END IF;
  UPDATE ledger_account SET balance = balance + CASE id WHEN v_debt THEN v_units ELSE -v_units END
    WHERE id IN (v_available, v_debt);
  PERFORM ledger_take(v_posting, v_available, v_debt, v_units, NULL);
  RETURN v_units;
END
$$;

-- The bulk lane's lock: one writer per schema, until the transaction ends.
CREATE OR REPLACE FUNCTION ledger_bulk_lock() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('kolektor bulk lane'), hashtext(current_schema()))
$$;

-- Bulk lane: one award posting per element, set-based; one that matures later goes to `pending`. A key used before is skipped (same input) or refused (other
-- input) alone; the rest of the batch is posted. Debts of the owners are repaid at the end.
CREATE OR REPLACE FUNCTION ledger_award_bulk(
  p_owner_kind text[], p_owner uuid[], p_units bigint[], p_key text[], p_occurred timestamptz[],
  p_source_kind text, p_source text[], p_expires timestamptz[], p_matures timestamptz[], p_funding text, p_handlers text[]
) RETURNS TABLE (key text, posting uuid, state text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_issued bigint; debtor record;
BEGIN
  PERFORM ledger_bulk_lock();
  v_issued := ledger_program('issued:' || p_funding);
  PERFORM ledger_open(o.owner_kind, o.owner_id)
    FROM (SELECT DISTINCT k AS owner_kind, o AS owner_id FROM unnest(p_owner_kind, p_owner) AS x(k, o)) AS o;
  PERFORM 1 FROM ledger_account a
    WHERE a.role = 'available' AND (a.owner_kind, a.owner_id) IN (SELECT * FROM unnest(p_owner_kind, p_owner))
    ORDER BY a.id FOR UPDATE;
  RETURN QUERY
  WITH input AS (
    SELECT i.*, ledger_hash(i.owner_kind, i.owner_id::text, i.units::text, p_source_kind, i.source) AS hash
    FROM unnest(p_owner_kind, p_owner, p_units, p_key, p_occurred, p_source, p_expires, p_matures)
      AS i(owner_kind, owner_id, units, key, occurred, source, expires, matures)
  ), fresh AS (
    INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)
    SELECT 'award', i.key, i.hash, i.occurred, p_source_kind, i.source FROM input i
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id, idempotency_key
  ), lots AS (
    INSERT INTO ledger_lot (posting_id, owner_kind, owner_id, amount, expires_at, matures_at)
    SELECT f.id, i.owner_kind, i.owner_id, i.units, i.expires, i.matures
    FROM fresh f JOIN input i ON i.key = f.idempotency_key ORDER BY f.id
    RETURNING id, posting_id, owner_kind, owner_id, amount, expires_at, matures_at
  ), credited AS (
    SELECT l.id AS lot_id, l.posting_id, l.amount, l.expires_at, a.id AS account_id FROM lots l
    JOIN ledger_account a ON a.owner_kind = l.owner_kind AND a.owner_id = l.owner_id
      AND a.role = CASE WHEN l.matures_at IS NULL THEN 'available' ELSE 'pending' END
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT c.posting_id, v_issued, c.account_id, c.amount, c.lot_id FROM credited c ORDER BY c.lot_id
  ), kept AS (
    INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at)
    SELECT c.account_id, c.lot_id, c.amount, c.expires_at FROM credited c
  ), raised AS (
    UPDATE ledger_account a SET balance = a.balance + s.units
    FROM (SELECT account_id, sum(amount)::bigint AS units FROM credited GROUP BY account_id) s
    WHERE a.id = s.account_id
  )
  SELECT i.key, coalesce(f.id, p.id), CASE
      WHEN f.id IS NOT NULL THEN 'posted' WHEN p.input_hash = i.hash THEN 'replayed' ELSE 'conflict' END
  FROM input i
  LEFT JOIN fresh f ON f.idempotency_key = i.key
  LEFT JOIN ledger_posting p ON p.idempotency_key = i.key;
  FOR debtor IN
    SELECT i.owner_kind, i.owner_id, max(i.key) AS key, max(i.occurred) AS occurred, max(i.source) AS source
    FROM unnest(p_owner_kind, p_owner, p_key, p_occurred, p_source) AS i(owner_kind, owner_id, key, occurred, source)
    JOIN ledger_account d ON d.owner_kind = i.owner_kind AND d.owner_id = i.owner_id AND d.role = 'debt' AND d.balance < 0
    GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    PERFORM ledger_repay(debtor.owner_kind, debtor.owner_id, 'repay:' || debtor.key, debtor.occurred, p_source_kind, debtor.source);
  END LOOP;
  PERFORM outbox_emit('ledger.changed', changed.owners, p_handlers) FROM (
    SELECT jsonb_object_agg(kind, ids) AS owners FROM (
      SELECT k || 's' AS kind, jsonb_agg(DISTINCT o) AS ids FROM unnest(p_owner_kind, p_owner) AS x(k, o) GROUP BY k) kinds
  ) changed WHERE changed.owners IS NOT NULL;
END
$$;
