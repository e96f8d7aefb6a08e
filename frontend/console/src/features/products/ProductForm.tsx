import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { AppError, describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { brandsQuery } from './brands';
import { SaveProductMutation } from './operations';
import classes from './Products.module.css';

export interface Typed {
  sku: string;
  name: string;
  ean: string;
  producerCode: string;
  unit: string;
  category: string;
  brandId: string;
}

interface ProductFormProps {
  id: string | null;
  known: Typed;
  label: React.ReactNode;
  onSaved: (id: string) => void | Promise<void>;
}

/** The facts of one product. What is refused is said beside its field, and nothing typed is lost. */
export function ProductForm({ id, known, label, onSaved }: ProductFormProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const brands = useQuery(brandsQuery);
  const [typed, setTyped] = useState(known);
  const save = useMutation({
    mutationFn: async () => {
      const { saveProduct } = await execute(SaveProductMutation, { input: { id, ...typed, brandId: typed.brandId || null } });
      throwOperationErrors(saveProduct?.errors);
      if (!saveProduct?.product) throw new AppError('SERVER', { status: 500 });
      return saveProduct.product.id;
    },
    onSuccess: async (saved) => {
      await onSaved(saved);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['products'] }),
        client.invalidateQueries({ queryKey: ['unmatched'] }),
        client.invalidateQueries({ queryKey: ['learned'] }),
      ]);
    },
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const fields: (keyof Typed)[] = ['sku', 'name', 'ean', 'producerCode', 'unit', 'category', 'brandId'];
  // the server names its fields in its own way
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  const at = (name: keyof Typed) => (refused?.field && plain(refused.field) === plain(name) ? describeError(refused) : null);
  const elsewhere = refused && !fields.some((name) => at(name)) ? describeError(refused) : null;
  const set = (name: keyof Typed) => (event: { currentTarget: { value: string } }) => {
    const value = event.currentTarget.value;
    save.reset();
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const field = (name: keyof Typed) => ({ size: 'sm' as const, autoComplete: 'off', value: typed[name], onChange: set(name), error: at(name) });
  return (
    <form
      noValidate
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput label={t`Product name`} maxLength={255} {...field('name')} />
      <div className={classes.pair}>
        <TextInput label={t`SKU`} maxLength={60} {...field('sku')} />
        <TextInput label={t`EAN`} maxLength={14} inputMode="numeric" {...field('ean')} />
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label={t`Brand`}
          {...field('brandId')}
          data={[{ value: '', label: t`Without a brand` }, ...(brands.data ?? []).map((each) => ({ value: each.id, label: each.name }))]}
        />
        <TextInput label={t`Producer's code`} maxLength={60} {...field('producerCode')} />
      </div>
      <div className={classes.pair}>
        <TextInput label={t`Category`} maxLength={60} {...field('category')} />
        <TextInput label={t`Unit`} maxLength={20} {...field('unit')} />
      </div>
      <p className={classes.note}>
        <Trans>Sales that wait for this product follow by themselves. Sales that have a product and a brand already keep them.</Trans>
      </p>
      <div>
        <Button size="sm" type="submit" loading={save.isPending}>
          {label}
        </Button>
      </div>
      {elsewhere ? (
        <p role="alert" className={classes.error}>
          {elsewhere}
        </p>
      ) : null}
      <p role="status">{save.isSuccess && id ? <Trans>Saved.</Trans> : null}</p>
    </form>
  );
}
