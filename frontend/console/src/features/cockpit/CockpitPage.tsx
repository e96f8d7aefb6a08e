import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { StateLabel, type Tone } from '@console/app/StateLabel';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { CockpitQuery } from './operations';
import classes from './Cockpit.module.css';

type Cockpit = ResultOf<typeof CockpitQuery>['cockpit'];

/** What needs somebody today, each with the list where it is done; then how the program stands. */
export function CockpitPage() {
  const { t } = useLingui();
  const format = useFormat();
  usePageTitle(t`Today`);
  const query = useQuery({ queryKey: ['cockpit'], queryFn: ({ signal }) => execute(CockpitQuery, {}, signal).then((data) => data.cockpit) });
  const cockpit = query.data;
  if (!cockpit) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Today</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>As of {format.dateTime(cockpit.asOf)}</Trans>
          </p>
        </div>
      </div>
      <ToDo cockpit={cockpit} />
      <Figures cockpit={cockpit} />
    </>
  );
}

interface Task {
  key: string;
  count: number;
  tone: Tone;
  text: ReactNode;
  to: '/imports' | '/orders' | '/matching';
  search?: { state: 'UNKNOWN' } | { kind: 'goods' | 'buyers' };
}

const NEEDS = { '/imports': 'imports', '/orders': 'orders', '/matching': 'unmatchedGoods' } as const;

function ToDo({ cockpit }: { cockpit: Cockpit }) {
  const tasks: Task[] = [
    {
      key: 'decide', count: cockpit.importsToDecide, tone: 'warn', to: '/imports',
      text: <Plural value={cockpit.importsToDecide} one="# import waits for your decision" other="# imports wait for your decision" />,
    },
    {
      key: 'failed', count: cockpit.importsFailed, tone: 'bad', to: '/imports',
      text: <Plural value={cockpit.importsFailed} one="# import failed" other="# imports failed" />,
    },
    {
      key: 'unknown', count: cockpit.ordersUnknown, tone: 'bad', to: '/orders', search: { state: 'UNKNOWN' },
      text: <Plural value={cockpit.ordersUnknown} one="# order without a clear answer of the partner" other="# orders without a clear answer of the partner" />,
    },
    {
      key: 'waiting', count: cockpit.ordersWaiting, tone: 'busy', to: '/orders',
      text: <Plural value={cockpit.ordersWaiting} one="# order is on its way" other="# orders are on their way" />,
    },
    {
      key: 'running', count: cockpit.importsRunning, tone: 'busy', to: '/imports',
      text: <Plural value={cockpit.importsRunning} one="# import is running" other="# imports are running" />,
    },
    {
      key: 'goods', count: cockpit.unmatchedGoods, tone: 'quiet', to: '/matching', search: { kind: 'goods' },
      text: <Plural value={cockpit.unmatchedGoods} one="# kind of goods is not on the product list" other="# kinds of goods are not on the product list" />,
    },
    {
      key: 'buyers', count: cockpit.unmatchedBuyers, tone: 'quiet', to: '/matching', search: { kind: 'buyers' },
      text: (
        <Plural
          value={cockpit.unmatchedBuyers}
          one="# buyer is no member, though the purchases would still give points"
          other="# buyers are no members, though their purchases would still give points"
        />
      ),
    },
  ];
  const may = useMay();
  // of the lists that this person opens
  const open = tasks.filter((task) => task.count > 0 && may(NEEDS[task.to]));
  return (
    <section aria-labelledby="to-do">
      <h2 className={page.subtitle} id="to-do">
        <Trans>What needs you</Trans>
      </h2>
      {open.length === 0 ? (
        <p className={classes.calm}>
          <Trans>Nothing waits for you.</Trans>
        </p>
      ) : null}
      <ul className={classes.tasks}>
        {open.map((task) => (
          <li key={task.key}>
            <Link to={task.to} {...(task.search ? { search: task.search } : {})} className={classes.task} data-testid={`todo-${task.key}`}>
              <StateLabel tone={task.tone}>{task.text}</StateLabel>
              <Icon name="chevron" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ cockpit }: { cockpit: Cockpit }) {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const month = format.month(cockpit.month.slice(0, 7));
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>How the program stands</Trans>
      </h2>
      <dl className={page.figures}>
        <Figure name={t`Points that members have`} value={points.figure(cockpit.liability)} testId="liability">
          <Trans>
            {format.points(cockpit.available)} to spend, {format.points(cockpit.pending)} pending; {format.points(cockpit.held)} more are held for orders
          </Trans>
        </Figure>
        <Figure name={t`Awarded, ${month}`} value={points.figure(cockpit.awardedThisMonth)}>
          <Trans>{format.points(cockpit.awardedLastMonth)} the month before</Trans>
        </Figure>
        <Figure name={t`Spent, ${month}`} value={points.figure(cockpit.spentThisMonth)}>
          <Trans>{format.points(cockpit.spentLastMonth)} the month before</Trans>
        </Figure>
        <Figure name={t`Active members`} value={format.count(cockpit.membersActive)}>
          <Link to="/members" className={page.link}>
            <Trans>of {format.count(cockpit.members)}; bought within 90 days</Trans>
          </Link>
        </Figure>
      </dl>
    </section>
  );
}

function Figure({ name, value, testId, children }: { name: string; value: string; testId?: string; children: ReactNode }) {
  return (
    <div className={page.figure}>
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
      <dd className={classes.note}>{children}</dd>
    </div>
  );
}
