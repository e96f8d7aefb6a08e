import { RouterProvider } from '@tanstack/react-router';
import { router } from './router';

export function ConsoleApp() {
  return <RouterProvider router={router} />;
}
