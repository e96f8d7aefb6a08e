import { createContext, use } from 'react';
import type { Brand } from '@ui/brand/brand';
import type { Session } from './session';

export interface Surroundings {
  brand: Brand;
  session: Session;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const value = use(SurroundingsContext);
  if (!value) throw new Error('outside SurroundingsContext');
  return value;
}
