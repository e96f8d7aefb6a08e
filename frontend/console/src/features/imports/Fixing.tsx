import { createContext, use, useState, type ReactNode } from 'react';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { fieldName } from './fieldName';
import { FixImportMutation } from './operations';
import type { Problem } from './ProblemTable';
import classes from './BatchPage.module.css';

interface Draft {
  value: string;
  everywhere: boolean;
}

interface Drafts {
  all: ReadonlyMap<string, Draft>;
  set: (id: string, draft: Draft | null) => void;
}

const DraftsContext = createContext<Drafts>({ all: new Map(), set: () => undefined });

async function fix(id: string, drafts: ReadonlyMap<string, Draft>): Promise<void> {
  const fixes = [...drafts].map(([problemId, { value, everywhere }]) => ({ problemId, value, everywhere }));
  const { fixImport } = await execute(FixImportMutation, { input: { id, fixes } });
  throwOperationErrors(fixImport?.errors);
}

/** Around a list of problems: collects the corrected cells, then has the file checked again with all of them. */
export function Fixing({ batchId, children }: { batchId: string; children: ReactNode }) {
  const client = useQueryClient();
  const [all, setAll] = useState<ReadonlyMap<string, Draft>>(new Map());
  const set = (id: string, draft: Draft | null) =>
    setAll((before) => {
      const next = new Map(before);
      if (draft) next.set(id, draft);
      else next.delete(id);
      return next;
    });
  const fixing = useMutation({
    mutationFn: () => fix(batchId, all),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <DraftsContext value={{ all, set }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (all.size > 0 && !fixing.isPending) fixing.mutate();
        }}
      >
        {children}
        {all.size > 0 ? (
          <div className={classes.fixes}>
            <span role="status">
              <Plural value={all.size} one="# correction" other="# corrections" />
            </span>
            <Button size="xs" type="submit" loading={fixing.isPending}>
              <Trans>Save and check again</Trans>
            </Button>
            <Button size="xs" variant="default" disabled={fixing.isPending} onClick={() => setAll(new Map())}>
              <Trans>Undo</Trans>
            </Button>
            {fixing.isError ? (
              <p role="alert" className={classes.refused}>
                {describeError(fixing.error)}
              </p>
            ) : null}
          </div>
        ) : null}
      </form>
    </DraftsContext>
  );
}

/** The cell of a problem, where it can be corrected; the file itself stays as it is. */
export function FixCell({ problem }: { problem: Problem }) {
  const { t } = useLingui();
  const { all, set } = use(DraftsContext);
  const { id, fixField, value: wrong, same } = problem;
  const [opened, setOpened] = useState(problem.severity === 'ERROR');
  if (fixField === null) return null;
  const draft = all.get(id);
  const old = wrong ?? '';
  const name = fieldName(fixField) ?? fixField;
  const place = problem.row === null ? (problem.document ?? '') : t`line ${problem.row}`;
  // A notice asks for nothing: its cell is there for whoever sees a slip of the pen in it.
  if (!opened) {
    return (
      <div className={classes.fix}>
        <Button size="compact-xs" variant="default" aria-label={t`Correct: ${name}, ${place}`} onClick={() => setOpened(true)}>
          <Trans>Correct</Trans>
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.fix}>
      <TextInput
        size="xs"
        aria-label={t`Correct value: ${name}, ${place}`}
        maxLength={1000}
        value={draft?.value ?? old}
        onChange={(event) => {
          const value = event.currentTarget.value;
          set(id, value === old ? null : { value, everywhere: draft?.everywhere ?? (problem.everywhere && same > 1) });
        }}
      />
      {problem.everywhere && same > 1 ? (
        <Checkbox
          size="xs"
          label={<Plural value={same} one="everywhere (# place)" other="everywhere (# places)" />}
          checked={draft?.everywhere ?? true}
          disabled={!draft}
          onChange={(event) => set(id, draft ? { ...draft, everywhere: event.currentTarget.checked } : null)}
        />
      ) : null}
    </div>
  );
}
