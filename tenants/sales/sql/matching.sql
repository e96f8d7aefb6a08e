-- Goods without a product and buyers without a member: the keys that what a person said of them is kept under.

-- The first of: EAN, SKU, the producer's code, the name without differences of case and spaces.
CREATE OR REPLACE FUNCTION sales_goods_key(p_ean text, p_sku text, p_producer_code text, p_name text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_ean <> '' THEN 'ean:' || p_ean WHEN p_sku <> '' THEN 'sku:' || p_sku
    WHEN p_producer_code <> '' THEN 'code:' || p_producer_code
    ELSE 'name:' || lower(btrim(regexp_replace(p_name, '\s+', ' ', 'g'))) END
$$;

-- EAN, else SKU, else the producer's code, else what a person said of the same goods.
CREATE OR REPLACE FUNCTION sales_match_product(p_ean text, p_sku text, p_producer_code text, p_name text)
RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT q.id FROM sales_product q WHERE q.ean = p_ean ORDER BY q.id LIMIT 1),
    (SELECT q.id FROM sales_product q WHERE q.sku = p_sku),
    (SELECT q.id FROM sales_product q WHERE q.producer_code = p_producer_code ORDER BY q.id LIMIT 1),
    (SELECT g.product_id FROM sales_goodsmatch g WHERE g.key = sales_goods_key(p_ean, p_sku, p_producer_code, p_name)))
$$;
