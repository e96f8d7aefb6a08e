import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { i18n } from '@lingui/core';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { mockState } from './mocks/handlers.ts';
import { server } from './mocks/testServer.ts';
import { messages as consoleMessages } from './console/src/locales/pl.po';
import { messages as idMessages } from './member/src/id/locales/pl.po';
import { messages as memberMessages } from './member/src/locales/pl.po';
import { messages as uiMessages } from './ui/src/locales/pl.po';

// jsdom draws nothing and has no idea of media queries.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);

Element.prototype.scrollIntoView = () => undefined;

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => {
  i18n.loadAndActivate({ locale: 'pl', messages: { ...uiMessages, ...memberMessages, ...idMessages, ...consoleMessages } });
  mockState.authenticated = true;
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
});
afterAll(() => server.close());
