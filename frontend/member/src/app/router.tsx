import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { HomePage } from '@member/features/home/HomePage';
import { PagePending } from '@ui/components/PagePending';
import { RouteFailure } from '@ui/components/RouteFailure';
import { Shell } from './Shell';

const root = createRootRoute({ component: Shell, notFoundComponent: lazyRouteComponent(() => import('./NotFound'), 'NotFound') });
const parent = { getParentRoute: () => root };

/** Orders of the shop other than by price. */
const SORTS = ['-price', 'name', 'new'] as const;

export interface ShopSearch {
  q?: string | undefined;
  affordable?: true | undefined;
  category?: string | undefined;
  sort?: (typeof SORTS)[number] | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const home = createRoute({
  ...parent,
  path: '/',
  // In the first load: it is where nearly everybody starts.
  component: HomePage,
});

export const historyRoute = createRoute({
  ...parent,
  path: '/history',
  // The open receipt is part of the address, so that it can be sent and "back" closes it.
  validateSearch: (search: Record<string, unknown>): { entry?: string | undefined } => ({ entry: text(search['entry']) }),
  component: lazyRouteComponent(() => import('@member/features/history/HistoryPage'), 'HistoryPage'),
});

export const shopRoute = createRoute({
  ...parent,
  path: '/shop',
  validateSearch: (search: Record<string, unknown>): ShopSearch => ({
    q: text(search['q']),
    affordable: search['affordable'] === true ? true : undefined,
    category: text(search['category']),
    sort: SORTS.find((each) => each === search['sort']),
  }),
  component: lazyRouteComponent(() => import('@member/features/shop/ShopPage'), 'ShopPage'),
});

const checkout = createRoute({
  ...parent,
  path: '/checkout/$rewardId',
  // Chosen before leaving to prove who one is; "500.00" reads as a number here.
  validateSearch: (search: Record<string, unknown>): { value?: string | undefined } => ({
    value: typeof search['value'] === 'number' ? String(search['value']) : text(search['value']),
  }),
  component: lazyRouteComponent(() => import('@member/features/checkout/CheckoutPage'), 'CheckoutPage'),
});

export const walletRoute = createRoute({
  ...parent,
  path: '/wallet',
  validateSearch: (search: Record<string, unknown>): { voucher?: string | undefined } => ({ voucher: text(search['voucher']) }),
  component: lazyRouteComponent(() => import('@member/features/wallet/WalletPage'), 'WalletPage'),
});

const orders = createRoute({
  ...parent,
  path: '/orders',
  component: lazyRouteComponent(() => import('@member/features/orders/OrdersPage'), 'OrdersPage'),
});

const order = createRoute({
  ...parent,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('@member/features/orders/OrderPage'), 'OrderPage'),
});

const messages = createRoute({
  ...parent,
  path: '/messages',
  component: lazyRouteComponent(() => import('@member/features/messages/MessagesPage'), 'MessagesPage'),
});

const message = createRoute({
  ...parent,
  path: '/messages/$messageId',
  component: lazyRouteComponent(() => import('@member/features/messages/MessagePage'), 'MessagePage'),
});

const profile = createRoute({
  ...parent,
  path: '/profile',
  component: lazyRouteComponent(() => import('@member/features/profile/ProfilePage'), 'ProfilePage'),
});

const firm = createRoute({
  ...parent,
  path: '/firm',
  component: lazyRouteComponent(() => import('@member/features/firm/FirmPage'), 'FirmPage'),
});

const local = (value: unknown) => (typeof value === 'string' && /^\/(?![\\/])/.test(value) ? value : undefined);

const terms = createRoute({
  ...parent,
  path: '/terms',
  // Where an order that needs them waits.
  validateSearch: (search: Record<string, unknown>): { back?: string | undefined } => ({ back: local(search['back']) }),
  component: lazyRouteComponent(() => import('@member/features/terms/TermsPage'), 'TermsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, historyRoute, shopRoute, checkout, walletRoute, orders, order, messages, message, profile, firm, terms]),
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: RouteFailure,
  defaultPendingMs: 120,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
