-- What corrections, returns and reverted documents change of the awards that are stored.
--
-- An award keeps what its line asked for (`wanted`, else `units`) when it was made. What it asks for now follows from what is
-- left of the line, always from the first award, so that any sequence of corrections adds up exactly and a full return gives
-- exactly zero. Without limits that is what it gives. Under caps and a budget, `rules_recap` decides again.

-- How an award's line is measured: by quantity for points per unit, by the sum of the lines that counted for one fixed
-- award a document, by value otherwise.
CREATE OR REPLACE FUNCTION rules_whole(p_template text, p_inputs jsonb, p_quantity numeric, p_value numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_template WHEN 'per_unit.1' THEN p_quantity WHEN 'fixed_document.1' THEN (p_inputs ->> 'base')::numeric
    ELSE p_value END
$$;

-- A quotient with so many places that what is counted with some, once it went through `rules_snapped`, is exact wherever it is
-- a short decimal: three thirds are one, and what is exactly a half is rounded as a half.
CREATE OR REPLACE FUNCTION rules_quotient(p_dividend numeric, p_divisor numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT round(p_dividend, 60) / p_divisor
$$;

CREATE OR REPLACE FUNCTION rules_snapped(p_figure numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT round(p_figure, 40)
$$;

-- Units that an award asks for when `p_left` is left of `p_whole`. A fixed award is kept as long as anything is left of the
-- line, or as much of the document as the rule asks for.
CREATE OR REPLACE FUNCTION rules_wanted(
  p_template text, p_inputs jsonb, p_units bigint, p_whole numeric, p_left numeric, p_mode text
) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_template
    WHEN 'fixed_line.1' THEN CASE WHEN rules_snapped(p_left) > 0 THEN p_units ELSE 0 END
    WHEN 'fixed_document.1' THEN
      CASE WHEN rules_snapped(p_left) > 0 AND rules_snapped(p_left) >= coalesce((p_inputs ->> 'least')::numeric, 0)
        THEN p_units ELSE 0 END
    ELSE rules_units(rules_snapped(rules_quotient(p_units::numeric / 100 * greatest(0, p_left), p_whole)), p_mode) END
$$;

CREATE OR REPLACE FUNCTION rules_posting_key(
  p_document uuid, p_buyer uuid, p_member uuid, p_days int, p_run text
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'award:' || p_document || CASE WHEN p_member IS DISTINCT FROM p_buyer THEN ':' || p_member ELSE '' END
    || CASE WHEN p_days > 0 THEN ':d' || p_days ELSE '' END || p_run
$$;

-- Sold lines that documents speak of, and those that share a document's one fixed award with them.
CREATE OR REPLACE FUNCTION rules_touched(p_documents uuid[]) RETURNS TABLE (id bigint) LANGUAGE sql STABLE AS $$
  WITH touched AS (
    SELECT x.corrects_id AS id FROM sales_salesline x
    WHERE x.document_id = ANY(p_documents) AND x.corrects_id IS NOT NULL
    UNION SELECT t.sold_id FROM sales_returntake t JOIN sales_salesline x ON x.id = t.line_id
    WHERE x.document_id = ANY(p_documents)
  )
  SELECT id FROM touched
  UNION SELECT part.id::bigint
  FROM touched JOIN sales_salesline l USING (id)
  JOIN rules_awardline a ON a.document_id = l.document_id AND a.template = 'fixed_document.1' AND a.adjusts_id IS NULL,
    jsonb_array_elements_text(a.inputs -> 'lines') AS part(id)
$$;

-- Every change of sold lines by a document that stands. A line's share is counted by quantity for points per unit when the
-- correction shows the state before and after, or the line was free; by value otherwise. A return without reference takes
-- its share by quantity.
CREATE OR REPLACE FUNCTION rules_changes(p_lines bigint[]) RETURNS TABLE (
  line_id bigint, document_id uuid, accept_seq bigint, by_line bigint, pair boolean, value numeric, quantity numeric
) LANGUAGE sql STABLE AS $$
  SELECT c.corrects_id, d.id, d.accept_seq, min(c.id), bool_or(c.before), coalesce(sum(c.value), 0),
    coalesce(sum(CASE WHEN c.before THEN -c.quantity ELSE c.quantity END), 0)
  FROM sales_salesline c JOIN sales_salesdocument d ON d.id = c.document_id
  WHERE c.corrects_id = ANY(p_lines) AND d.kind IN ('correction', 'settlement_correction') AND d.reverted_at IS NULL
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT t.sold_id, r.document_id, d.accept_seq, min(r.id), true,
    rules_quotient(-sum(t.quantity) * s.value, s.quantity), -sum(t.quantity)
  FROM sales_returntake t JOIN sales_salesline r ON r.id = t.line_id JOIN sales_salesdocument d ON d.id = r.document_id
  JOIN sales_salesline s ON s.id = t.sold_id
  WHERE t.sold_id = ANY(p_lines) AND d.reverted_at IS NULL
  GROUP BY t.sold_id, r.document_id, d.accept_seq, s.value, s.quantity
$$;

-- Per first award on these lines and per document that changed it: how much changed, and how much up to and with it.
CREATE OR REPLACE FUNCTION rules_counted(p_lines bigint[]) RETURNS TABLE (
  document_id uuid, accept_seq bigint, by_line bigint, award_id bigint, version_id uuid, member_id uuid, template text,
  inputs jsonb, units bigint, whole numeric, changed numeric, change numeric
) LANGUAGE sql STABLE AS $$
  WITH spoken AS (
    SELECT ch.document_id, ch.accept_seq, ch.by_line, a.id AS award_id,
      rules_whole(a.template, a.inputs, l.quantity, l.value) AS whole,
      CASE WHEN a.template <> 'per_unit.1' THEN ch.value WHEN ch.pair OR l.value = 0 THEN ch.quantity
        ELSE rules_quotient(l.quantity * ch.value, l.value) END AS change
    FROM rules_changes(p_lines) ch JOIN sales_salesline l ON l.id = ch.line_id
    JOIN rules_awardline a ON a.adjusts_id IS NULL AND a.document_id = l.document_id AND (
      CASE a.template WHEN 'fixed_document.1' THEN a.inputs -> 'lines' @> to_jsonb(l.id) ELSE a.line_id = l.id END)
  ), summed AS (
    SELECT document_id, accept_seq, award_id, whole, min(by_line) AS by_line, sum(change) AS change
    FROM spoken WHERE whole <> 0 GROUP BY 1, 2, 3, 4
  )
  SELECT s.document_id, s.accept_seq, s.by_line, a.id, a.version_id, a.member_id, a.template, a.inputs,
    coalesce(a.wanted, a.units), s.whole, sum(s.change) OVER (PARTITION BY a.id ORDER BY s.accept_seq), s.change
  FROM summed s JOIN rules_awardline a ON a.id = s.award_id
$$;

CREATE OR REPLACE FUNCTION rules_limited(p_spec jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_spec ? 'caps' OR p_spec ? 'budget'
$$;

-- The receipt's inputs of an adjustment.
CREATE OR REPLACE FUNCTION rules_shown(p_whole numeric, p_change numeric, p_left numeric) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('whole', trim_scale(p_whole)::text, 'change', trim_scale(round(p_change, 6))::text,
    'left', trim_scale(round(greatest(0, p_left), 6))::text)
$$;

-- Adjust awards for what documents change. Awards up to `p_after` are left out: they were adjusted before.
CREATE OR REPLACE FUNCTION rules_adjust(p_documents uuid[], p_after bigint, p_mode text, p_run text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE changed record;
BEGIN
  FOR changed IN
    WITH priced AS (
      SELECT c.*, v.spec,
        rules_wanted(c.template, c.inputs, c.units, c.whole, c.whole + c.changed, p_mode) AS wants,
        rules_wanted(c.template, c.inputs, c.units, c.whole, c.whole + c.changed - c.change, p_mode) AS wanted
      FROM rules_counted(ARRAY(SELECT id FROM rules_touched(p_documents))) c
      JOIN rules_ruleversion v ON v.id = c.version_id
      WHERE c.document_id = ANY(p_documents) AND c.award_id > p_after
    ), plain AS (
      INSERT INTO rules_awardline
        (document_id, line_id, version_id, adjusts_id, member_id, units, template, inputs, posting_key)
      SELECT p.document_id, p.by_line, p.version_id, p.award_id, p.member_id, p.wants - p.wanted, 'adjust.1',
        rules_shown(p.whole, p.change, p.whole + p.changed),
        rules_posting_key(d.id, d.member_id, p.member_id, coalesce((p.spec ->> 'matures_after_days')::int, 0), p_run)
      FROM priced p JOIN sales_salesdocument d ON d.id = p.document_id
      WHERE NOT rules_limited(p.spec) AND p.wants <> p.wanted
    )
    SELECT p.version_id, p.document_id, min(p.by_line) AS by_line, array_agg(p.award_id ORDER BY p.award_id) AS awards,
      array_agg(p.wants ORDER BY p.award_id) AS wants,
      jsonb_object_agg(p.award_id, rules_shown(p.whole, p.change, p.whole + p.changed)) AS shown
    FROM priced p WHERE rules_limited(p.spec)
    GROUP BY p.accept_seq, p.document_id, p.version_id ORDER BY p.accept_seq, p.version_id
  LOOP
    PERFORM rules_recap(
      changed.version_id, changed.document_id, changed.by_line, changed.awards, changed.wants, 'adjust.1', changed.shown, p_run);
  END LOOP;
END
$$;

-- Take back all that documents gave, and give back all that they took. They carry `reverted_at` already.
CREATE OR REPLACE FUNCTION rules_revert(p_documents uuid[], p_mode text, p_run text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_lines bigint[]; changed record;
BEGIN
  v_lines := ARRAY(SELECT id FROM rules_touched(p_documents));
  FOR changed IN
    WITH own AS (
      SELECT a.id AS award_id, a.document_id, a.line_id, 0::bigint AS wants
      FROM rules_awardline a WHERE a.document_id = ANY(p_documents) AND a.adjusts_id IS NULL
    ), speaker AS (  -- the last of the documents that spoke of a line
      SELECT DISTINCT ON (x.sold_id) x.sold_id, x.line_id, x.document_id FROM (
        SELECT l.corrects_id AS sold_id, l.id AS line_id, l.document_id FROM sales_salesline l
        WHERE l.document_id = ANY(p_documents) AND l.corrects_id IS NOT NULL
        UNION ALL SELECT t.sold_id, l.id, l.document_id FROM sales_returntake t JOIN sales_salesline l ON l.id = t.line_id
        WHERE l.document_id = ANY(p_documents)) x
      JOIN sales_salesdocument d ON d.id = x.document_id ORDER BY x.sold_id, d.accept_seq DESC, x.line_id
    ), outside AS (
      SELECT a.id AS award_id, min(s.document_id::text)::uuid AS document_id, min(s.line_id) AS line_id,
        rules_wanted(a.template, a.inputs, coalesce(a.wanted, a.units), w.whole, w.whole + coalesce(c.changed, 0), p_mode) AS wants
      FROM speaker s JOIN sales_salesline l ON l.id = s.sold_id
      JOIN rules_awardline a ON a.adjusts_id IS NULL AND a.document_id = l.document_id AND (
        CASE a.template WHEN 'fixed_document.1' THEN a.inputs -> 'lines' @> to_jsonb(l.id) ELSE a.line_id = l.id END)
      JOIN LATERAL (SELECT rules_whole(a.template, a.inputs, l.quantity, l.value) AS whole) w ON w.whole <> 0
      LEFT JOIN (SELECT award_id, sum(change) AS changed FROM rules_counted(v_lines) GROUP BY 1) c ON c.award_id = a.id
      WHERE NOT a.document_id = ANY(p_documents)
      GROUP BY a.id, w.whole, c.changed
    ), wanted AS (
      SELECT b.*, a.version_id, a.member_id, v.spec,
        a.units + coalesce((SELECT sum(x.units) FROM rules_awardline x WHERE x.adjusts_id = a.id), 0) AS given
      FROM (SELECT * FROM own UNION ALL SELECT * FROM outside) b
      JOIN rules_awardline a ON a.id = b.award_id JOIN rules_ruleversion v ON v.id = a.version_id
    ), plain AS (
      INSERT INTO rules_awardline
        (document_id, line_id, version_id, adjusts_id, member_id, units, template, inputs, posting_key)
      SELECT w.document_id, w.line_id, w.version_id, w.award_id, w.member_id, w.wants - w.given, 'revert.1', '{}',
        rules_posting_key(d.id, d.member_id, w.member_id, coalesce((w.spec ->> 'matures_after_days')::int, 0), p_run)
      FROM wanted w JOIN sales_salesdocument d ON d.id = w.document_id
      WHERE NOT rules_limited(w.spec) AND w.wants <> w.given
    )
    SELECT w.version_id, (array_agg(w.document_id ORDER BY w.award_id DESC))[1] AS document_id,
      (array_agg(w.line_id ORDER BY w.award_id DESC))[1] AS line_id,
      array_agg(w.award_id ORDER BY w.award_id) AS awards, array_agg(w.wants ORDER BY w.award_id) AS wants,
      jsonb_object_agg(w.award_id, '{}'::jsonb) AS shown
    FROM wanted w WHERE rules_limited(w.spec) GROUP BY w.version_id ORDER BY w.version_id
  LOOP
    PERFORM rules_recap(
      changed.version_id, changed.document_id, changed.line_id, changed.awards, changed.wants, 'revert.1', changed.shown, p_run);
  END LOOP;
END
$$;
