import { useState } from 'react';
import { NativeSelect, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { isZero } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { EvidenceQuery } from './operations';
import classes from './Firm.module.css';

const THIS_YEAR = new Date().getFullYear();
const YEARS = [0, 1, 2, 3, 4].map((back) => String(THIS_YEAR - back));

/** Who got what in a year: for the firm's own books. */
export function Evidence() {
  const { t } = useLingui();
  const format = useFormat();
  const [year, setYear] = useState(String(THIS_YEAR));
  const evidence = useQuery({
    queryKey: ['firm', 'evidence', year],
    queryFn: ({ signal }) => execute(EvidenceQuery, { year: Number(year) }, signal).then((data) => data.firmEvidence),
  });
  return (
    <section className={rows.section} aria-labelledby="evidence-title">
      <div className={rows.head}>
        <h2 className={rows.title} id="evidence-title">
          <Trans>Who got what</Trans>
        </h2>
        <NativeSelect aria-label={t`Year`} data={YEARS} value={year} onChange={(event) => setYear(event.currentTarget.value)} />
      </div>
      {evidence.isPending ? <Skeleton height={120} /> : null}
      {evidence.isError && !evidence.data ? <ErrorState error={evidence.error} onRetry={() => void evidence.refetch()} /> : null}
      {evidence.data?.length === 0 ? (
        <p className={rows.lead}>
          <Trans>No points and no rewards in {year}.</Trans>
        </p>
      ) : null}
      {evidence.data && evidence.data.length > 0 ? (
        <table className={classes.evidence}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Person</Trans>
              </th>
              <th scope="col">
                <Trans>Points</Trans>
              </th>
              <th scope="col">
                <Trans>Rewards</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {evidence.data.map((row) => (
              <tr key={row.memberId}>
                <td>{row.name}</td>
                <td>
                  {format.points(row.points, { fixed: true })}
                  {isZero(row.moved) ? null : (
                    <div className={classes.muted}>
                      <Trans>passed on: {format.points(row.moved, { fixed: true })}</Trans>
                    </div>
                  )}
                </td>
                <td>
                  {row.values.length === 0 ? '–' : row.values.map((value) => <div key={value.currency}>{format.money(value)}</div>)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
