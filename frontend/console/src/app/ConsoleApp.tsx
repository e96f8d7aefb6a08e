import { RouterProvider } from '@tanstack/react-router';
import { useSurroundings } from '@ui/session/SessionContext';
import { router } from './router';

export function ConsoleApp() {
  const { session } = useSurroundings();
  return <RouterProvider router={router} context={{ may: session.may }} />;
}
