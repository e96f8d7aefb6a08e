-- The ledger's commands. One call is one posting; each runs in the caller's transaction and in the caller's schema.
--
-- Refusals: KL402 not enough points, KL404 no such posting, KL409 same key with other input, KL410 hold already closed.
-- Locks: an owner's accounts, in order of id. The bulk lane holds one advisory lock per schema.

CREATE FUNCTION ledger_open(p_owner_kind text, p_owner uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger_account (owner_kind, owner_id, role, balance, floor)
  SELECT p_owner_kind, p_owner, role, 0, floor
  FROM (VALUES ('available', 0), ('pending', 0), ('held', 0), ('debt', NULL)) AS wanted(role, floor)
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger_account a
    WHERE a.owner_kind = p_owner_kind AND a.owner_id = p_owner AND a.role = wanted.role)
  ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION ledger_program(p_role text) RETURNS bigint LANGUAGE plpgsql AS $$
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

CREATE FUNCTION ledger_hash(VARIADIC p_input text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(to_jsonb(p_input)::text, 'UTF8'))
$$;

-- Write the posting's head. `replayed` is true when the key was used before for the same input.
CREATE FUNCTION ledger_begin(
  p_kind text, p_key text, p_hash bytea, p_occurred timestamptz, p_source_kind text, p_source text, p_actor uuid,
  p_closes uuid, OUT posting uuid, OUT replayed boolean
) LANGUAGE plpgsql AS $$
DECLARE known_hash bytea;
BEGIN
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor, closes_id)
  VALUES (p_kind, p_key, p_hash, p_occurred, p_source_kind, p_source, p_actor, p_closes)
  ON CONFLICT (idempotency_key) DO NOTHING RETURNING id INTO posting;
  replayed := posting IS NULL;
  IF replayed THEN
    SELECT id, input_hash INTO posting, known_hash FROM ledger_posting WHERE idempotency_key = p_key;
    IF known_hash <> p_hash THEN
      RAISE EXCEPTION 'key % was used with other input', p_key USING ERRCODE = 'KL409';
    END IF;
  END IF;
END
$$;

-- Spend lane, first half: move points of the soonest-expiring lots from available to held.
CREATE FUNCTION ledger_hold(
  p_owner_kind text, p_owner uuid, p_units bigint, p_key text, p_occurred timestamptz, p_source_kind text,
  p_source text, p_actor uuid
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  head record; v_available bigint; v_held bigint; v_balance bigint;
BEGIN
  SELECT * INTO head FROM ledger_begin(
    'hold', p_key, ledger_hash(p_owner_kind, p_owner::text, p_units::text, p_source_kind, p_source),
    p_occurred, p_source_kind, p_source, p_actor, NULL);
  IF head.replayed THEN RETURN head.posting; END IF;
  PERFORM 1 FROM ledger_account WHERE owner_kind = p_owner_kind AND owner_id = p_owner
    AND role IN ('available', 'held') ORDER BY id FOR UPDATE;
  SELECT id, balance INTO v_available, v_balance FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available';
  SELECT id INTO v_held FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'held';
  IF v_available IS NULL OR v_balance < p_units THEN
    RAISE EXCEPTION 'not enough points' USING ERRCODE = 'KL402';
  END IF;
  WITH lots AS (
    SELECT b.lot_id, b.remaining,
      sum(b.remaining) OVER (ORDER BY l.expires_at NULLS LAST, b.lot_id) - b.remaining AS before
    FROM ledger_lotbalance b JOIN ledger_lot l ON l.id = b.lot_id
    WHERE b.account_id = v_available AND b.remaining > 0
  ), taken AS (
    SELECT lot_id, least(remaining, p_units - before)::bigint AS amount FROM lots WHERE before < p_units
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT head.posting, v_available, v_held, amount, lot_id FROM taken
  ), lowered AS (
    UPDATE ledger_lotbalance b SET remaining = b.remaining - t.amount FROM taken t
    WHERE b.lot_id = t.lot_id AND b.account_id = v_available
  )
  INSERT INTO ledger_lotbalance (lot_id, account_id, remaining) SELECT lot_id, v_held, amount FROM taken
  ON CONFLICT (lot_id, account_id) DO UPDATE SET remaining = ledger_lotbalance.remaining + EXCLUDED.remaining;
  UPDATE ledger_account SET balance = balance + CASE id WHEN v_held THEN p_units ELSE -p_units END
    WHERE id IN (v_available, v_held);
  RETURN head.posting;
END
$$;

-- Spend lane, second half: a hold is settled into `redeemed:<kind>` or released to the same lots, once.
CREATE FUNCTION ledger_close_hold(
  p_hold uuid, p_kind text, p_redeemed text, p_key text, p_occurred timestamptz, p_actor uuid
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  head record; held_posting ledger_posting; v_held bigint; v_to bigint; v_units bigint;
  v_kind text; v_owner uuid;
BEGIN
  SELECT * INTO held_posting FROM ledger_posting WHERE id = p_hold AND kind = 'hold';
  IF NOT FOUND THEN RAISE EXCEPTION 'no hold %', p_hold USING ERRCODE = 'KL404'; END IF;
  SELECT a.owner_kind, a.owner_id INTO v_kind, v_owner FROM ledger_transfer t
    JOIN ledger_account a ON a.id = t.credit_id WHERE t.posting_id = p_hold LIMIT 1;
  PERFORM 1 FROM ledger_account WHERE owner_kind = v_kind AND owner_id = v_owner
    AND role IN ('available', 'held') ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM ledger_posting WHERE closes_id = p_hold AND idempotency_key <> p_key) THEN
    RAISE EXCEPTION 'hold % is closed', p_hold USING ERRCODE = 'KL410';
  END IF;
  SELECT * INTO head FROM ledger_begin(
    p_kind, p_key, ledger_hash(p_hold::text, p_kind, p_redeemed),
    p_occurred, held_posting.source_kind, held_posting.source_id, p_actor, p_hold);
  IF head.replayed THEN RETURN head.posting; END IF;
  SELECT id INTO v_held FROM ledger_account
    WHERE owner_kind = v_kind AND owner_id = v_owner AND role = 'held';
  IF p_kind = 'settle' THEN
    v_to := ledger_program('redeemed:' || p_redeemed);
  ELSE
    SELECT id INTO v_to FROM ledger_account
      WHERE owner_kind = v_kind AND owner_id = v_owner AND role = 'available';
  END IF;
  SELECT sum(amount) INTO v_units FROM ledger_transfer WHERE posting_id = p_hold;
  WITH moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT head.posting, v_held, v_to, amount, lot_id FROM ledger_transfer WHERE posting_id = p_hold
    RETURNING lot_id, amount
  )
  UPDATE ledger_lotbalance b SET remaining = b.remaining - m.amount FROM moved m
    WHERE b.lot_id = m.lot_id AND b.account_id = v_held;
  UPDATE ledger_account SET balance = balance - v_units WHERE id = v_held;
  IF p_kind = 'release' THEN
    INSERT INTO ledger_lotbalance (lot_id, account_id, remaining)
    SELECT lot_id, v_to, amount FROM ledger_transfer WHERE posting_id = head.posting
    ON CONFLICT (lot_id, account_id) DO UPDATE SET remaining = ledger_lotbalance.remaining + EXCLUDED.remaining;
    UPDATE ledger_account SET balance = balance + v_units WHERE id = v_to;
  END IF;
  RETURN head.posting;
