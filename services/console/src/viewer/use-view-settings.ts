import { useCallback, useMemo, useState } from 'react';

export interface ViewSettings {
  readonly isWhole: boolean;
  readonly toggleWhole: () => void;
  /** Layers that are switched off. */
  readonly hidden: ReadonlySet<string>;
  readonly toggleLayer: (layer: string) => void;
  readonly imageId: string | undefined;
  readonly chooseImage: (imageId: string) => void;
}

/** Kept from case to case: who compares many cases sets them once. */
export function useViewSettings(): ViewSettings {
  const [isWhole, setIsWhole] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [imageId, chooseImage] = useState<string>();
  const toggleWhole = useCallback(() => setIsWhole((before) => !before), []);
  const toggleLayer = useCallback((layer: string) => {
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(layer)) after.add(layer);
      return after;
    });
  }, []);
  return useMemo(
    () => ({ isWhole, toggleWhole, hidden, toggleLayer, imageId, chooseImage }),
    [isWhole, toggleWhole, hidden, toggleLayer, imageId],
  );
}
