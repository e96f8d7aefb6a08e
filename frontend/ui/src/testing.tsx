/** For tests only: what every screen expects around it. */
import type { ReactNode } from 'react';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { readBrand } from '@ui/brand/brand';
import { SurroundingsContext } from '@ui/session/SessionContext';
import type { Session } from '@ui/session/session';

export const BRAND = readBrand({ kind: 'wholesaler', name: 'Termopol', slug: 'termopol', primaryColor: '#c8102e', idUrl: 'http://id.test/' });

export const SIGNED_IN: Session = {
  authenticated: true,
  person: { id: 'p1', firstName: 'Marek', lastName: 'Wójcik', email: 'marek@example.pl', language: 'pl' },
  roles: ['member'],
  twoFactors: false,
  // what is shown to whom is tested apart
  may: Object.assign([], { includes: () => true }),
  csrfToken: 'mock-token',
  readOnly: false,
};

export const SIGNED_OUT: Session = { authenticated: false, person: null, roles: [], twoFactors: false, may: [], csrfToken: '', readOnly: false };

export function Around({ children, session = SIGNED_IN, client }: { children: ReactNode; session?: Session; client?: QueryClient }) {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider env="test">
        <QueryClientProvider client={client ?? new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
          <SurroundingsContext value={{ brand: BRAND, session }}>{children}</SurroundingsContext>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
