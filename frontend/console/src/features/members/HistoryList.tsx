import { useMemo } from 'react';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { createColumnHelper } from '@tanstack/react-table';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { PointsChange } from '@ui/components/PointsChange';
import { ResourceList } from '@ui/components/ResourceList';
import { useFormat } from '@ui/format/useFormat';
import { MemberHistoryQuery } from './operations';
import { usePages } from './usePages';

type Entry = ResultOf<typeof MemberHistoryQuery>['memberHistory']['edges'][number]['node'];

const KINDS: Record<string, MessageDescriptor> = {
  AWARD: msg`Points for purchases`,
  REVERSE: msg`Correction of a purchase`,
  HOLD: msg`Reward ordered`,
  RELEASE: msg`Points given back`,
  MATURE: msg`Points for purchases`,
  REPAY: msg`Repayment of points owed`,
  ADJUST: msg`Adjustment by hand`,
  EXPIRE: msg`Points expired`,
  TRANSFER: msg`Points passed on in the firm`,
};

const column = createColumnHelper<Entry>();

/** Movements of the points that can be spent, each with the balance after it. */
export function HistoryList({ memberId }: { memberId: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { source, rows, total } = usePages(memberId, 'history', (variables, signal) =>
    execute(MemberHistoryQuery, variables, signal).then((data) => data.memberHistory),
  );
  const columns = useMemo(
    () => [
      column.accessor('occurredAt', { header: t`Date`, cell: ({ getValue }) => format.documentTime(getValue()) }),
      column.accessor('kind', {
        header: t`What`,
        cell: ({ row }) => {
          const { kind, documentNumber, orderNumber, rewardName, reason, counterpart } = row.original;
          const name = KINDS[kind];
          const note = [documentNumber, orderNumber, rewardName, counterpart, reason].filter(Boolean).join(' · ');
          return (
            <>
              {name ? i18n._(name) : kind}
              {note ? <div className={page.quiet}>{note}</div> : null}
            </>
          );
        },
      }),
      column.accessor('points', { header: t`Change`, meta: { align: 'end' }, cell: ({ getValue }) => <PointsChange value={getValue()} /> }),
      column.accessor('balanceAfter', {
        header: t`Balance after`,
        meta: { align: 'end', narrow: 'hide' },
        cell: ({ getValue }) => format.points(getValue(), { fixed: true }),
      }),
    ],
    [t, format],
  );
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Movements of points</Trans>
      </h2>
      <ResourceList
        label={t`Movements of points`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={total}
        source={source}
        empty={
          <p className={page.quiet}>
            <Trans>No movements yet.</Trans>
          </p>
        }
      />
    </section>
  );
}
