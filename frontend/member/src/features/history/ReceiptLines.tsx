import { Trans } from '@lingui/react/macro';
import type { ResultOf } from '@member/api';
import { PointsChange } from '@ui/components/PointsChange';
import { useFormat } from '@ui/format/useFormat';
import type { EntryQuery } from './operations';
import classes from './EntrySheet.module.css';

type Line = NonNullable<ResultOf<typeof EntryQuery>['entry']>['lines'][number];

/** Each invoice line, the rules that gave it points and their arithmetic; also the lines that gave none, and that. */
export function ReceiptLines({ lines }: { lines: readonly Line[] }) {
  const format = useFormat();
  return (
    <>
      <h3 className={classes.heading}>
        <Trans>Why these points</Trans>
      </h3>
      <ol>
        {lines.map((line) => (
          <li key={line.position} className={classes.line}>
            <div className={classes.lineHead}>
              <span>{line.productName}</span>
              <PointsChange value={line.points} />
            </div>
            <div className={classes.product}>
              {[`${format.quantity(line.quantity)} ${line.unit ?? ''}`.trim(), format.money(line.net), line.sku].filter(Boolean).join(' · ')}
            </div>
            {line.reasons.length === 0 ? (
              <p className={classes.none}>
                <Trans>No rule gives points for this product.</Trans>
              </p>
            ) : null}
            {line.reasons.map((reason) => (
              <div key={`${reason.ruleName}${reason.ruleVersion}`} className={classes.reason}>
                <div>
                  {reason.sentence}
                  <div className={classes.rule}>
                    <Trans>
                      {reason.ruleName}, version {reason.ruleVersion}
                    </Trans>
                  </div>
                </div>
                {line.reasons.length > 1 ? <PointsChange value={reason.points} /> : null}
              </div>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}
