import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { kindName } from './kindName';
import { constantOf, kindColumn, KINDS, setConstant, type Mapping } from './mapping';
import classes from './MappingForm.module.css';

/* eslint-disable lingui/no-unlocalized-strings -- notation of files, the same in every language */
const ENCODINGS = [
  { value: 'utf-8-sig', label: 'UTF-8' },
  { value: 'cp1250', label: 'Windows-1250' },
  { value: 'iso-8859-2', label: 'ISO 8859-2' },
];
const DATES: Record<string, string> = {
  '%Y-%m-%d': '2026-12-31',
  '%d.%m.%Y': '31.12.2026',
  '%d-%m-%Y': '31-12-2026',
  '%d/%m/%Y': '31/12/2026',
  '%m/%d/%Y': '12/31/2026',
  '%Y.%m.%d': '2026.12.31',
  '%Y%m%d': '20261231',
  '%d.%m.%y': '31.12.26',
};
const PARTS: Record<string, string> = { '%Y': '2026', '%y': '26', '%m': '12', '%d': '31', '%H': '14', '%M': '05', '%S': '00', '%f': '0' };
const AND = ' / ';
/* eslint-enable lingui/no-unlocalized-strings */

/** A date format as an example of itself. */
export function dateExample(layout: string): string {
  return DATES[layout] ?? layout.replace(/%[YymdHMSf]/g, (part) => PARTS[part] ?? part);
}

interface FileSettingsProps {
  format: string;
  sheets: readonly string[];
  mapping: Mapping;
  pending: boolean;
  /** The file must be cut into cells otherwise. */
  onCut: (mapping: Mapping) => void;
  onChange: (mapping: Mapping) => void;
}

