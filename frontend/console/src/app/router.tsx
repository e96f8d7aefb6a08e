import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { NotFound } from './NotFound';
import { firstPage } from './pages';
import { PagePending } from '@ui/components/PagePending';
import { RouteFailure } from '@ui/components/RouteFailure';
import { Shell } from './Shell';

/** Operations that the person may use. */
interface Context {
  may: readonly string[];
}

const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root };

// An address typed by hand never breaks a page: what does not fit is left out.
const searched = z.object({ q: z.string().optional().catch(undefined), hide: z.string().optional().catch(undefined) });
const ORDER_STATES = ['AWAITING', 'PLACED', 'ISSUING', 'UNKNOWN', 'FULFILLED', 'FAILED', 'DECLINED'] as const;
const orderSearch = searched.extend({ state: z.enum(ORDER_STATES).optional().catch(undefined) });

const REWARD_STATES = ['active', 'inactive', 'unavailable', 'low'] as const;
const rewardSearch = searched.extend({ state: z.enum(REWARD_STATES).optional().catch(undefined) });

const home = createRoute({
  ...parent,
  path: '/',
  // Not everybody has a program to look at: a clerk starts at the counter.
  beforeLoad: ({ context }) => {
    const to = firstPage(context.may);
    if (to !== '/') redirect({ to, replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('@console/features/cockpit/CockpitPage'), 'CockpitPage'),
});

const imports = createRoute({
  ...parent,
  path: '/imports',
  component: lazyRouteComponent(() => import('@console/features/imports/ImportsPage'), 'ImportsPage'),
});

const importBatch = createRoute({
  ...parent,
  path: '/imports/$batchId',
  component: lazyRouteComponent(() => import('@console/features/imports/BatchPage'), 'BatchPage'),
});

const importColumns = createRoute({
  ...parent,
  path: '/imports/$batchId/columns',
  component: lazyRouteComponent(() => import('@console/features/imports/MappingPage'), 'MappingPage'),
});

const members = createRoute({
  ...parent,
  path: '/members',
  validateSearch: searched,
  component: lazyRouteComponent(() => import('@console/features/members/MembersPage'), 'MembersPage'),
});

const member = createRoute({
  ...parent,
  path: '/members/$memberId',
  component: lazyRouteComponent(() => import('@console/features/members/MemberPage'), 'MemberPage'),
});

const counter = createRoute({
  ...parent,
  path: '/counter',
  component: lazyRouteComponent(() => import('@console/features/counter/CounterPage'), 'CounterPage'),
});

const applications = createRoute({
  ...parent,
  path: '/applications',
  validateSearch: z.object({ state: z.enum(['decided']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('@console/features/applications/ApplicationsPage'), 'ApplicationsPage'),
});

const recruiting = createRoute({
  ...parent,
  path: '/recruiting',
  component: lazyRouteComponent(() => import('@console/features/recruiting/RecruitingPage'), 'RecruitingPage'),
});

const firms = createRoute({
  ...parent,
  path: '/firms',
  validateSearch: searched,
  component: lazyRouteComponent(() => import('@console/features/firms/FirmsPage'), 'FirmsPage'),
});

const firm = createRoute({
  ...parent,
  path: '/firms/$firmId',
  component: lazyRouteComponent(() => import('@console/features/firms/FirmPage'), 'FirmPage'),
});

const KINDS = ['goods', 'buyers', 'learned'] as const;
const some = z.string().optional().catch(undefined);

const products = createRoute({
  ...parent,
  path: '/products',
  validateSearch: searched.extend({ brand: some }),
  component: lazyRouteComponent(() => import('@console/features/products/ProductsPage'), 'ProductsPage'),
});

const newProduct = createRoute({
  ...parent,
  path: '/products/new',
  validateSearch: z.object({ goods: some, name: some, sku: some, ean: some, code: some }),
  component: lazyRouteComponent(() => import('@console/features/products/ProductPage'), 'NewProductPage'),
});

const product = createRoute({
  ...parent,
  path: '/products/$productId',
  component: lazyRouteComponent(() => import('@console/features/products/ProductPage'), 'ProductPage'),
});

const matching = createRoute({
  ...parent,
  path: '/matching',
  validateSearch: searched.extend({ kind: z.enum(KINDS).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('@console/features/matching/MatchingPage'), 'MatchingPage'),
});

const rules = createRoute({
  ...parent,
  path: '/rules',
  component: lazyRouteComponent(() => import('@console/features/rules/RulesPage'), 'RulesPage'),
});

const newRule = createRoute({
  ...parent,
  path: '/rules/new',
  component: lazyRouteComponent(() => import('@console/features/rules/RuleEditorPage'), 'NewRulePage'),
});

const editRule = createRoute({
  ...parent,
  path: '/rules/$versionId/edit',
  component: lazyRouteComponent(() => import('@console/features/rules/RuleEditorPage'), 'RuleEditorPage'),
});

const rewards = createRoute({
  ...parent,
  path: '/rewards',
  validateSearch: rewardSearch,
  component: lazyRouteComponent(() => import('@console/features/rewards/RewardsPage'), 'RewardsPage'),
});

const newReward = createRoute({
  ...parent,
  path: '/rewards/new',
  component: lazyRouteComponent(() => import('@console/features/rewards/NewRewardPage'), 'NewRewardPage'),
});

const reward = createRoute({
  ...parent,
  path: '/rewards/$rewardId',
  component: lazyRouteComponent(() => import('@console/features/rewards/RewardPage'), 'RewardPage'),
});

const partners = createRoute({
  ...parent,
  path: '/partners',
  component: lazyRouteComponent(() => import('@console/features/rewards/PartnersPage'), 'PartnersPage'),
});

const orders = createRoute({
  ...parent,
  path: '/orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(() => import('@console/features/orders/OrdersPage'), 'OrdersPage'),
});

const order = createRoute({
  ...parent,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('@console/features/orders/OrderPage'), 'OrderPage'),
});

const messages = createRoute({
  ...parent,
  path: '/messages',
  component: lazyRouteComponent(() => import('@console/features/messages/MessagesPage'), 'MessagesPage'),
});

const LANGUAGES = ['pl', 'en'] as const;

const messageTemplate = createRoute({
  ...parent,
  path: '/messages/$kind',
  validateSearch: z.object({ language: z.enum(LANGUAGES).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('@console/features/messages/TemplatePage'), 'TemplatePage'),
});

const branding = createRoute({
  ...parent,
  path: '/branding',
  component: lazyRouteComponent(() => import('@console/features/branding/BrandingPage'), 'BrandingPage'),
});

const staff = createRoute({
  ...parent,
  path: '/staff',
  component: lazyRouteComponent(() => import('@console/features/staff/StaffPage'), 'StaffPage'),
});

const terms = createRoute({
  ...parent,
  path: '/terms',
  component: lazyRouteComponent(() => import('@console/features/terms/TermsPage'), 'TermsPage'),
});

const clients = createRoute({
  ...parent,
  path: '/clients',
  component: lazyRouteComponent(() => import('@console/features/clients/ClientsPage'), 'ClientsPage'),
});

const settings = createRoute({
  ...parent,
  path: '/settings',
  component: lazyRouteComponent(() => import('@console/features/settings/SettingsPage'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, imports, importBatch, importColumns, members, member, counter, applications, recruiting, firms, firm, products, newProduct, product, matching, rules, newRule, editRule, rewards, newReward, reward, partners, orders, order, messages, messageTemplate, branding, terms, clients, staff, settings]),
  context: { may: [] },
  basepath: '/console',
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
