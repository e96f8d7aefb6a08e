import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { CopyButton } from '@ui/components/CopyButton';
import classes from './Id.module.css';

/** Shown once: only their seals are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useLingui();
  return (
    <section className={classes.setup} aria-labelledby="recovery-codes">
      <h2 id="recovery-codes" className={classes.heading}>
        <Trans>Keep your recovery codes</Trans>
      </h2>
      <p>
        <Trans>
          They let you in when the app or the passkey is gone. Each works once. Print them or put them into a password manager: we show them this
          one time.
        </Trans>
      </p>
      <ul className={classes.codes} data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.pair}>
        <CopyButton text={codes.join('\n')} label={t`Copy the codes`} />
        <Button onClick={onKept}>
          <Trans>I have kept them</Trans>
        </Button>
      </div>
    </section>
  );
}
