import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Icon } from './Icon';

async function copy(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  // A phone that reaches a development host over plain HTTP has no clipboard API.
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
  document.execCommand('copy');
  field.remove();
}

export function CopyButton({ text, fullWidth = false, label }: { text: string; fullWidth?: boolean; label?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(null), outcome === 'copied' ? 2500 : 10_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <Button
        variant="default"
        fullWidth={fullWidth}
        leftSection={<Icon name={outcome === 'copied' ? 'check' : 'copy'} size={18} />}
        onClick={() => void copy(text).then(() => setOutcome('copied'), () => setOutcome('failed'))}
      >
        {outcome === 'copied' ? <Trans>Copied</Trans> : (label ?? <Trans>Copy the code</Trans>)}
      </Button>
      <span role="status">
        {outcome === 'copied' ? (
          <span className="k-hidden">
            <Trans>Copied</Trans>
          </span>
        ) : null}
        {outcome === 'failed' ? <Trans>Copying failed. Select the code and copy it by hand.</Trans> : null}
      </span>
    </>
  );
}
