-- Corrections that state a change of the whole and no lines of value: the change is spread over the lines of all originals,
-- in proportion to what is left of their values. See docs/decisions/0009.

-- The documents that a correction speaks of: those that it names, what these correct, and earlier corrections of the same.
CREATE OR REPLACE FUNCTION sales_family(p_document uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE roots AS (
    SELECT d.id, d.corrects_id, d.seller_nip, d.corrected_numbers FROM sales_salesdocument d WHERE d.id = p_document
    UNION
    SELECT o.id, o.corrects_id, o.seller_nip, o.corrected_numbers FROM roots r CROSS JOIN LATERAL (
      SELECT n.* FROM sales_salesdocument n
      WHERE n.seller_nip = r.seller_nip AND n.number = ANY(r.corrected_numbers) AND n.reverted_at IS NULL
      UNION ALL SELECT c.* FROM sales_salesdocument c WHERE c.id = r.corrects_id
    ) o
  ), family AS (
    SELECT id FROM roots
    UNION
    SELECT s.id FROM family CROSS JOIN LATERAL (
      SELECT c.id, c.accept_seq, c.reverted_at FROM sales_salesdocument c WHERE c.corrects_id = family.id
      UNION ALL SELECT c.id, c.accept_seq, c.reverted_at
      FROM sales_salesline l JOIN sales_salesline x ON x.corrects_id = l.id JOIN sales_salesdocument c ON c.id = x.document_id
      WHERE l.document_id = family.id
    ) s
    WHERE s.reverted_at IS NULL AND s.accept_seq < (SELECT accept_seq FROM sales_salesdocument WHERE id = p_document)
  )
  SELECT id FROM family WHERE id <> p_document
$$;

-- The sold lines of a correction's originals and the value that earlier corrections and returns left of each. A line that
-- took value off stays below zero. A correction that lists goods without values speaks of these goods only.
CREATE OR REPLACE FUNCTION sales_left(p_document uuid) RETURNS TABLE (
  line_id bigint, currency text, net numeric, value numeric, value_left numeric
) LANGUAGE sql STABLE AS $$
  WITH own AS (SELECT d.id, d.accept_seq FROM sales_salesdocument d WHERE d.id = p_document),
  sold AS (
    SELECT l.id, d.currency::text AS currency, l.net, l.value, l.quantity, EXISTS (
      SELECT 1 FROM sales_salesline g WHERE g.document_id = p_document AND g.value IS NULL
        AND (g.sku = l.sku OR lower(g.name) = lower(l.name))) AS listed
    FROM sales_family(p_document) f JOIN sales_salesdocument d ON d.id = f
    JOIN sales_salesline l ON l.document_id = d.id
    WHERE d.reverted_at IS NULL AND l.corrects_id IS NULL AND NOT l.before AND l.value <> 0
      AND (d.kind IN ('invoice', 'receipt', 'settlement') OR (d.kind IN ('correction', 'settlement_correction')
        AND NOT EXISTS (SELECT 1 FROM sales_salesline b
          WHERE b.document_id = d.id AND b.position = l.position AND b.before)))
  ), changed AS (
    SELECT s.*,
      s.value + coalesce((SELECT sum(c.value) FROM sales_salesline c JOIN sales_salesdocument cd ON cd.id = c.document_id
        WHERE c.corrects_id = s.id AND cd.kind IN ('correction', 'settlement_correction') AND cd.reverted_at IS NULL
          AND cd.accept_seq < own.accept_seq), 0)
      - coalesce((SELECT sum(t.quantity) * s.value / s.quantity FROM sales_returntake t
        JOIN sales_salesline r ON r.id = t.line_id JOIN sales_salesdocument rd ON rd.id = r.document_id
        WHERE t.sold_id = s.id AND rd.reverted_at IS NULL AND rd.accept_seq < own.accept_seq), 0) AS rest
    FROM sold s, own WHERE s.listed OR NOT EXISTS (SELECT 1 FROM sold WHERE listed)
  )
  SELECT id, currency, net, value, CASE WHEN value > 0 THEN greatest(0, rest) ELSE least(0, rest) END FROM changed
$$;

-- What a correction changes of the originals' values, in the program's currency; NULL when its amounts cannot be converted.
-- Net by the originals' own value and net, so that a full cancellation is exactly all; gross by their value and gross.
CREATE OR REPLACE FUNCTION sales_change(
  p_document uuid, p_net numeric, p_gross numeric, p_program text
) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
DECLARE v_own record; v_value numeric; v_stated numeric; v_unknown boolean;
BEGIN
  SELECT * INTO v_own FROM sales_salesdocument WHERE id = p_document;
  IF p_net IS NOT NULL THEN
    SELECT sum(value), sum(net) INTO v_value, v_stated FROM sales_left(p_document) WHERE currency = v_own.currency;
    IF v_stated <> 0 THEN RETURN round(p_net * v_value / v_stated, 2); END IF;
    RETURN round(p_net * CASE WHEN v_own.currency = p_program THEN 1 ELSE v_own.rate END, 2);
  END IF;
  -- a settlement's total is only what was left to pay, so it says nothing of the goods
  SELECT sum(o.value), sum(o.gross), bool_or(o.gross IS NULL) INTO v_value, v_stated, v_unknown FROM (
    SELECT sum(l.value) AS value, CASE WHEN bool_and(l.gross IS NOT NULL) THEN sum(l.gross)
      WHEN d.kind <> 'settlement' AND d.currency = v_own.currency THEN d.total_gross END AS gross
    FROM sales_family(p_document) f JOIN sales_salesdocument d ON d.id = f
    JOIN sales_salesline l ON l.document_id = d.id
    WHERE d.kind IN ('invoice', 'receipt', 'settlement') AND l.value IS NOT NULL GROUP BY d.id) o;
  RETURN CASE WHEN NOT v_unknown AND v_stated <> 0 THEN round(p_gross * v_value / v_stated, 2) END;
END
$$;

-- Whether a correction of a settlement takes all that was left to pay: nothing of the delivery stands then, although the
-- settlement's lines say more, by what the advances paid.
CREATE OR REPLACE FUNCTION sales_cancels(p_document uuid, p_net numeric, p_gross numeric) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT bool_and(own.kind = 'settlement_correction' AND coalesce(p_net, p_gross) < 0) AND sum(d.total_gross) > 0
    AND -min(own.total_gross) >= sum(d.total_gross)
  FROM sales_salesdocument own, sales_family(p_document) f JOIN sales_salesdocument d ON d.id = f
  WHERE own.id = p_document AND d.kind IN ('settlement', 'settlement_correction')
$$;

-- Write one difference line per sold line, to the grosz: what rounding leaves goes to the largest remainders, so that the
-- lines add up to the change. In order of acceptance, since each correction is measured by what earlier ones left.
CREATE OR REPLACE FUNCTION sales_spread(p_batch uuid, p_seqs int[], p_program text) RETURNS TABLE (
  of_seq int, change numeric, spread numeric, spread_lines bigint
) LANGUAGE plpgsql AS $$
DECLARE doc record; v_base numeric; v_change numeric; v_back boolean;
BEGIN
  FOR doc IN
    SELECT d.seq, d.change_net, d.change_gross, s.id, s.sale_date, s.currency FROM sales_stageddocument d
    JOIN sales_salesdocument s ON s.id = d.document_id
    WHERE d.batch_id = p_batch AND d.seq = ANY(p_seqs) AND d.state = 'accepted'
      AND (d.change_net IS NOT NULL OR d.change_gross IS NOT NULL) ORDER BY s.accept_seq
  LOOP
    of_seq := doc.seq;
    change := sales_change(doc.id, doc.change_net, doc.change_gross, p_program);
    v_change := change;
    SELECT coalesce(sum(value_left), 0) INTO v_base FROM sales_left(doc.id);
    IF v_change < 0 AND (v_change < -v_base OR sales_cancels(doc.id, doc.change_net, doc.change_gross)) THEN
      v_change := -v_base;
    END IF;
    -- what was cancelled altogether comes back as it was sold
    v_back := v_change > 0 AND v_base <= 0;
    IF v_back THEN
      SELECT coalesce(sum(value), 0) INTO v_base FROM sales_left(doc.id);
    END IF;
    spread := 0;
    spread_lines := 0;
    IF v_change <> 0 AND v_base > 0 THEN
      WITH shares AS (
        SELECT line_id, abs(v_change) * CASE WHEN v_back THEN value ELSE value_left END / v_base * 100 AS exact
        FROM sales_left(doc.id) WHERE CASE WHEN v_back THEN value ELSE value_left END <> 0
      ), ranked AS (
        SELECT line_id, floor(exact) AS whole, row_number() OVER (ORDER BY exact - floor(exact) DESC, line_id) AS nth
        FROM shares
      ), parts AS (
        SELECT line_id, sign(v_change) / 100
          * (whole + CASE WHEN nth <= ceil(abs(v_change) * 100) - (SELECT sum(whole) FROM ranked) THEN 1 ELSE 0 END) AS part
        FROM ranked
      ), written AS (
        INSERT INTO sales_salesline (document_id, position, before, spread, corrects_id, name, sku, ean, producer_code, unit,
          net, value, sale_date, product_id, brand_id, supplier_id, category)
        SELECT doc.id, row_number() OVER (ORDER BY l.id)
            + coalesce((SELECT max(x.position) FROM sales_salesline x WHERE x.document_id = doc.id), 0),
          false, true, l.id, l.name, l.sku, l.ean, l.producer_code, l.unit,
          CASE WHEN doc.currency = p_program THEN p.part END, p.part, doc.sale_date,
          l.product_id, l.brand_id, l.supplier_id, l.category
        FROM parts p JOIN sales_salesline l ON l.id = p.line_id WHERE p.part <> 0
        RETURNING sales_salesline.value
      )
      SELECT coalesce(sum(w.value), 0), count(*) INTO spread, spread_lines FROM written w;
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;
