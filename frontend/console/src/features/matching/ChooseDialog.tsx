import { useState, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchField } from '@console/app/SearchField';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError } from '@ui/graphql/errors';
import classes from './Matching.module.css';

export interface Choice {
  id: string;
  name: string;
  more: string;
}

interface ChooseDialogProps {
  title: ReactNode;
  /** What follows from the choice. */
  children: ReactNode;
  label: string;
  confirmLabel: ReactNode;
  kind: string;
  find: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  first: string;
  /** What else is asked for, below the choice. */
  below?: ReactNode;
  /** What is asked for below is still missing. */
  blocked?: boolean;
  pending: boolean;
  error: unknown;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** One of many, found by typing, with the consequences above the button. */
export function ChooseDialog(props: ChooseDialogProps) {
  const { title, children, label, confirmLabel, kind, find, first, below, blocked = false, pending, error, onChoose, onClose } = props;
  const [text, setText] = useState<string | undefined>(first || undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['choices', kind, text ?? ''],
    queryFn: ({ signal }) => find(text ?? '', signal),
    placeholderData: keepPreviousData,
  });
  const failure = error ?? found.error;
  const present = found.data?.some((each) => each.id === chosen);
  return (
    <ConfirmDialog
      opened
      title={title}
      confirmLabel={confirmLabel}
      blocked={!present || blocked}
      pending={pending}
      error={failure ? describeError(failure) : undefined}
      onConfirm={() => {
        if (chosen && present) onChoose(chosen);
      }}
      onClose={onClose}
    >
      {children}
      <SearchField label={label} value={text} onSearch={setText} />
      <ul className={classes.found} aria-label={label}>
        {found.data?.map((each) => (
          <li key={each.id}>
            <label className={classes.choice}>
              <input type="radio" name="choice" checked={chosen === each.id} onChange={() => setChosen(each.id)} />
              <span>
                {each.name} <small>{each.more}</small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.data?.length === 0 ? (
        <p className={classes.nobody}>
          <Trans>Nothing found. Try fewer words.</Trans>
        </p>
      ) : null}
      {below}
    </ConfirmDialog>
  );
}
