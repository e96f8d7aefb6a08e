import { useState, type ReactNode } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError, throwOperationErrors, toAppError, type OperationError } from '@ui/graphql/errors';
import classes from './Network.module.css';

const EMPTY = { reason: '', slug: '' };

interface LifeActionProps {
  /** What the button does, with the wholesaler's name. */
  name: string;
  label: ReactNode;
  title: ReactNode;
  /** What it means for people. */
  children: ReactNode;
  danger?: boolean;
  asksReason?: boolean;
  /** To be typed, so that nobody takes the wrong one. */
  slugToType?: string;
  run: (typed: typeof EMPTY) => Promise<readonly OperationError[] | undefined>;
  onDone: () => Promise<void>;
}

/** A step in the life of a wholesaler: a button, and a dialog that says what it means. */
export function LifeAction(props: LifeActionProps) {
  const { name, label, title, children, danger = false, asksReason = false, slugToType, run, onDone } = props;
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState(EMPTY);
  const act = useMutation({
    mutationFn: async () => throwOperationErrors(await run(typed)),
    onSuccess: async () => {
      setAsking(false);
      await onDone();
    },
  });
  const refused = act.isError ? toAppError(act.error) : null;
  const atField = (refused?.field === 'reason' && asksReason) || (refused?.field === 'slug' && slugToType !== undefined);
  const errorOf = (field: keyof typeof typed) => (refused?.field === field ? describeError(refused) : null);
  const change = (part: Partial<typeof typed>) => {
    if (act.isError) act.reset();
    setTyped((before) => ({ ...before, ...part }));
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={name}
        onClick={() => {
          act.reset();
          setTyped(EMPTY);
          setAsking(true);
        }}
      >
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={label}
        danger={danger}
        blocked={(asksReason && typed.reason.trim() === '') || (slugToType !== undefined && typed.slug.trim() === '')}
        pending={act.isPending}
        error={refused && !atField ? describeError(refused) : null}
        onConfirm={() => act.mutate()}
        onClose={() => setAsking(false)}
      >
        <div className={classes.dialog}>
          <p>{children}</p>
          {asksReason ? (
            <Textarea
              size="xs"
              label={t`Reason`}
              required
              rows={3}
              value={typed.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
              error={errorOf('reason')}
              data-autofocus
            />
          ) : null}
          {slugToType === undefined ? null : (
            <TextInput
              size="xs"
              label={t`Type ${slugToType} to confirm`}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={typed.slug}
              onChange={(event) => change({ slug: event.currentTarget.value })}
              error={errorOf('slug')}
            />
          )}
        </div>
      </ConfirmDialog>
    </>
  );
}
