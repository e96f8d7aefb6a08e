import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { ButtonLink } from '@ui/components/ButtonLink';
import classes from './CheckoutPage.module.css';

interface UnsettledNoticeProps {
  value: string;
  pending: boolean;
  onRepeat: () => void;
}

/** The order left this phone and no answer came: say so, and offer only what cannot order twice. */
export function UnsettledNotice({ value, pending, onRepeat }: UnsettledNoticeProps) {
  return (
    <div className={classes.unsettled} role="alert">
      <strong>
        <Trans>We do not know whether your order went through</Trans>
      </strong>
      <p>
        <Trans>
          You ordered a voucher for {value} and the answer did not reach us. Ask again: it is the same order, so it can never be taken
          twice.
        </Trans>
      </p>
      <div className={classes.actions}>
        <Button onClick={onRepeat} loading={pending}>
          <Trans>Ask again</Trans>
        </Button>
        <ButtonLink to="/orders" variant="default">
          <Trans>See my orders</Trans>
        </ButtonLink>
      </div>
    </div>
  );
}
