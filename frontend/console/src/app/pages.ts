import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The console's pages, in the order of its navigation; each with the operation that one must be allowed to use. */
export const PAGES = [
  { to: '/', needs: 'cockpit', name: msg`Today` },
  { to: '/imports', needs: 'imports', name: msg`Imports` },
  { to: '/members', needs: 'members', name: msg`Members` },
  { to: '/counter', needs: 'enrollAtCounter', name: msg`Counter` },
  { to: '/applications', needs: 'applications', name: msg`Applications` },
  { to: '/recruiting', needs: 'programInvitations', name: msg`Invitations` },
  { to: '/firms', needs: 'firms', name: msg`Firms` },
  { to: '/products', needs: 'products', name: msg`Products` },
  { to: '/matching', needs: 'unmatchedGoods', name: msg`To match` },
  { to: '/rules', needs: 'rules', name: msg`Rules` },
  { to: '/rewards', needs: 'rewards', name: msg`Rewards` },
  { to: '/orders', needs: 'orders', name: msg`Orders` },
  { to: '/partners', needs: 'partners', name: msg`Partners` },
  { to: '/messages', needs: 'messageTemplates', name: msg`Messages` },
  { to: '/branding', needs: 'branding', name: msg`Branding` },
  { to: '/terms', needs: 'termsVersions', name: msg`Terms` },
  { to: '/clients', needs: 'outsideClients', name: msg`Shops and apps` },
  { to: '/staff', needs: 'staff', name: msg`People` },
  { to: '/settings', needs: 'staff', name: msg`Settings` },
] as const satisfies readonly { to: string; needs: string; name: MessageDescriptor }[];

type Page = (typeof PAGES)[number];

/** The page that the console opens with: the first that this person may use. */
export function firstPage(may: readonly string[]): Page['to'] {
  return PAGES.find(({ needs }) => may.includes(needs))?.to ?? '/';
}

/** The page of the navigation that an address belongs to. */
export function pageAt(path: string): Page | undefined {
  return PAGES.find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
}