END
$$;

-- Take points back, up to what is there: first from the lots of the award that gave them, then soonest-expiring.
-- What the owner has already spent becomes explicit debt.
CREATE FUNCTION ledger_reverse(
  p_owner_kind text, p_owner uuid, p_units bigint, p_award uuid, p_key text, p_occurred timestamptz,
  p_source_kind text, p_source text, p_actor uuid
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  head record; v_available bigint; v_debt bigint; v_issued bigint; v_taken bigint; v_lot bigint;
BEGIN
  SELECT * INTO head FROM ledger_begin(
    'reverse', p_key, ledger_hash(p_owner_kind, p_owner::text, p_units::text, p_award::text, p_source_kind, p_source),
    p_occurred, p_source_kind, p_source, p_actor, NULL);
  IF head.replayed THEN RETURN head.posting; END IF;
  SELECT t.debit_id, t.lot_id INTO v_issued, v_lot FROM ledger_transfer t
    WHERE t.posting_id = p_award ORDER BY t.id LIMIT 1;
  IF v_issued IS NULL THEN RAISE EXCEPTION 'no award %', p_award USING ERRCODE = 'KL404'; END IF;
  PERFORM 1 FROM ledger_account WHERE owner_kind = p_owner_kind AND owner_id = p_owner
    AND role IN ('available', 'debt') ORDER BY id FOR UPDATE;
  SELECT id INTO v_available FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available';
  SELECT id INTO v_debt FROM ledger_account
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'debt';
  WITH lots AS (
    SELECT b.lot_id, b.remaining, sum(b.remaining) OVER (
      ORDER BY l.posting_id <> p_award, l.expires_at NULLS LAST, b.lot_id) - b.remaining AS before
    FROM ledger_lotbalance b JOIN ledger_lot l ON l.id = b.lot_id
    WHERE b.account_id = v_available AND b.remaining > 0
  ), taken AS (
    SELECT lot_id, least(remaining, p_units - before)::bigint AS amount FROM lots WHERE before < p_units
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT head.posting, v_available, v_issued, amount, lot_id FROM taken RETURNING lot_id, amount
  ), lowered AS (
    UPDATE ledger_lotbalance b SET remaining = b.remaining - t.amount FROM taken t
    WHERE b.lot_id = t.lot_id AND b.account_id = v_available
  )
  SELECT coalesce(sum(amount), 0) INTO v_taken FROM moved;
  UPDATE ledger_account SET balance = balance - v_taken WHERE id = v_available AND v_taken > 0;
  IF v_taken < p_units THEN
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (head.posting, v_debt, v_issued, p_units - v_taken, v_lot);
    UPDATE ledger_account SET balance = balance - (p_units - v_taken) WHERE id = v_debt;
  END IF;
  RETURN head.posting;
END
$$;

-- Let available points repay debt, as far as both go.
CREATE FUNCTION ledger_repay(
  p_owner_kind text, p_owner uuid, p_key text, p_occurred timestamptz, p_source_kind text, p_source text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head record; v_available bigint; v_debt bigint; v_units bigint;
BEGIN
  PERFORM 1 FROM ledger_account WHERE owner_kind = p_owner_kind AND owner_id = p_owner
    AND role IN ('available', 'debt') ORDER BY id FOR UPDATE;
  SELECT a.id, d.id, least(a.balance, -d.balance) INTO v_available, v_debt, v_units
    FROM ledger_account a JOIN ledger_account d USING (owner_kind, owner_id)
    WHERE a.owner_kind = p_owner_kind AND a.owner_id = p_owner AND a.role = 'available' AND d.role = 'debt';
  IF v_units IS NULL OR v_units <= 0 THEN RETURN 0; END IF;
  SELECT * INTO head FROM ledger_begin(
    'repay', p_key, ledger_hash(p_owner_kind, p_owner::text, p_source_kind, p_source),
    p_occurred, p_source_kind, p_source, NULL, NULL);
  IF head.replayed THEN RETURN 0; END IF;
  WITH lots AS (
    SELECT b.lot_id, b.remaining,
      sum(b.remaining) OVER (ORDER BY l.expires_at NULLS LAST, b.lot_id) - b.remaining AS before
    FROM ledger_lotbalance b JOIN ledger_lot l ON l.id = b.lot_id
    WHERE b.account_id = v_available AND b.remaining > 0
  ), taken AS (
    SELECT lot_id, least(remaining, v_units - before)::bigint AS amount FROM lots WHERE before < v_units
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT head.posting, v_available, v_debt, amount, lot_id FROM taken
  )
  UPDATE ledger_lotbalance b SET remaining = b.remaining - t.amount FROM taken t
    WHERE b.lot_id = t.lot_id AND b.account_id = v_available;
  UPDATE ledger_account SET balance = balance + CASE id WHEN v_debt THEN v_units ELSE -v_units END
    WHERE id IN (v_available, v_debt);
  RETURN v_units;
END
$$;

-- The bulk lane's lock: one writer per schema, until the transaction ends.
CREATE FUNCTION ledger_bulk_lock() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('kolektor bulk lane'), hashtext(current_schema()))
$$;

-- Bulk lane: one award posting per element, set-based. A key used before is skipped (same input) or refused (other
-- input) alone; the rest of the batch is posted. Debts of the owners are repaid at the end.
CREATE FUNCTION ledger_award_bulk(
  p_owner_kind text[], p_owner uuid[], p_units bigint[], p_key text[], p_occurred timestamptz[],
  p_source_kind text, p_source text[], p_expires timestamptz[], p_funding text
) RETURNS TABLE (key text, posting uuid, state text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_issued bigint; debtor record;
BEGIN
  PERFORM ledger_bulk_lock();
  v_issued := ledger_program('issued:' || p_funding);
  PERFORM ledger_open(o.owner_kind, o.owner_id)
    FROM (SELECT DISTINCT k AS owner_kind, o AS owner_id FROM unnest(p_owner_kind, p_owner) AS x(k, o)) AS o;
  PERFORM 1 FROM ledger_account a
    WHERE a.role IN ('available', 'debt') AND (a.owner_kind, a.owner_id) IN (SELECT * FROM unnest(p_owner_kind, p_owner))
    ORDER BY a.id FOR UPDATE;
  RETURN QUERY
  WITH input AS (
    SELECT i.*, ledger_hash(i.owner_kind, i.owner_id::text, i.units::text, p_source_kind, i.source) AS hash
    FROM unnest(p_owner_kind, p_owner, p_units, p_key, p_occurred, p_source, p_expires)
      AS i(owner_kind, owner_id, units, key, occurred, source, expires)
  ), fresh AS (
    INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)
    SELECT 'award', i.key, i.hash, i.occurred, p_source_kind, i.source FROM input i
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id, idempotency_key
  ), lots AS (
    INSERT INTO ledger_lot (posting_id, owner_kind, owner_id, amount, expires_at)
    SELECT f.id, i.owner_kind, i.owner_id, i.units, i.expires
    FROM fresh f JOIN input i ON i.key = f.idempotency_key
    RETURNING id, posting_id, owner_kind, owner_id, amount
  ), credited AS (
    SELECT l.id AS lot_id, l.posting_id, l.amount, a.id AS account_id FROM lots l
    JOIN ledger_account a ON a.owner_kind = l.owner_kind AND a.owner_id = l.owner_id AND a.role = 'available'
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT c.posting_id, v_issued, c.account_id, c.amount, c.lot_id FROM credited c
  ), kept AS (
    INSERT INTO ledger_lotbalance (lot_id, account_id, remaining)
    SELECT c.lot_id, c.account_id, c.amount FROM credited c
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
END
$$;
