import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Claim } from '@member/features/joining/Claim';
import rows from '@member/features/program/rows.module.css';
import classes from './ProfileSheet.module.css';

/** For a member: what was collected elsewhere becomes part of what they have. */
export function ClaimSection({ onClaimed }: { onClaimed: () => void }) {
  const client = useQueryClient();
  const [claims, setClaims] = useState(0);
  const claimed = async () => {
    // points, history, firm, phone: all of it may be another now
    await client.invalidateQueries();
    setClaims((before) => before + 1);
    onClaimed();
  };
  return (
    <section className={rows.section} aria-labelledby="claim-title">
      <h2 className={rows.title} id="claim-title">
        <Trans>Points on another number or address</Trans>
      </h2>
      <p className={classes.muted}>
        <Trans>Did you give another phone number or e-mail at the counter? Show that it is yours and its points come here.</Trans>
      </p>
      <Claim key={claims} onClaimed={() => void claimed()} />
      <p role="status">{claims > 0 ? <Trans>Done. The points are on your account.</Trans> : null}</p>
    </section>
  );
}
