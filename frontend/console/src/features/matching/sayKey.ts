import { t } from '@lingui/core/macro';

/** "sku:AB-1" as people say it. */
export function sayKey(key: string): string {
  const [kind = '', ...rest] = key.split(':');
  const value = rest.join(':');
  switch (kind) {
    case 'ean':
      return t`EAN ${value}`;
    case 'sku':
      return t`SKU ${value}`;
    case 'nip':
      return t`NIP ${value}`;
    case 'code':
      return t`code ${value}`;
    default:
      return value;
  }
}
