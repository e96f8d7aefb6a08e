import { useState } from 'react';
import { NativeSelect, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@console/api';
import { ExportButton } from '@console/app/ExportButton';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { useFormat } from '@ui/format/useFormat';
import { FirmEvidenceQuery } from './operations';
import { YEARS } from './years';
import classes from './Firm.module.css';

/** Who of a firm got what in a year: evidence for the tax on prizes. */
export function Evidence({ firmId, search }: { firmId: string; search: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const [year, setYear] = useState(YEARS[0]);
  const evidence = useQuery({
    queryKey: ['firms', 'evidence', firmId, year],
    queryFn: ({ signal }) => execute(FirmEvidenceQuery, { firmId, year: Number(year) }, signal).then((data) => data.firmEvidence),
  });
  return (
    <section className={page.section}>
      <div className={classes.head}>
        <h2 className={page.subtitle}>
          <Trans>Who got what</Trans>
        </h2>
        <ExportButton kind="firms" search={search} year={Number(year)} disabled={false} />
        <NativeSelect size="xs" aria-label={t`Year`} data={YEARS} value={year} onChange={(event) => setYear(event.currentTarget.value)} />
      </div>
      {evidence.isPending ? <Skeleton height={80} /> : null}
      {evidence.isError && !evidence.data ? <ErrorState error={evidence.error} onRetry={() => void evidence.refetch()} /> : null}
      {evidence.data?.length === 0 ? (
        <p className={classes.note}>
          <Trans>No points and no rewards in {year}.</Trans>
        </p>
      ) : null}
      {evidence.data && evidence.data.length > 0 ? (
        <div className={classes.scroll}>
          <table className={classes.people} data-testid="evidence">
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Person</Trans>
                </th>
                <th scope="col" className={classes.end}>
                  <Trans>Points for the firm's purchases</Trans>
                </th>
                <th scope="col" className={classes.end}>
                  <Trans>Passed on</Trans>
                </th>
                <th scope="col" className={classes.end}>
                  <Trans>Points spent</Trans>
                </th>
                <th scope="col" className={classes.end}>
                  <Trans>Rewards</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {evidence.data.map((row) => (
                <tr key={row.memberId}>
                  <td>
                    <Link to="/members/$memberId" params={{ memberId: row.memberId }}>
                      {row.name}
                    </Link>
                  </td>
                  <td className={classes.end}>{format.points(row.points, { fixed: true })}</td>
                  <td className={classes.end}>{format.points(row.moved, { fixed: true })}</td>
                  <td className={classes.end}>{format.points(row.spent, { fixed: true })}</td>
                  <td className={classes.end}>
                    {row.values.length === 0 ? '–' : row.values.map((value) => <div key={value.currency}>{format.money(value)}</div>)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
