import { useState } from 'react';
import { Button, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { MessagePreview } from './MessagePreview';
import { RestoreMessageTemplateMutation, SaveMessageTemplateMutation } from './operations';
import { PartField, type Field } from './PartField';
import { insertAt, PARTS, partsOf, type MessageTemplate, type Part, type Parts } from './templates';
import { usePreview } from './usePreview';
import classes from './Messages.module.css';

export function TemplateForm({ template }: { template: MessageTemplate }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const { kind, language } = template;
  const saved = partsOf(template);
  const [parts, setParts] = useState(saved);
  const [asking, setAsking] = useState(false);
  const [place, setPlace] = useState<{ part: Part; node: Field } | null>(null);
  const preview = usePreview(kind, language, parts);
  const refresh = () => client.invalidateQueries({ queryKey: ['messages'] });
  const save = useMutation({
    mutationFn: async (input: Parts) => {
      const { saveMessageTemplate } = await execute(SaveMessageTemplateMutation, { input: { kind, language, ...input } });
      throwOperationErrors(saveMessageTemplate?.errors);
    },
    onSuccess: refresh,
  });
  const restore = useMutation({
    mutationFn: async () => {
      const { restoreMessageTemplate } = await execute(RestoreMessageTemplateMutation, { input: { kind, language } });
      throwOperationErrors(restoreMessageTemplate?.errors);
    },
    onSuccess: refresh,
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const problem = preview.data?.problem ?? null;
  const errorOf = (part: Part) => (refused?.field === part ? describeError(refused) : problem?.part === part ? problem.message : null);
  const change = (part: Part, text: string) => {
    save.reset();
    setParts((before) => ({ ...before, [part]: text }));
  };
  const insert = (name: string) => {
    const part = place?.part ?? 'text';
    const text = parts[part];
    const start = place?.node.selectionStart ?? text.length;
    const next = insertAt(text, `{{ ${name} }}`, start, place?.node.selectionEnd ?? start);
    change(part, next.text);
    requestAnimationFrame(() => {
      place?.node.focus();
      place?.node.setSelectionRange(next.caret, next.caret);
    });
  };
  const field = (part: Part) => ({
    value: parts[part],
    error: errorOf(part),
    language,
    onPlace: (node: Field) => setPlace({ part, node }),
    onChange: (text: string) => change(part, text),
  });
  const same = PARTS.every((part) => parts[part] === saved[part]);
  return (
    <div className={classes.columns}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(parts);
        }}
      >
        <p className={classes.hint}>
          {template.ownSince ? (
            <Trans>Your own words since {format.dateTime(template.ownSince)}. What was sent before stays as it was.</Trans>
          ) : (
            <Trans>These are the platform's words. Change and save them, and they are yours.</Trans>
          )}
        </p>
        <PartField {...field('subject')} label={t`Subject`} limit={300} />
        <div>
          <div className={classes.hint} id="variables">
            <Trans>Put in where the caret is:</Trans>
          </div>
          <ul className={classes.variables} aria-labelledby="variables">
            {template.variables.map((each) => (
              <li key={each.name}>
                <UnstyledButton className={classes.variable} onClick={() => insert(each.name)} title={each.sample}>
                  {each.name}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </div>
        <PartField
          {...field('text')}
          label={t`In the app`}
          description={t`Plain text; an empty line begins a paragraph. Also the text part of the e-mail.`}
          limit={10_000}
          rows={[4, 14]}
        />
        <PartField
          {...field('mjml')}
          label={t`In the e-mail`}
          description={t`MJML between head and foot of your brand: mj-text, mj-table, mj-divider, mj-spacer.`}
          limit={20_000}
          rows={[6, 20]}
          code
        />
        <PartField {...field('action')} label={t`Button`} limit={100} />
        <div className={classes.actions}>
          <Button type="submit" disabled={same || problem !== null} loading={save.isPending}>
            <Trans>Save the message</Trans>
          </Button>
          {same ? null : (
            <Button variant="default" onClick={() => setParts(saved)}>
              <Trans>Undo the changes</Trans>
            </Button>
          )}
          {template.ownSince && same ? (
            <Button variant="default" onClick={() => setAsking(true)}>
              <Trans>Back to the platform's words</Trans>
            </Button>
          ) : null}
          {refused && !PARTS.includes(refused.field as Part) ? (
            <span role="alert" className={classes.error}>
              {describeError(refused)}
            </span>
          ) : null}
        </div>
      </form>
      <section>
        <h2 className={page.subtitle}>
          <Trans>As the member sees it</Trans>
        </h2>
        <MessagePreview kind={kind} language={language} preview={preview} />
      </section>
      <ConfirmDialog
        opened={asking}
        title={<Trans>Back to the platform's words?</Trans>}
        confirmLabel={<Trans>Put them back</Trans>}
        pending={restore.isPending}
        error={restore.isError ? describeError(restore.error) : null}
        onConfirm={() => restore.mutate()}
        onClose={() => setAsking(false)}
      >
        <Trans>Your text is taken out of use. It stays in the audit trail, but not on this screen.</Trans>
      </ConfirmDialog>
    </div>
  );
}