/** How the file is written: detected, and changeable. */
export function FileSettings({ format, sheets, mapping, pending, onCut, onChange }: FileSettingsProps) {
  const { t } = useLingui();
  const dates = mapping.dates ?? ['%Y-%m-%d'];
  const layouts = [...new Set([JSON.stringify(dates), ...Object.keys(DATES).map((layout) => JSON.stringify([layout]))])];
  const shown = (key: string) => (JSON.parse(key) as string[]).map(dateExample).join(AND);
  const csv = format === 'csv';
  return (
    <div className={classes.settings} role="group" aria-label={t`How the file is written`} aria-busy={pending}>
      {csv ? (
        <>
          <NativeSelect size="xs" label={t`Encoding`} value={mapping.encoding ?? 'utf-8-sig'} data={ENCODINGS} onChange={(event) => onCut({ ...mapping, encoding: event.currentTarget.value })} />
          <NativeSelect
            size="xs"
            label={t`Columns are divided by`}
            value={mapping.delimiter ?? ';'}
            data={[
              { value: ';', label: t`semicolon` },
              { value: ',', label: t`comma` },
              { value: '\t', label: t`tabulator` },
              { value: '|', label: t`vertical bar` },
            ]}
            onChange={(event) => onCut({ ...mapping, delimiter: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label={t`Decimal sign`}
            value={mapping.decimal ?? ','}
            data={[
              { value: ',', label: t`comma: 1,50` },
              { value: '.', label: t`point: 1.50` },
            ]}
            onChange={(event) => {
              const decimal = event.currentTarget.value;
              onChange({ ...mapping, decimal, thousands: mapping.thousands === decimal ? '' : (mapping.thousands ?? '') });
            }}
          />
          <NativeSelect
            size="xs"
            label={t`Thousands`}
            value={mapping.thousands ?? ''}
            data={[
              { value: '', label: t`nothing: 1000` },
              { value: ' ', label: t`space: 1 000` },
              ...(mapping.decimal === '.' ? [{ value: ',', label: t`comma: 1,000` }] : [{ value: '.', label: t`point: 1.000` }]),
              { value: "'", label: t`apostrophe: 1'000` },
            ]}
            onChange={(event) => onChange({ ...mapping, thousands: event.currentTarget.value })}
          />
        </>
      ) : null}
      {sheets.length > 1 ? (
        <NativeSelect size="xs" label={t`Sheet`} value={mapping.sheet ?? sheets[0] ?? ''} data={[...sheets]} onChange={(event) => onCut({ ...mapping, sheet: event.currentTarget.value, skip_rows: undefined })} />
      ) : null}
      <NativeSelect
        size="xs"
        label={t`Dates look like`}
        value={JSON.stringify(dates)}
        data={layouts.map((key) => ({ value: key, label: shown(key) }))}
        onChange={(event) => onChange({ ...mapping, dates: JSON.parse(event.currentTarget.value) as string[] })}
      />
      <NumberInput
        size="xs"
        w={150}
        label={t`Rows above the header`}
        min={0}
        max={1000}
        allowDecimal={false}
        value={mapping.skip_rows ?? 0}
        onChange={(value) => onCut({ ...mapping, skip_rows: Number(value) || 0 })}
      />
    </div>
  );
}

interface WholeFileProps {
  mapping: Mapping;
  columns: readonly { name: string; choices: readonly string[] }[];
  onChange: (mapping: Mapping) => void;
}

/** What no column says: the currency, the kinds of documents, whether prices hold VAT. */
export function WholeFile({ mapping, columns, onChange }: WholeFileProps) {
  const { t } = useLingui();
  const currency = mapping.columns['currency'];
  const byColumn = kindColumn(mapping);
  const prices = 'unit_price' in mapping.columns && !('net' in mapping.columns);
  const kinds = KINDS.map((kind) => ({ value: kind, label: kindName(kind) }));
  return (
    <>
      <div className={classes.settings}>
        {currency === undefined || constantOf(mapping, 'currency') !== null ? (
          <TextInput
            size="xs"
            w={180}
            maxLength={3}
            label={t`Currency of the whole file`}
            value={constantOf(mapping, 'currency') ?? ''}
            onChange={(event) => onChange(setConstant(mapping, 'currency', event.currentTarget.value.toUpperCase()))}
          />
        ) : null}
        {byColumn === null ? (
          <NativeSelect
            size="xs"
            label={t`All documents are`}
            value={typeof mapping.kind === 'string' ? mapping.kind : (mapping.kind?.default ?? 'invoice')}
            disabled={typeof mapping.kind === 'object'}
            data={kinds}
            onChange={(event) => onChange({ ...mapping, kind: event.currentTarget.value })}
          />
        ) : null}
        {prices ? (
          <Checkbox
            size="xs"
            label={t`Unit prices include VAT`}
            checked={mapping.price_includes_vat ?? false}
            onChange={(event) => onChange({ ...mapping, price_includes_vat: event.currentTarget.checked })}
          />
        ) : null}
      </div>
      {byColumn === null ? null : <Kinds mapping={mapping} choices={columns.find((each) => each.name === byColumn)?.choices ?? []} onChange={onChange} />}
    </>
  );
}

function Kinds({ mapping, choices, onChange }: { mapping: Mapping; choices: readonly string[]; onChange: (mapping: Mapping) => void }) {
  const { t } = useLingui();
  if (typeof mapping.kind !== 'object') return null;
  const rule = mapping.kind;
  const values = rule.values ?? {};
  const words = [...new Set([...choices, ...Object.keys(values)])];
  const kinds = KINDS.map((kind) => ({ value: kind, label: kindName(kind) }));
  const refused = { value: '', label: t`an error` };
  const set = (word: string, kind: string) => {
    const next = Object.fromEntries(Object.entries(values).filter(([known]) => known !== word));
    onChange({ ...mapping, kind: { ...rule, values: kind ? { ...next, [word]: kind } : next } });
  };
  return (
    <section>
      <h2 className={classes.title}>
        <Trans>Kinds of documents</Trans>
      </h2>
      <div className={classes.kinds}>
        {words.map((word) => (
          <div key={word} className={classes.kind}>
            <span className={classes.word}>{word}</span>
            <NativeSelect size="xs" aria-label={t`What ${word} means`} value={values[word] ?? ''} data={[refused, ...kinds]} onChange={(event) => set(word, event.currentTarget.value)} />
          </div>
        ))}
        <div className={classes.kind}>
          <Trans>anything else</Trans>
          <NativeSelect
            size="xs"
            aria-label={t`What any other word means`}
            value={rule.default ?? ''}
            data={[refused, ...kinds]}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              const rest = Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'default'));
              onChange({ ...mapping, kind: chosen ? { ...rest, default: chosen } : rest });
            }}
          />
        </div>
      </div>
    </section>
  );
}
