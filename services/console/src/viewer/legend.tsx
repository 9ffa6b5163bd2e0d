import type { ReactNode } from 'react';
import { plural } from '../layout/format.ts';
import type { Consensus } from '../cases/case-query.ts';
import { consensusLayer, readerLayer } from './marks.ts';
import type { Reader } from './marks.ts';
import { readerColour } from './reader-colour.ts';
import './legend.css';

interface LegendProps {
  readonly readers: readonly Reader[];
  readonly consensus: Consensus | null;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (layer: string) => void;
}

/** What is drawn, by whom, and switches to hide it. A reader who found nothing has nothing to switch. */
export function Legend({ readers, consensus, hidden, onToggle }: LegendProps): ReactNode {
  if (readers.length === 0 && consensus === null) return null;
  return (
    <fieldset className="legend">
      <legend className="visually-hidden">Shown on the image</legend>
      {readers.map(({ number, annotation }) => {
        const layer = readerLayer(number);
        const boxes = annotation.regions.length;
        return (
          <LegendItem
            key={layer}
            name={`Reader ${number}`}
            note={boxes > 0 ? plural(boxes, 'box', 'boxes') : 'nothing there'}
            swatch={`legend__swatch--reader ${readerColour(number)}`}
            isShown={!hidden.has(layer)}
            onToggle={boxes > 0 ? () => onToggle(layer) : undefined}
          />
        );
      })}
      {consensus === null ? null : (
        <LegendItem
          name="Consensus"
          note={consensus.regions.length > 0 ? 'dashed where not present' : 'no region'}
          swatch="legend__swatch--consensus"
          isShown={!hidden.has(consensusLayer)}
          onToggle={consensus.regions.length > 0 ? () => onToggle(consensusLayer) : undefined}
        />
      )}
    </fieldset>
  );
}

interface LegendItemProps {
  readonly name: string;
  readonly note: string;
  readonly swatch: string;
  readonly isShown: boolean;
  readonly onToggle: (() => void) | undefined;
}

function LegendItem({ name, note, swatch, isShown, onToggle }: LegendItemProps): ReactNode {
  return (
    <label className={onToggle === undefined ? 'legend__item legend__item--fixed' : 'legend__item'}>
      <input
        type="checkbox"
        checked={onToggle !== undefined && isShown}
        disabled={onToggle === undefined}
        onChange={onToggle}
      />
      <span className={`legend__swatch ${swatch}`} aria-hidden="true" />
      <span>
        {name} <span className="muted">{note}</span>
      </span>
    </label>
  );
}
