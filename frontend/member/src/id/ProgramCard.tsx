import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { BrandLogo } from '@ui/components/BrandMark';
import { parseHex, textOn } from '@ui/brand/color';
import { useFormat } from '@ui/format/useFormat';
import { hasStaffRole, isMember } from '@ui/session/roles';
import { consoleUrl, memberUrl, type ProgramCardData } from './programs';
import classes from './Id.module.css';

/** One program as a pass in its wholesaler's own color. */
export function ProgramCard({ program }: { program: ProgramCardData }) {
  const { t } = useLingui();
  const format = useFormat();
  const fill = parseHex(program.primaryColor) ? program.primaryColor : '#3b4750';
  const text = textOn(fill);
  const style = { '--pass': fill, '--pass-text': text } as React.CSSProperties;
  const member = isMember(program.roles);
  return (
    <li className={classes.card} data-testid="program-card" data-wholesaler={program.wholesaler}>
      <div className={classes.pass} data-member={member} style={style}>
        <h2 className={classes.passHead}>
          <BrandLogo brand={{ ...program, primaryColor: text }} size={32} onColor />
          {program.name}
        </h2>
        {member && program.balance !== null ? (
          <p className={classes.balance}>
            {format.points(program.balance)} <span className={classes.unit}>{format.pointWord(program.balance, program.pointForms)}</span>
          </p>
        ) : null}
        {member && program.asOf ? (
          <p className={classes.asOf}>
            <Trans>As of {format.dateTime(program.asOf)}</Trans>
          </p>
        ) : null}
      </div>
      <div className={classes.actions}>
        {member ? (
          <Button component="a" href={memberUrl(program.url)} color={fill} aria-label={t`Open ${program.name}`}>
            <Trans>Open</Trans>
          </Button>
        ) : null}
        {hasStaffRole(program.roles) ? (
          <Button component="a" href={consoleUrl(program.url)} variant="default" aria-label={t`Console of ${program.name}`}>
            <Trans>Console</Trans>
          </Button>
        ) : null}
      </div>
    </li>
  );
}
