import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { RULES } from '../../../../mocks/data/console.ts';
import { server } from '../../../../mocks/testServer.ts';
import { blank, clausePath, decimal, faultAt, newLeaf, readRule, trialBody, writeRule, type Condition } from './form';
import { NewRulePage, RuleEditorPage } from './RuleEditorPage';
import { RulesPage } from './RulesPage';
import { canEnd, dayBefore, groupsOf, replacedBy, todayInPoland, type Version } from './ruleState';

const VERSIONS = RULES as unknown as Version[];

/** The pages at their addresses, without the shell. */
function open(path: string) {
  const root = createRootRoute();
  const parent = { getParentRoute: () => root };
  const routes = [
    createRoute({ ...parent, path: '/rules', component: RulesPage }),
    createRoute({ ...parent, path: '/rules/new', component: NewRulePage }),
    createRoute({ ...parent, path: '/rules/$versionId/edit', component: RuleEditorPage }),
  ];
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: [path] }) });
  render(<Around><RouterProvider router={router as never} /></Around>);
  return router;
}

const ROUND = {
  name: { pl: 'A', en: 'B' },
  valid_from: '2026-11-01',
  valid_until: '2026-12-31',
  when: {
    all: [
      { field: 'brand', in: ['kruczek'] },
      { not: { field: 'month', in: ['1', '12'] } },
      { field: 'value', at_least: '100.5' },
      { not: { any: [{ field: 'sku', in: ['A'] }, { not: { field: 'quantity', at_least: '3' } }] } },
      // deeper than the form goes
      { any: [{ all: [{ field: 'brand', in: ['x'] }, { not: { not: { field: 'sku', in: ['B'] } } }] }, { field: 'weekday', in: ['7'] }] },
    ],
  },
  award: { kind: 'per_amount', points: '2.5', per: '100' },
  boosts: [{ times: '1.5', when: { field: 'month', in: ['11'] } }],
  caps: [{ points: '500', per: 'month', for: 'member' }],
  budget: '1000.25',
  matures_after_days: 14,
};

describe('the form of a rule', () => {
  it.each([',', '.'] as const)('loses nothing of a rule, with %s in its numbers', (point) => {
    const form = readRule(JSON.stringify(ROUND), point);
    expect(form.points).toBe(`2${point}5`);
    expect(form.when.clauses.map((clause) => clause.type)).toEqual(['leaf', 'leaf', 'leaf', 'group', 'kept']);
    expect(writeRule(form)).toEqual(ROUND);
  });

  it.each([
    { kind: 'per_unit', points: '7.5' },
    { kind: 'fixed', points: '100', each: 'document', least: '1000' },
    { kind: 'fixed', points: '5', each: 'line' },
    { kind: 'multiplier', times: '1.5' },
  ])('writes an award as it was read: %o', (award) => {
    expect(writeRule(readRule(JSON.stringify({ name: 'A', award }), '.'))).toEqual({ name: { pl: 'A', en: 'A' }, when: { all: [] }, award });
  });

  it('leaves out what is empty, and boosts where none can be', () => {
    const form = { ...blank('2026-11-25'), namePl: ' Za sto ', points: '1 000,5', boosts: [{ id: 1, times: '2', when: { join: 'all' as const, clauses: [] } }] };
    expect(writeRule({ ...form, kind: 'fixed' })).toEqual({
      name: { pl: 'Za sto', en: 'Za sto' }, when: { all: [] }, award: { kind: 'fixed', points: '1000.5', each: 'line' }, valid_from: '2026-11-25',
    });
    expect(writeRule(form)['boosts']).toEqual([{ times: '2', when: { all: [] } }]);
  });

  it('is tried only once it says how much, and sends days that are no number as they are', () => {
    expect(trialBody(blank('2026-11-25'))).toBeNull();
    expect(JSON.parse(trialBody({ ...blank(''), points: '2', days: 'x' }) ?? '')).toMatchObject({ name: '?', matures_after_days: 'x' });
    expect(decimal('1\u00a0000,25')).toBe('1000.25');
  });

  it('knows where the server finds a clause', () => {
    const one = newLeaf();
    const denied = { ...newLeaf(), not: true };
    const both: Condition = { join: 'any', clauses: [one, denied] };
    expect([0, 1].map((index) => clausePath('rule.when', both, index))).toEqual(['rule.when.any[0]', 'rule.when.any[1].not']);
    expect(clausePath('rule.when', { join: 'all', clauses: [denied] }, 0)).toBe('rule.when.not');
    const fault = { field: 'rule.caps[1].points', message: 'zero' };
    expect(faultAt(fault, 'rule.caps[1].points')).toBe('zero');
    expect(faultAt(fault, 'rule.caps')).toBeNull();
    expect(faultAt(fault, 'rule.caps[1]', true)).toBe('zero');
    expect(faultAt({ field: 'rule.caps[11]', message: 'x' }, 'rule.caps[1]', true)).toBeNull();
  });
});

