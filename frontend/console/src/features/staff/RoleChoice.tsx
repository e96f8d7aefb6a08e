import { Checkbox } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { ROLES } from './roles';
import classes from './Staff.module.css';

interface RoleChoiceProps {
  chosen: readonly string[];
  error: string | null;
  onChange: (roles: string[]) => void;
}

export function RoleChoice({ chosen, error, onChange }: RoleChoiceProps) {
  const { i18n, t } = useLingui();
  return (
    <Checkbox.Group label={t`Roles`} value={[...chosen]} onChange={onChange} error={error}>
      <div className={classes.choices}>
        {ROLES.map(({ role, name, does }) => (
          <Checkbox key={role} value={role} size="xs" label={i18n._(name)} description={i18n._(does)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
