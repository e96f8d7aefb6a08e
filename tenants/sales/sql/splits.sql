-- Keep on documents how their buyer's firm splits its points on the sale date. Whose document it is was decided before. The firm
-- is the one that the document names, by tax number or by its owner's customer code: what a person buys under their own e-mail
-- or phone is theirs alone. A correction keeps the split of what it corrects. Again changes nothing.
CREATE OR REPLACE FUNCTION sales_keep_splits(p_documents uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM members_firmsplit) THEN RETURN; END IF;
  UPDATE sales_salesdocument s SET split_id = p.id
  FROM sales_salesdocument d
  JOIN members_member m ON m.id = d.member_id
  CROSS JOIN LATERAL (
    SELECT n.id FROM members_firm n WHERE n.nip = d.buyer_nip
    UNION ALL SELECT m.firm_id WHERE d.buyer_nip IS NULL AND d.buyer_code = m.customer_code AND m.firm_role = 'owner') f
  CROSS JOIN LATERAL (
    SELECT x.id FROM members_firmsplit x WHERE x.firm_id = f.id AND x.valid_from <= d.sale_date
    ORDER BY x.valid_from DESC, x.id DESC LIMIT 1) p
  WHERE d.id = ANY(p_documents) AND d.corrects_id IS NULL AND d.split_id IS NULL AND s.id = d.id
    AND EXISTS (SELECT 1 FROM members_firmmembership w WHERE w.firm_id = f.id AND w.member_id = m.id AND w.role = 'owner');
  LOOP
    UPDATE sales_salesdocument s SET split_id = o.split_id FROM sales_salesdocument o
    WHERE s.id = ANY(p_documents) AND s.split_id IS NULL AND o.id = s.corrects_id AND o.split_id IS NOT NULL;
    EXIT WHEN NOT FOUND;
  END LOOP;
END
$$;
