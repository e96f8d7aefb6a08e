import type { QueryClient } from '@tanstack/react-query';
import { fontOf } from './theme';
import type { Brand } from './brand';

/**
 * When the brand's type is put on. A device that has it draws it at once. One that does not is shown the figures first, in its
 * own type: a font of 75 kB would stand in their way on a slow network.
 */

const HAD_KEY = 'kolektor.type';
const PATIENCE_MS = 400;
const AT_LAST_MS = 4000;

/** Before the first paint. */
export async function putOnKnownType(brand: Brand): Promise<void> {
  if (!isKnown(fontOf(brand))) return;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([fetchType(brand), patience]);
  wear(brand);
}

/** After the first paint: as soon as nothing is asked for any more. */
export async function putOnNewType(brand: Brand, queryClient: QueryClient): Promise<void> {
  if (document.documentElement.style.getPropertyValue('--k-type')) return;
  await quiet(queryClient);
  await fetchType(brand);
  wear(brand);
  try {
    localStorage.setItem(HAD_KEY, fontOf(brand));
  } catch {
    // a browser that keeps nothing asks again next time
  }
}

function wear(brand: Brand): void {
  document.documentElement.style.setProperty('--k-type', `"${fontOf(brand)}"`);
}

function isKnown(font: string): boolean {
  try {
    return localStorage.getItem(HAD_KEY) === font;
  } catch {
    return false;
  }
}

async function fetchType(brand: Brand): Promise<void> {
  // the last letters are in the file of Latin Extended
  await Promise.allSettled(['400', '700'].map((weight) => document.fonts.load(`${weight} 1rem "${fontOf(brand)}"`, 'aąż')));
}

function quiet(queryClient: QueryClient): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(atLast);
      stop();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    };
    const look = () => {
      if (queryClient.isFetching() === 0) done();
    };
    const atLast = setTimeout(done, AT_LAST_MS);
    const stop = queryClient.getQueryCache().subscribe(look);
    setTimeout(look, PATIENCE_MS);
  });
}
