import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLanguage } from '@ui/i18n/language';
import { StateLabel, type Tone } from '@console/app/StateLabel';
import type { Look } from './look';
import { verdictOf, type Moved } from './verdict';
import classes from './Branding.module.css';

/** What becomes of the colors, in words and numbers: text on them, how far links are moved, what hardly stands out. */
export function ContrastVerdict({ look }: { look: Look }) {
  const { t } = useLingui();
  const language = useLanguage();
  const verdict = verdictOf(look.primaryColor, look.accentColor, look.surfaceColor);
  const ratio = (value: number) => `${new Intl.NumberFormat(language === 'pl' ? 'pl-PL' : 'en-GB', { maximumFractionDigits: 1 }).format(value)} : 1`;
  const text = (color: 'black' | 'white') => (color === 'black' ? t`black text` : t`white text`);
  const move = (moved: Moved) => {
    const { percent, color } = moved;
    const reached = ratio(moved.ratio);
    if (percent === 0) return t`the exact color, ${reached}`;
    return moved.towards === 'black' ? t`darkened by ${percent}% to ${color}, ${reached}` : t`lightened by ${percent}% to ${color}, ${reached}`;
  };
  return (
    <>
    <dl className={classes.verdict} data-testid="verdict">
      <Row name={t`Filled buttons`} tone="good" sample={look.primaryColor}>
        {text(verdict.fill.text)}, {ratio(verdict.fill.ratio)}
      </Row>
      <Row name={t`The button on a white page`} tone={verdict.button.stands ? 'good' : 'warn'} sample={look.primaryColor}>
        {verdict.button.stands ? t`stands out, ${ratio(verdict.button.ratio)}` : t`hardly stands out, ${ratio(verdict.button.ratio)}; 3 : 1 is needed`}
      </Row>
      <Row name={t`Links and icons`} tone="good" sample={verdict.link.color}>
        {move(verdict.link)}
      </Row>
      <Row name={t`Links in dark mode`} tone="good" sample={verdict.linkInDark.color}>
        {move(verdict.linkInDark)}
      </Row>
      <Row name={t`Accent marks`} tone="good" sample={verdict.accent.color}>
        {move(verdict.accent)}
      </Row>
      <Row name={t`Start screen`} tone="good" sample={look.surfaceColor}>
        {text(verdict.surface.text)}, {ratio(verdict.surface.ratio)}
      </Row>
    </dl>
    <p className={classes.rule}>
      <Trans>
        Text needs 4.5 : 1. Your exact color fills buttons and the top of the page; where it would be hard to read, we move it just
        far enough.
      </Trans>
    </p>
    </>
  );
}

function Row({ name, tone, sample, children }: { name: string; tone: Tone; sample: string; children: ReactNode }) {
  return (
    <div className={classes.verdictRow}>
      <dt>
        <StateLabel tone={tone}>{name}</StateLabel>
      </dt>
      <dd>
        <span className={classes.sample} style={{ background: sample }} aria-hidden="true" />
        {children}
      </dd>
    </div>
  );
}
