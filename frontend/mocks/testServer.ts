import { setupServer } from 'msw/node';
import { handlers } from './handlers.ts';

/** The mocks for vitest; a test adds what it needs with `server.use`. */
export const server = setupServer(...handlers);
