import { startTransition, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { characterOf, loadBrand, type Brand } from '@ui/brand/brand';
import { buildTheme, buildVariables } from '@ui/brand/theme';
import { putOnKnownType, putOnNewType } from '@ui/brand/type';
import { warmFormats } from '@ui/format/warm';
import { activateLanguage, adoptLanguage, chooseLanguage, type LoadCatalog } from '@ui/i18n/language';
import { SurroundingsContext } from '@ui/session/SessionContext';
import { startSession, type Session } from '@ui/session/session';
import { BootFailure } from './BootFailure';
import { styleNonce } from './nonce';

export interface BootOptions {
  dense: boolean;
  /** Keeps who was here last, for a start without a network. */
  offline: boolean;
  catalogs: LoadCatalog;
  queryClient: QueryClient;
  /** As soon as it is known who is here: restore what was kept and ask for what the first screen shows, say. */
  prepare?: (session: Session) => void;
  app: ReactNode;
}

function dress(brand: Brand, dense: boolean): void {
  const { dataset } = document.documentElement;
  dataset.character = dense ? 'technical' : characterOf(brand);
  dataset.density = dense ? 'dense' : 'roomy';
}

export async function boot(options: BootOptions): Promise<void> {
  // The scroll lock of dialogs adds a style element of its own.
  setNonce(styleNonce());
  const root = createRoot(document.getElementById('root') as HTMLElement);
  // A chunk of the previous release is gone after a deployment: the new page knows the new names.
  window.addEventListener('vite:preloadError', () => {
    if (sessionStorage.getItem('kolektor.reloaded')) return;
    sessionStorage.setItem('kolektor.reloaded', '1');
    window.location.reload();
  });

  const brandAndFont = loadBrand().then(async (brand) => {
    dress(brand, options.dense);
    await putOnKnownType(brand);
    return brand;
  });
  const starting = startSession({ offline: options.offline })
    .then((session) => {
      options.prepare?.(session);
      return session;
    })
    .catch((error: unknown) => error as Error);
  // Most likely the language of the page; asked for before it is certain.
  void options.catalogs(chooseLanguage(null)).catch(() => undefined);
  warmFormats(chooseLanguage(null));
  const [brand, session] = await Promise.all([brandAndFont, starting]);
  const failed = session instanceof Error;
  await activateLanguage(chooseLanguage(failed ? null : session.person), options.catalogs);
  if (!failed && session.authenticated) void adoptLanguage();

  // As a transition it is drawn in slices, between which the phone answers a finger.
  startTransition(() => root.render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <MantineProvider
          theme={buildTheme(brand, { dense: options.dense })}
          cssVariablesResolver={buildVariables(brand)}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <QueryClientProvider client={options.queryClient}>
            {failed ? <BootFailure error={session} /> : withSurroundings(brand, session, options.app)}
          </QueryClientProvider>
        </MantineProvider>
      </I18nProvider>
    </StrictMode>,
  ));
  void putOnNewType(brand, options.queryClient);
}

function withSurroundings(brand: Brand, session: Session, app: ReactNode): ReactNode {
  return <SurroundingsContext value={{ brand, session }}>{app}</SurroundingsContext>;
}
