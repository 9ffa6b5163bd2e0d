export type { Anchor, AnchoredHead } from './anchor.ts';
export { AnchorConflict, AnchorUnavailable } from './anchor.ts';
export { bucketAccessOf, bucketFields, type BucketVariables } from './bucket-environment.ts';
export { FolderAnchor } from './folder-anchor.ts';
export { type BucketAccess, isBucketUrl, openAnchor } from './open-anchor.ts';
