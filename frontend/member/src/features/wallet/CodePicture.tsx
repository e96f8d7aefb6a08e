import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { UnstyledButton } from '@mantine/core';
import { linearOf, squareOf, type Drawing } from './barcode';
import classes from './CodePicture.module.css';

/** What a scanner at the till reads. Always dark on white, whatever the theme. */
export default function CodePicture({ code }: { code: string }) {
  const { t } = useLingui();
  const linear = linearOf(code);
  const [square, setSquare] = useState(linear === null);
  return (
    <div className={classes.picture}>
      {square || !linear ? <Picture drawing={squareOf(code)} label={t`QR code of the voucher`} quiet={4} square /> : <Picture drawing={linear} label={t`Bar code of the voucher`} quiet={10} />}
      {linear ? (
        <UnstyledButton className={classes.swap} onClick={() => setSquare(!square)}>
          {square ? <Trans>Show as a bar code</Trans> : <Trans>Show as a QR code</Trans>}
        </UnstyledButton>
      ) : null}
    </div>
  );
}

interface PictureProps {
  drawing: Drawing;
  label: string;
  quiet: number;
  square?: boolean;
}

function Picture({ drawing, label, quiet, square = false }: PictureProps) {
  const width = drawing.width + quiet * 2;
  const height = drawing.height + (square ? quiet * 2 : 8);
  return (
    <svg className={square ? classes.square : classes.linear} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} shapeRendering="crispEdges" preserveAspectRatio={square ? 'xMidYMid meet' : 'none'}>
      <rect width={width} height={height} fill="#fff" />
      <path d={drawing.path} fill="#000" transform={`translate(${quiet} ${square ? quiet : 4})`} />
    </svg>
  );
}
