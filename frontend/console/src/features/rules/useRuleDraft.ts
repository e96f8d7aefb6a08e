import { useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { useLanguage } from '@ui/i18n/language';
import { AppError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { blank, readRule, writeRule, type Fault, type Point, type RuleForm } from './form';
import { PublishRuleMutation, SaveRuleDraftMutation } from './operations';
import { todayInPoland, type Version } from './ruleState';

const written = (form: RuleForm) => JSON.stringify(writeRule(form));

function formOf(start: Version | null, point: Point): RuleForm {
  if (!start) return blank(todayInPoland());
  const form = readRule(start.body, point);
  // the next version begins today; the period of the one before is its own
  return start.state === 'DRAFT' ? form : { ...form, from: todayInPoland(), until: '' };
}

/** What is on the form and what of it is kept on the server. */
export function useRuleDraft(start: Version | null) {
  const client = useQueryClient();
  const point = useLanguage() === 'pl' ? ',' : '.';
  const [form, setForm] = useState(() => formOf(start, point));
  // what is saved: the draft's id and rule, and the text that it was saved with
  const [kept, setKept] = useState(() => ({ versionId: start?.state === 'DRAFT' ? start.id : null, ruleId: start?.ruleId ?? null, text: written(form) }));
  const [fault, setFault] = useState<Fault | null>(null);
  const body = written(form);
  const latest = useRef(kept);
  const remember = (next: typeof kept) => {
    latest.current = next;
    setKept(next);
  };

  const save = useMutation({
    mutationFn: async () => {
      const { saveRuleDraft } = await execute(SaveRuleDraftMutation, { input: { body, ruleId: latest.current.ruleId } });
      throwOperationErrors(saveRuleDraft?.errors);
      if (!saveRuleDraft?.rule) throw new AppError('SERVER', { status: 500 });
      return { versionId: saveRuleDraft.rule.id, ruleId: saveRuleDraft.rule.ruleId, text: body };
    },
    onSuccess: (next) => {
      setFault(null);
      remember(next);
      return client.invalidateQueries({ queryKey: ['rules'] });
    },
    onError: (error) => {
      const known = toAppError(error);
      setFault(known.code === 'BAD_RULE' ? { field: known.field ?? '', message: known.message } : null);
    },
  });

  const publish = useMutation({
    mutationFn: async (id: string) => {
      const { publishRule } = await execute(PublishRuleMutation, { input: { id } });
      throwOperationErrors(publishRule?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });

  const change = (part: Partial<RuleForm>) => {
    setFault(null);
    save.reset();
    setForm((before) => ({ ...before, ...part }));
  };
  return { form, change, body, kept, dirty: body !== kept.text, fault, save, publish };
}
