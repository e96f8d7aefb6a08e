import { Trans } from '@lingui/react/macro';
import { useFormat } from '@ui/format/useFormat';
import { replacedBy, todayInPoland, type Version } from './ruleState';

interface PublishTextProps {
  from: string | null;
  /** The rule's other versions. */
  others: readonly Version[];
  limited: boolean;
}

/** What publishing does, said before it is done. */
export function PublishText({ from, others, limited }: PublishTextProps) {
  const format = useFormat();
  const replaced = replacedBy(from, others);
  const day = from ? format.date(from) : '';
  return (
    <>
      <p>
        {from ? (
          <Trans>Purchases from {day} on earn by this version.</Trans>
        ) : (
          <Trans>Purchases of any day earn by this version, as soon as they are imported.</Trans>
        )}{' '}
        {!from || from <= todayInPoland() ? <Trans>Invoices that are already imported keep the points they were given.</Trans> : null}
      </p>
      {replaced.map(({ version, lastDay }) => (
        <p key={version}>
          {lastDay ? (
            <Trans>
              Version {version} applies up to {format.date(lastDay)}.
            </Trans>
          ) : (
            <Trans>Version {version} is withdrawn.</Trans>
          )}
        </p>
      ))}
      {limited && replaced.length > 0 ? (
        <p>
          <Trans>Caps and budget start anew.</Trans>
        </p>
      ) : null}
      <p>
        <Trans>A published version can be ended, but no longer changed.</Trans>
      </p>
    </>
  );
}

/** Whether a rule's JSON text has caps or a budget. */
export function isLimited(body: string): boolean {
  const rule = JSON.parse(body) as Record<string, unknown>;
  return 'caps' in rule || 'budget' in rule;
}
