import { Trans, useLingui } from '@lingui/react/macro';
import { StateLabel } from '@console/app/StateLabel';
import { execute, type ResultOf } from '@console/hq/api';
import { useFormat } from '@ui/format/useFormat';
import { LifeAction } from './LifeAction';
import { CloseWholesalerMutation, ResumeWholesalerMutation, SuspendWholesalerMutation, WithdrawWholesalerMutation, type WholesalersQuery } from './operations';
import { isBeingMade, isOpen, wholesalerStateName, wholesalerTone } from './wholesalerState';
import classes from './Network.module.css';

type Wholesaler = ResultOf<typeof WholesalersQuery>['wholesalers'][number];

interface WholesalerRowProps {
  wholesaler: Wholesaler;
  onChanged: (id: string, sentence: string) => Promise<void>;
}

export function WholesalerRow({ wholesaler, onChanged }: WholesalerRowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, state, url, failure, adminName, adminEmail } = wholesaler;
  const attempt = wholesaler.attempts + 1;
  return (
    <li className={classes.row} data-testid="wholesaler-row">
      <div>
        <div className={classes.name}>{isOpen(state) ? <a href={url}>{name}</a> : name}</div>
        <div className={classes.quiet}>{url.replace(/^https?:\/\//, '')}</div>
      </div>
      <div>
        <StateLabel tone={wholesalerTone(state)}>{wholesalerStateName(state)}</StateLabel>
        <div className={classes.quiet}>{t`since ${format.date(wholesaler.createdAt)}`}</div>
        {failure ? (
          <div className={classes.trouble}>
            <Trans>
              Trouble: {failure}, trying again (attempt {attempt})
            </Trans>
          </div>
        ) : null}
      </div>
      <div className={classes.person}>
        {adminName ? <div>{adminName}</div> : null}
        {adminEmail ? <a href={`mailto:${adminEmail}`}>{adminEmail}</a> : null}
      </div>
      <div className={classes.actions}>
        <Actions wholesaler={wholesaler} onChanged={onChanged} />
      </div>
    </li>
  );
}

function Actions({ wholesaler: { id, name, slug, state }, onChanged }: WholesalerRowProps) {
  const { t } = useLingui();
  if (state === 'live') {
    return (
      <LifeAction
        name={t`Suspend ${name}`}
        label={<Trans>Suspend</Trans>}
        title={<Trans>Suspend {name}?</Trans>}
        asksReason
        run={({ reason }) => execute(SuspendWholesalerMutation, { input: { id, reason } }).then((data) => data.suspendWholesaler?.errors)}
        onDone={() => onChanged(id, t`${name} is suspended: read-only from now on.`)}
      >
        <Trans>Everybody can look, nobody can change anything. Orders that were begun are finished, and nothing expires meanwhile.</Trans>
      </LifeAction>
    );
  }
  if (isBeingMade(state)) {
    return (
      <LifeAction
        name={t`Take back ${name}`}
        label={<Trans>Take back</Trans>}
        title={<Trans>Take back {name}?</Trans>}
        danger
        run={() => execute(WithdrawWholesalerMutation, { input: { id } }).then((data) => data.withdrawWholesaler?.errors)}
        onDone={() => onChanged(id, t`${name} is not made any more.`)}
      >
        <Trans>It is not made, and its address stays taken.</Trans>
      </LifeAction>
    );
  }
  if (state !== 'suspended') return null;
  return (
    <>
      <LifeAction
        name={t`Resume ${name}`}
        label={<Trans>Resume</Trans>}
        title={<Trans>Resume {name}?</Trans>}
        run={() => execute(ResumeWholesalerMutation, { input: { id } }).then((data) => data.resumeWholesaler?.errors)}
        onDone={() => onChanged(id, t`${name} works again.`)}
      >
        <Trans>Everybody can use the program again as before.</Trans>
      </LifeAction>
      <LifeAction
        name={t`Close ${name}`}
        label={<Trans>Close</Trans>}
        title={<Trans>Close {name}?</Trans>}
        danger
        asksReason
        slugToType={slug}
        run={(typed) => execute(CloseWholesalerMutation, { input: { id, ...typed } }).then((data) => data.closeWholesaler?.errors)}
        onDone={() => onChanged(id, t`${name} is closed.`)}
      >
        <Trans>The address answers nobody any more. Nothing is deleted.</Trans>
      </LifeAction>
    </>
  );
}
