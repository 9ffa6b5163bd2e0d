import type { Anchor } from './anchor.ts';
import { BucketAnchor } from './bucket-anchor.ts';
import { FolderAnchor } from './folder-anchor.ts';

/** What opens a bucket. */
export interface BucketAccess {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export const isBucketUrl = (place: string): boolean => /^https?:\/\//.test(place);

/**
 * A folder, or the URL of a bucket (`https://host/bucket/prefix`), which needs `access`. @throws TypeError without it
 */
export function openAnchor(place: string, access: BucketAccess | undefined): Anchor {
  if (!isBucketUrl(place)) return new FolderAnchor(place);
  if (access === undefined) throw new TypeError('a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  return new BucketAnchor({ url: place, ...access });
}
