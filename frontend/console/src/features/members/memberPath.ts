import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const PATHS: Record<string, MessageDescriptor> = {
  import: msg`with an import of purchases`,
  counter: msg`at the counter`,
  invitation: msg`invited by a representative`,
  firm: msg`invited by the owner of the firm`,
  registration: msg`applied by themselves`,
};

/** How somebody came to be a member. */
export function memberPathName(path: string): string {
  const text = PATHS[path];
  return text ? i18n._(text) : path;
}
