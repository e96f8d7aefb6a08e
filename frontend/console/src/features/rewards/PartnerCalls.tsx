import { Trans } from '@lingui/react/macro';
import { useFormat } from '@ui/format/useFormat';
import type { Partner } from './PartnerSection';
import classes from './Rewards.module.css';

export function PartnerCalls({ calls }: { calls: Partner['calls'] }) {
  const format = useFormat();
  if (calls.length === 0) {
    return (
      <p className={classes.hint}>
        <Trans>No calls yet.</Trans>
      </p>
    );
  }
  return (
    <div className={classes.scroll}>
      <table className={`${classes.values} ${classes.calls}`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col">
              <Trans>Call</Trans>
            </th>
            <th scope="col">
              <Trans>Answer</Trans>
            </th>
            <th scope="col">
              <Trans>Time</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.requestId}>
              <td>{format.dateTime(call.at)}</td>
              <td>
                <code>{call.operation}</code>
              </td>
              <td>{call.status ?? <Trans>none</Trans>}</td>
              <td>
                <Trans>{format.count(call.milliseconds)} ms</Trans>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
