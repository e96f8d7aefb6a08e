import { Trans } from '@lingui/react/macro';
import type { ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { useFormat } from '@ui/format/useFormat';
import type { RecruitingQuery } from './operations';
import classes from './Recruiting.module.css';

type Credit = ResultOf<typeof RecruitingQuery>['recruiterCredits'][number];

/** Whom each representative brought, and what those were given. */
export function Credits({ rows }: { rows: readonly Credit[] }) {
  const format = useFormat();
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>What invitations brought</Trans>
      </h2>
      <p className={classes.note}>
        <Trans>Points are those that the firms who joined were given for their purchases, less what was taken back.</Trans>
      </p>
      <div className={classes.scroll}>
        <table className={classes.credits} data-testid="credits">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Name</Trans>
              </th>
              <th scope="col">
                <Trans>Invitations</Trans>
              </th>
              <th scope="col">
                <Trans>In the program</Trans>
              </th>
              <th scope="col">
                <Trans>Of those buying</Trans>
              </th>
              <th scope="col">
                <Trans>Points</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              // two may have the same name
              <tr key={place}>
                <td>{row.name}</td>
                <td>{format.count(row.invited)}</td>
                <td>{format.count(row.joined)}</td>
                <td>{format.count(row.buying)}</td>
                <td>{format.points(row.points, { fixed: true })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
