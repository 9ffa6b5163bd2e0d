export type { Anchor, AnchoredHead } from './anchor.ts';
export { AnchorConflict, AnchorUnavailable } from './anchor.ts';
export { FolderAnchor } from './folder-anchor.ts';
export { type BucketAccess, isBucketUrl, openAnchor } from './open-anchor.ts';
