-- Returns without a reference: a line takes back the same member's most recent sale of the same product before it, quantity
-- by quantity, then the one before that. Sales and returns interleave, so this goes line by line, in order of acceptance.
-- What a sale still has to give is its quantity, less what corrections took and what earlier returns took.
CREATE OR REPLACE FUNCTION sales_take_returns(p_documents uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE given_back record; sold record; v_left numeric; v_part numeric;
BEGIN
  FOR given_back IN
    SELECT l.id, -l.quantity AS quantity, l.sku, l.ean, l.name, d.member_id, d.sale_date, d.accept_seq
    FROM sales_salesdocument d JOIN sales_salesline l ON l.document_id = d.id
    WHERE d.id = ANY(p_documents) AND d.kind = 'return' AND d.member_id IS NOT NULL AND l.quantity < 0
    ORDER BY d.accept_seq, l.position, l.id
  LOOP
    v_left := given_back.quantity;
    FOR sold IN
      SELECT l.id, l.quantity
        + coalesce((SELECT sum(CASE WHEN c.before THEN -c.quantity ELSE c.quantity END)
            FROM sales_salesline c JOIN sales_salesdocument cd ON cd.id = c.document_id
            WHERE c.corrects_id = l.id AND cd.reverted_at IS NULL), 0)
        - coalesce((SELECT sum(t.quantity) FROM sales_returntake t JOIN sales_salesline r ON r.id = t.line_id
            JOIN sales_salesdocument rd ON rd.id = r.document_id
            WHERE t.sold_id = l.id AND rd.reverted_at IS NULL), 0) AS quantity
      FROM sales_salesdocument d JOIN sales_salesline l ON l.document_id = d.id
      WHERE d.member_id = given_back.member_id AND d.kind IN ('invoice', 'receipt', 'settlement')
        AND (d.sale_date, d.accept_seq) < (given_back.sale_date, given_back.accept_seq)
        AND d.reverted_at IS NULL AND l.quantity > 0 AND l.value > 0
        AND CASE WHEN given_back.sku IS NOT NULL THEN l.sku = given_back.sku
              WHEN given_back.ean IS NOT NULL THEN l.ean = given_back.ean ELSE l.name = given_back.name END
      ORDER BY d.sale_date DESC, d.accept_seq DESC, l.position DESC, l.id DESC
    LOOP
      v_part := least(v_left, sold.quantity);
      IF v_part > 0 THEN
        INSERT INTO sales_returntake (line_id, sold_id, quantity) VALUES (given_back.id, sold.id, v_part);
        v_left := v_left - v_part;
      END IF;
      EXIT WHEN v_left <= 0;
    END LOOP;
  END LOOP;
END
$$;
