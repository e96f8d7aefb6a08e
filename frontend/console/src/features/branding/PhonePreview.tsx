import type { CSSProperties } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { textOn } from '@ui/brand/color';
import { brandTokens, temperOf } from '@ui/brand/theme';
import { Icon, type IconName } from '@ui/components/Icon';
import { PointsChange } from '@ui/components/PointsChange';
import { useFormat, useNamedPoints } from '@ui/format/useFormat';
import { Logo } from './Logo';
import type { Look } from './look';
import classes from './PhonePreview.module.css';

type Scheme = 'light' | 'dark';

const EXAMPLE = { available: '1234.00', pending: '86.50', held: '50.00', expiring: '120.00', next: '266.00', award: '42.00', spent: '-50.00' };

/** What the server puts into `/brand.css` and what `boot` and the theme make of it, for one element of this page. */
function dressed(look: Look, scheme: Scheme): CSSProperties {
  return {
    ...brandTokens(look, scheme),
    '--brand-primary': look.primaryColor,
    '--brand-primary-contrast': textOn(look.primaryColor),
    '--brand-accent': look.accentColor,
    // eslint-disable-next-line lingui/no-unlocalized-strings -- names of fonts
    fontFamily: `"${temperOf({ kind: 'wholesaler', ...look }).font}", system-ui, sans-serif`,
  } as CSSProperties;
}

/** The member's home as it will look: the same tokens, shapes and words, with figures of nobody. A picture: nothing in it works. */
export function PhonePreview({ look, logo, scheme }: { look: Look; logo: string | null; scheme: Scheme }) {
  const { t } = useLingui();
  const format = useFormat();
  const points = useNamedPoints({ one: look.pointOne, few: look.pointFew, many: look.pointMany, other: look.pointOther });
  const { character } = temperOf({ kind: 'wholesaler', ...look });
  const tabs: [IconName, string][] = [
    ['home', t`Home`],
    ['history', t`History`],
    ['shop', t`Shop`],
    ['wallet', t`Wallet`],
  ];
  return (
    <div role="img" aria-label={t`The member's home in these colors`} className={classes.phone} style={dressed(look, scheme)} data-look={character} data-testid="phone">
      <div className={classes.header} data-testid="phone-header">
        <Logo look={look} logo={logo} size={32} grounded={scheme === 'dark' || character === 'solid'} />
        <span className={classes.name}>{look.name}</span>
        <Icon name="bell" />
        <Icon name="person" />
      </div>
      <div className={classes.screen}>
        <div className={classes.hero} data-testid="phone-hero">
          <div className={classes.label}>
            <Trans>To spend now</Trans>
          </div>
          <div className={classes.figure}>
            {format.points(EXAMPLE.available)}
            <span className={classes.unit}>{points.word(EXAMPLE.available)}</span>
          </div>
          <div className={classes.parts}>
            <Part name={t`Pending`} value={format.points(EXAMPLE.pending)} />
            <Part name={t`Held`} value={format.points(EXAMPLE.held)} />
            <Part name={t`Expiring soon`} value={format.points(EXAMPLE.expiring)} />
          </div>
        </div>
        <Heading title={t`What next`} more={t`All rewards`} />
        <div className={classes.goal}>
          <span className={classes.goalName}>{format.money({ amount: '1500.00', currency: 'PLN' }, { short: true })}</span>
          <span className={classes.note}>
            <Trans>{points.figure(EXAMPLE.next, { genitive: true })} to go</Trans>
          </span>
          <span className={classes.meter}>
            <span />
          </span>
        </div>
        <Heading title={t`Latest points`} more={t`Whole history`} />
        <Row name={t`Points for purchases`} value={EXAMPLE.award} />
        <Row name={t`Reward ordered`} value={EXAMPLE.spent} />
      </div>
      <div className={classes.tabs}>
        {tabs.map(([icon, name], index) => (
          <span key={icon} className={classes.tab} data-current={index === 0}>
            <Icon name={icon} />
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}

function Part({ name, value }: { name: string; value: string }) {
  return (
    <div className={classes.part}>
      <span>{name}</span>
      <strong>{value}</strong>
    </div>
  );
}

function Heading({ title, more }: { title: string; more: string }) {
  return (
    <div className={classes.heading}>
      <strong>{title}</strong>
      <span className={classes.link}>{more}</span>
    </div>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div className={classes.row}>
      <span>{name}</span>
      <strong>
        <PointsChange value={value} />
      </strong>
    </div>
  );
}
