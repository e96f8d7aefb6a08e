import { z } from 'zod';

const source = z.union([z.string(), z.looseObject({ column: z.string().optional(), constant: z.string().optional() })]);
const kindRule = z.looseObject({
  column: z.string().optional(),
  values: z.record(z.string(), z.string()).optional(),
  default: z.string().optional(),
});

/** A column mapping as docs/csv-mapping.md describes it; what this screen does not show is kept as it is. */
const mappingShape = z.looseObject({
  version: z.literal(1),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  decimal: z.string().optional(),
  thousands: z.string().optional(),
  dates: z.array(z.string()).optional(),
  skip_rows: z.number().optional(),
  sheet: z.string().optional(),
  price_includes_vat: z.boolean().optional(),
  kind: z.union([z.string(), kindRule]).optional(),
  columns: z.record(z.string(), source),
});

export type Mapping = z.infer<typeof mappingShape>;

export const KIND = 'kind';
export const DOCUMENT_FIELDS = ['number', 'kind', 'issue_date', 'sale_date', 'due_date', 'corrected_number', 'currency', 'rate', 'ksef_number', 'total_gross', 'seller_nip', 'paid'] as const;
export const BUYER_FIELDS = ['buyer_nip', 'buyer_code', 'buyer_name', 'buyer_email', 'buyer_phone'] as const;
export const LINE_FIELDS = ['sku', 'ean', 'producer_code', 'name', 'quantity', 'unit', 'unit_price', 'net', 'vat', 'gross', 'vat_rate', 'position', 'line_sale_date', 'before'] as const;
export const KINDS = ['invoice', 'correction', 'receipt', 'return', 'advance', 'settlement', 'advance_correction', 'settlement_correction'] as const;

/** Keys that say how the file is cut into cells: with another one the head must be read again. */
export const CUTTING = ['encoding', 'delimiter', 'skip_rows', 'sheet'] as const;

export function readMapping(text: string): Mapping | null {
  try {
    const found = mappingShape.safeParse(JSON.parse(text));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

function columnOf(entry: Mapping['columns'][string] | undefined): string | null {
  if (entry === undefined) return null;
  return typeof entry === 'string' ? entry : (entry.column ?? null);
}

export function kindColumn(mapping: Mapping): string | null {
  return typeof mapping.kind === 'object' ? (mapping.kind.column ?? null) : null;
}

/** The field that a column holds, or null. */
export function fieldOf(mapping: Mapping, column: string): string | null {
  if (kindColumn(mapping) === column) return KIND;
  return Object.keys(mapping.columns).find((field) => columnOf(mapping.columns[field]) === column) ?? null;
}

/** Says what a column holds. A field is in one column, and a column holds one field. */
export function assign(mapping: Mapping, column: string, field: string | null, choices: readonly string[] = []): Mapping {
  const columns = Object.fromEntries(Object.entries(mapping.columns).filter(([name, entry]) => columnOf(entry) !== column || name === field));
  let kind = kindColumn(mapping) === column && field !== KIND ? 'invoice' : mapping.kind;
  if (field === KIND) kind = { column, values: Object.fromEntries(choices.map((choice) => [choice, 'invoice'])) };
  else if (field !== null) {
    const known = columns[field];
    columns[field] = typeof known === 'object' && known.column !== undefined ? { ...known, column } : column;
  }
  return { ...mapping, columns, ...(kind === undefined ? {} : { kind }) };
}

/** The text that stands for a field on every row, or null when a column gives it. */
export function constantOf(mapping: Mapping, field: string): string | null {
  const entry = mapping.columns[field];
  return typeof entry === 'object' ? (entry.constant ?? null) : null;
}

export function setConstant(mapping: Mapping, field: string, text: string): Mapping {
  return { ...mapping, columns: { ...mapping.columns, [field]: { constant: text } } };
}

/** Columns that the mapping reads and the file lacks. */
export function missingColumns(mapping: Mapping, names: readonly string[]): { field: string; column: string }[] {
  const wanted = Object.entries(mapping.columns).map(([field, entry]) => ({ field, column: columnOf(entry) }));
  const all = [...wanted, { field: KIND, column: kindColumn(mapping) }];
  return all.flatMap(({ field, column }) => (column !== null && !names.includes(column) ? [{ field, column }] : []));
}

/** The keys that cut the file, for the server to read its head by. */
export function cutting(mapping: Mapping): string {
  return JSON.stringify(Object.fromEntries(CUTTING.flatMap((key) => (mapping[key] === undefined ? [] : [[key, mapping[key]]]))));
}
