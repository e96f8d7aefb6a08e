import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type VariablesOf } from '@console/api';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { brandsQuery } from './brands';
import { FileProductsMutation } from './operations';
import classes from './Products.module.css';

type Input = VariablesOf<typeof FileProductsMutation>['input'];

const KEEP = 'keep';
const NONE = 'none';

interface FileProductsProps {
  /** By their ids, or by what the list is narrowed to. */
  chosen: Pick<Input, 'ids' | 'search' | 'withBrand' | 'withoutBrand'>;
  count: number;
  onDone: (changed: number) => void;
}

/** Many products under a brand or a category at once. */
export function FileProducts({ chosen, count, onDone }: FileProductsProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const brands = useQuery(brandsQuery);
  const [opened, setOpened] = useState(false);
  const [brand, setBrand] = useState(KEEP);
  const [category, setCategory] = useState('');
  const save = useMutation({
    mutationFn: async () => {
      const input: Input = {
        ...chosen,
        expected: count,
        setBrand: brand !== KEEP,
        brandId: brand === KEEP || brand === NONE ? null : brand,
        setCategory: category.trim() !== '',
        category,
      };
      const { fileProducts } = await execute(FileProductsMutation, { input });
      throwOperationErrors(fileProducts?.errors);
      return fileProducts?.changed ?? 0;
    },
    onSuccess: async (changed) => {
      await client.invalidateQueries({ queryKey: ['products'] });
      setOpened(false);
      onDone(changed);
    },
    onError: () => client.invalidateQueries({ queryKey: ['products'] }),
  });
  return (
    <>
      <Button size="compact-xs" onClick={() => setOpened(true)}>
        <Trans>Brand or category</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        title={<Plural value={count} one="Change # product" other="Change # products" />}
        confirmLabel={<Trans>Change them</Trans>}
        pending={save.isPending}
        blocked={brand === KEEP && category.trim() === ''}
        error={save.isError ? describeError(save.error) : null}
        onConfirm={() => save.mutate()}
        onClose={() => {
          save.reset();
          setOpened(false);
        }}
      >
        <div className={classes.filing}>
          <NativeSelect
            label={t`Brand`}
            value={brand}
            onChange={(event) => setBrand(event.currentTarget.value)}
            data={[
              { value: KEEP, label: t`leave as it is` },
              { value: NONE, label: t`Without a brand` },
              ...(brands.data ?? []).map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
          <TextInput label={t`Category`} placeholder={t`leave as it is`} value={category} maxLength={60} onChange={(event) => setCategory(event.currentTarget.value)} />
          <p>
            <Trans>Sales that were matched keep what they had; rules see the change from now on.</Trans>
          </p>
        </div>
      </ConfirmDialog>
    </>
  );
}
