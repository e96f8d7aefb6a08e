import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The console's pages, in the order of its navigation. */
export const PAGES = [
  { to: '/', name: msg`Today` },
  { to: '/imports', name: msg`Imports` },
  { to: '/members', name: msg`Members` },
  { to: '/firms', name: msg`Firms` },
  { to: '/products', name: msg`Products` },
  { to: '/matching', name: msg`To match` },
  { to: '/rules', name: msg`Rules` },
  { to: '/rewards', name: msg`Rewards` },
  { to: '/orders', name: msg`Orders` },
  { to: '/partners', name: msg`Partners` },
  { to: '/messages', name: msg`Messages` },
  { to: '/branding', name: msg`Branding` },
  { to: '/clients', name: msg`Shops and apps` },
  { to: '/settings', name: msg`Settings` },
] as const satisfies readonly { to: string; name: MessageDescriptor }[];
