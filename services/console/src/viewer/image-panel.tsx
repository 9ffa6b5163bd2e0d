import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { CaseImage, Consensus } from '../cases/case-query.ts';
import { ImageArea } from './image-area.tsx';
import { Legend } from './legend.tsx';
import { layerOf } from './marks.ts';
import type { Mark, Reader } from './marks.ts';
import type { ViewSettings } from './use-view-settings.ts';
import { viewOfBoxes, wholeView } from './view.ts';
import './image-panel.css';

interface ImagePanelProps {
  readonly images: readonly CaseImage[];
  readonly readers: readonly Reader[];
  readonly consensus: Consensus | null;
  readonly marks: readonly Mark[];
  readonly lit: ReadonlySet<string>;
  readonly settings: ViewSettings;
  readonly onHighlight: (markKey: string | undefined) => void;
}

export function ImagePanel(props: ImagePanelProps): ReactNode {
  const { images, readers, consensus, marks, lit, settings, onHighlight } = props;
  const image = images.find(({ id }) => id === settings.imageId) ?? busiest(images, marks);
  const ofImage = useMemo(() => marks.filter(({ imageId }) => imageId === image?.id), [marks, image]);
  if (image === undefined) return <p className="muted">This case has no image.</p>;
  const isWhole = settings.isWhole || ofImage.length === 0;
  const view = isWhole
    ? wholeView(image)
    : viewOfBoxes(
        ofImage.map(({ box }) => box),
        image,
      );
  return (
    <figure className="image-panel" aria-label="Image area">
      <div className="image-panel__bar">
        <ImageTabs images={images} chosen={image} onChoose={settings.chooseImage} />
        {ofImage.length === 0 ? null : (
          <button className="button button--small" type="button" aria-pressed={isWhole} onClick={settings.toggleWhole}>
            Whole image <kbd>z</kbd>
          </button>
        )}
      </div>
      <ImageArea
        image={image}
        view={view}
        isWhole={isWhole}
        marks={ofImage.filter((mark) => !settings.hidden.has(layerOf(mark)))}
        lit={lit}
        onHighlight={onHighlight}
      />
      <Legend readers={readers} consensus={consensus} hidden={settings.hidden} onToggle={settings.toggleLayer} />
      <figcaption className="image-panel__caption">
        Boxes are drawn to scale on the matrix of {image.columns} × {image.rows} pixels. The image itself is not shown
        yet: pixels come with the imaging service.
      </figcaption>
    </figure>
  );
}

/** The image to begin with: the one with most marks, or the first. */
function busiest(images: readonly CaseImage[], marks: readonly Mark[]): CaseImage | undefined {
  const count = ({ id }: CaseImage): number => marks.filter(({ imageId }) => imageId === id).length;
  return images.toSorted((one, other) => count(other) - count(one))[0];
}

interface ImageTabsProps {
  readonly images: readonly CaseImage[];
  readonly chosen: CaseImage;
  readonly onChoose: (imageId: string) => void;
}

function ImageTabs({ images, chosen, onChoose }: ImageTabsProps): ReactNode {
  if (images.length === 1) return <span className="image-panel__name">{nameOf(chosen, 0)}</span>;
  return (
    <div className="image-panel__tabs" role="group" aria-label="Image">
      {images.map((image, index) => (
        <button
          key={image.id}
          className="button button--small"
          type="button"
          aria-pressed={image.id === chosen.id}
          onClick={() => onChoose(image.id)}
        >
          {nameOf(image, index)}
        </button>
      ))}
    </div>
  );
}

function nameOf({ description }: CaseImage, index: number): string {
  return description ?? `Image ${index + 1}`;
}