describe('versions', () => {
  const version = (number: number, state: string, validFrom: string | null, validUntil: string | null) =>
    ({ ...VERSIONS[0], version: number, state, validFrom, validUntil }) as Version;

  it('are told which of them a new one ends or withdraws', () => {
    const others = [version(1, 'LIVE', null, null), version(2, 'LIVE', '2026-01-01', '2026-03-01'), version(3, 'SCHEDULED', '2026-12-01', null), version(4, 'RETIRED', null, null)];
    expect(replacedBy('2026-11-25', others)).toEqual([{ version: 1, lastDay: '2026-11-24' }, { version: 3, lastDay: null }]);
    expect(replacedBy(null, others).map((each) => [each.version, each.lastDay])).toEqual([[1, null], [2, null], [3, null]]);
    expect(dayBefore('2026-03-01')).toBe('2026-02-28');
  });

  it('can be ended as long as something is left', () => {
    expect(canEnd(version(1, 'LIVE', null, null), '2026-11-25')).toBe(true);
    expect(canEnd(version(1, 'LIVE', null, '2026-11-25'), '2026-11-25')).toBe(false);
    expect(canEnd(version(1, 'SCHEDULED', '2026-12-01', null), '2026-11-25')).toBe(true);
    expect(canEnd(version(1, 'DRAFT', null, null), '2026-11-25')).toBe(false);
    expect(todayInPoland(new Date('2026-11-25T23:30:00Z'))).toBe('2026-11-26');
  });

  it('stand together by rule', () => {
    const groups = groupsOf(VERSIONS);
    expect(groups.map((group) => [group.ruleId, group.current.length, group.past.length])).toEqual([
      ['PODSTAWA', 1, 1], ['KOTLY-JESIEN', 1, 0], ['ARMATURA', 1, 0], ['POMPY', 0, 1],
    ]);
  });
});

describe('the pages', () => {
  it('list rules with budget and what can be done', async () => {
    open('/rules');
    const [first] = await screen.findAllByRole('article');
    expect(within(first as HTMLElement).getByLabelText('Wykorzystany budżet: Punkty za zakupy')).toHaveAttribute('max', '60000');
    expect(screen.getByText(/48\s210,40 z 60\s000 budżetu/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Edytuj szkic' })).toHaveAttribute('href', '/rules/ARMATURA-1/edit');
    await userEvent.click(screen.getByRole('button', { name: 'Opublikuj: Armatura promocyjna, wersja 1' }));
    expect(await screen.findByRole('dialog')).toHaveTextContent('liczymy zakupy od 1 gru 2026');
  });

  it('place a refusal at its field, and ask before they are left', async () => {
    const refused = { code: 'BAD_RULE', field: 'rule.name', message: 'Podaj nazwę po polsku i po angielsku.' };
    server.use(
      http.post('*/graphql/console', async ({ request }) => {
        const { query } = (await request.clone().json()) as { query: string };
        return query.includes('saveRuleDraft') ? HttpResponse.json({ data: { saveRuleDraft: { rule: null, errors: [refused] } } }) : undefined;
      }),
    );
    const router = open('/rules/new');
    await userEvent.type(await screen.findByLabelText('Punkty'), '2');
    await userEvent.click(screen.getByRole('button', { name: 'Zapisz szkic' }));
    expect(await screen.findByLabelText('Po polsku')).toHaveAccessibleDescription(refused.message);
    expect(await screen.findByTestId('sentence-pl', {}, { timeout: 3000 })).toHaveTextContent('2 punkty za każde 100 zł');
    await userEvent.click(screen.getByRole('link', { name: 'Reguły' }));
    expect(await screen.findByRole('dialog')).toHaveTextContent('Wyjść bez zapisywania?');
    expect(router.state.location.pathname).toBe('/rules/new');
    await userEvent.click(screen.getByRole('button', { name: 'Anuluj' }));
    expect(screen.getByLabelText('Punkty')).toHaveValue('2');
  });

  it('sum up what the draft would change', async () => {
    open('/rules/PODSTAWA-3/edit');
    expect(await screen.findByLabelText('Punkty')).toHaveValue('3');
    const table = await screen.findByRole('table', {}, { timeout: 3000 });
    const cells = within(table).getAllByRole('row').at(-1);
    // 10.50 + 20.50 + 30.50, 1 + 2 + 3, 2.25 + 3.25 + 4.25
    expect(cells).toHaveTextContent(/Razem\s*61,50\s*6\s*9,75\s*\+3,75/);
  });
});
