import type { Calibration, ReliabilityBin } from '@consilium/consensus';
import { drawing, element, textAt } from './svg.ts';
import type { OutOfSample } from './weigh-workers.ts';

const side = 360;
const [left, top] = [84, 72];
const barsTop = top + side + 36;
const barsHeight = 72;
/** Of two colours that people who do not tell red from green keep apart; the shapes differ too. */
const before = { colour: '#b35806', text: 'before tempering' } as const;
const after = { colour: '#2166ac', text: 'after tempering' } as const;

const x = (probability: number): number => left + probability * side;
const y = (share: number): number => top + (1 - share) * side;

/** How often the first label was right, against the probability that was stated for it, on questions that nothing was fitted on. */
export function drawCalibration({ bins, calibration }: OutOfSample): string {
  const heading = 'Calibration before and after tempering';
  const questions = calibration.after.items;
  const said = `${String(questions)} questions out of sample; temper ${calibration.temper.toFixed(2)}; whiskers are 95 % intervals`;
  return drawing({ width: left + side + 236, height: barsTop + barsHeight + 52, title: heading, description: said }, [
    textAt(16, 26, heading, { 'font-size': 16, 'font-weight': 'bold' }),
    textAt(16, 46, said),
    ...axes(questions),
    ...points(bins.before, before.colour, 'circle', -3),
    ...points(bins.after, after.colour, 'square', 3),
    ...bars(bins.before, before.colour, 0, questions),
    ...bars(bins.after, after.colour, 1, questions),
    ...legend(calibration.before, 'circle', before, 0),
    ...legend(calibration.after, 'square', after, 1),
  ]);
}

function axes(questions: number): readonly string[] {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, dashes = 'none'): string =>
    element('line', { x1, y1, x2, y2, stroke, 'stroke-dasharray': dashes });
  const bottom = barsTop + barsHeight;
  return [
    ...ticks.flatMap((tick) => [
      line(x(tick), top, x(tick), top + side, '#ddd'),
      line(left, y(tick), left + side, y(tick), '#ddd'),
      textAt(x(tick), top + side + 18, tick.toFixed(1), { 'text-anchor': 'middle' }),
      textAt(left - 8, y(tick) + 4, tick.toFixed(1), { 'text-anchor': 'end' }),
    ]),
    line(x(0), y(0), x(1), y(1), '#666', '5 4'),
    element('rect', { x: left, y: top, width: side, height: side, fill: 'none', stroke: '#666' }),
    textAt(0, 0, 'share of questions with the true label', {
      'text-anchor': 'middle',
      transform: `translate(34 ${String(top + side / 2)}) rotate(-90)`,
    }),
    line(left, bottom, left + side, bottom, '#666'),
    textAt(left - 8, barsTop + 8, String(questions), { 'text-anchor': 'end' }),
    textAt(left - 8, bottom, '0', { 'text-anchor': 'end' }),
    textAt(0, 0, 'questions', {
      'text-anchor': 'middle',
      transform: `translate(34 ${String(barsTop + barsHeight / 2)}) rotate(-90)`,
    }),
    textAt(left + side / 2, bottom + 32, 'stated probability of the first label (bins of a tenth)', {
      'text-anchor': 'middle',
    }),
  ];
}

type Shape = 'circle' | 'square';

function mark(shape: Shape, at: number, height: number, fill: string): string {
  return shape === 'circle'
    ? element('circle', { cx: at, cy: height, r: 5, fill: '#fff', stroke: fill, 'stroke-width': 2 })
    : element('rect', { x: at - 5, y: height - 5, width: 10, height: 10, fill });
}

/** `shift` in pixels, so that the two do not hide each other. */
function points(bins: readonly ReliabilityBin[], colour: string, shape: Shape, shift: number): readonly string[] {
  return bins.flatMap(({ items, right, meanStated, interval }) => {
    if (meanStated === null) return [];
    const at = x(meanStated) + shift;
    return [
      element('line', {
        x1: at,
        y1: y(interval.low),
        x2: at,
        y2: y(interval.high),
        stroke: colour,
        'stroke-width': 1.5,
      }),
      mark(shape, at, y(right / items), colour),
    ];
  });
}

function bars(bins: readonly ReliabilityBin[], fill: string, place: 0 | 1, questions: number): readonly string[] {
  const width = side / bins.length / 2 - 3;
  return bins.flatMap(({ from, items }) => {
    if (items === 0) return [];
    const height = (items / questions) * barsHeight;
    const at = x(from) + 2 + place * (width + 1);
    return [
      element('rect', { x: at, y: barsTop + barsHeight - height, width, height, fill }),
      textAt(at + width / 2, barsTop + barsHeight - height - 3, String(items), {
        'text-anchor': 'middle',
        'font-size': 10,
      }),
    ];
  });
}

function legend(
  { calibrationError, logLoss }: Calibration,
  shape: Shape,
  { colour, text }: { readonly colour: string; readonly text: string },
  place: 0 | 1,
): readonly string[] {
  const [at, height] = [left + side + 24, top + 16 + place * 84];
  return [
    mark(shape, at + 5, height - 4, colour),
    textAt(at + 20, height, text, { 'font-weight': 'bold' }),
    textAt(at + 20, height + 20, `calibration error ${calibrationError.toFixed(4)}`),
    textAt(at + 20, height + 38, `log loss ${logLoss.toFixed(4)} nats`),
  ];
}
